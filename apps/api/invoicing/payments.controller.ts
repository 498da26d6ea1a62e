import { Body, Controller, Get, HttpCode, Param, Post, Query, SerializeOptions } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { moveServices } from '../../../activities/customer-book/orders.js';
import { pay, reverse } from '../../../activities/customer-book/payments.js';
import { writeAudit, type Actor } from '../../../libs/db/audit.js';
import { Permit } from '../platform/access/access.js';
import { By } from '../platform/access/actor.js';
import { Me, type SignedIn } from '../platform/access/signed-in.js';
import { Command } from '../platform/idempotency/command.js';
import { Book } from '../customers/book.js';
import { readPayments } from './invoice.queries.js';
import { newPaymentSchema, paymentPageSchema, paymentQuerySchema, paymentSchema, whySchema, type NewPayment, type PaymentPage, type PaymentQuery, type PaymentView } from './invoice.schema.js';

const one = { page: 1, size: 1 };

@ApiTags('book payments')
@Permit('customers.read')
@Controller('api/book-payments')
export class BookPaymentsController {
  constructor(private readonly book: Book) {}

  @Get()
  @ApiOperation({ summary: 'A page of payments, newest first' })
  @ApiOkResponse({ standardSchema: paymentPageSchema })
  @SerializeOptions({ schema: paymentPageSchema })
  list(@Query({ schema: paymentQuerySchema }) query: PaymentQuery, @Me() { company }: SignedIn): Promise<PaymentPage> {
    return this.book.within(company, (em) => readPayments(em, company, query));
  }

  @Post()
  @Permit('customers.manage')
  @Command()
  @ApiOperation({ summary: 'A payment, whole or in part; once for each reference' })
  @ApiCreatedResponse({ standardSchema: paymentSchema })
  @SerializeOptions({ schema: paymentSchema })
  create(@Body({ schema: newPaymentSchema }) { paidOn, reactivate, ...given }: NewPayment, @By() by: Actor): Promise<PaymentView> {
    const { company } = by;
    return this.book.within(company, async (em) => {
      // Noon on the company's clocks: a day without an hour must be the same day there.
      const [own] = await em.execute<{ currency: string; at: string }[]>(
        `select currency, ((?::date + time '12:00') at time zone time_zone) as at from companies where id = ?`, [paidOn, company]);
      const { done, id } = await pay(em, company, { ...given, currency: own!.currency, paidAt: new Date(own!.at).toISOString(), by: by.name });
      if (reactivate) await moveServices(em, company, { customer: given.customer }, 'active');
      if (done === 'now') {
        await writeAudit(em, by, { action: 'payment.registered', subject: id, after: { ...given, paidOn, reactivate } });
      }
      return (await readPayments(em, company, one, id)).items[0]!;
    });
  }

  @Post(':id/reverse')
  @Permit('customers.manage')
  @Command()
  @HttpCode(200)
  @ApiOperation({ summary: 'Take it back: what it covered is owed again' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: paymentSchema })
  @SerializeOptions({ schema: paymentSchema })
  reverse(@Param('id', { schema: z.uuid() }) id: string, @Body({ schema: whySchema }) { why }: { why: string }, @By() by: Actor): Promise<PaymentView> {
    return this.book.within(by.company, async (em) => {
      const { done } = await reverse(em, by.company, { id }, { why, by: by.name });
      const [payment] = (await readPayments(em, by.company, one, id)).items;
      if (done === 'now') await writeAudit(em, by, { action: 'payment.reversed', subject: id, after: { reference: payment!.reference, amount: payment!.amount, why } });
      return payment!;
    });
  }
}
