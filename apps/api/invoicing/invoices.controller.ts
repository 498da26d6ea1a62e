import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, HttpCode, Param, Post, Query, Res, SerializeOptions } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { invoiceDocument } from '../../../activities/customer-book/invoice-document.js';
import { cancelInvoice, issue, lockSettings } from '../../../activities/customer-book/invoices.js';
import { lockCustomer, settle } from '../../../activities/customer-book/settling.js';
import { writeAudit, type Actor } from '../../../libs/db/audit.js';
import { Permit } from '../platform/access/access.js';
import { By } from '../platform/access/actor.js';
import { Me, type SignedIn } from '../platform/access/signed-in.js';
import { Command } from '../platform/idempotency/command.js';
import { ProblemException } from '../platform/problem.js';
import { Book } from '../customers/book.js';
import { readInvoice, readInvoices } from './invoice.queries.js';
import {
  bookInvoiceSchema, invoicePageSchema, invoiceQuerySchema, newInvoiceSchema, whySchema, type BookInvoiceView, type InvoicePage, type InvoiceQuery, type NewInvoice,
} from './invoice.schema.js';

@ApiTags('book invoices')
@Permit('customers.read')
@Controller('api/book-invoices')
export class BookInvoicesController {
  constructor(private readonly book: Book) {}

  @Get()
  @ApiOperation({ summary: 'A page of invoices, newest first' })
  @ApiOkResponse({ standardSchema: invoicePageSchema })
  @SerializeOptions({ schema: invoicePageSchema })
  list(@Query({ schema: invoiceQuerySchema }) query: InvoiceQuery, @Me() { company }: SignedIn): Promise<InvoicePage> {
    return this.book.within(company, (em) => readInvoices(em, company, query));
  }

  @Post()
  @Permit('customers.manage')
  @Command()
  @ApiOperation({ summary: 'An invoice by hand: an installation, a modem' })
  @ApiCreatedResponse({ standardSchema: bookInvoiceSchema })
  @SerializeOptions({ schema: bookInvoiceSchema })
  create(@Body({ schema: newInvoiceSchema }) { customer, dueOn, lines }: NewInvoice, @By() by: Actor): Promise<BookInvoiceView> {
    const { company } = by;
    return this.book.within(company, async (em) => {
      await lockSettings(em, company); // before the customer: a run does so, too
      await lockCustomer(em, company, customer);
      const [own] = await em.execute<{ currency: string; today: string }[]>(
        'select currency, (clock_timestamp() at time zone time_zone)::date::text as today from companies where id = ?', [company]);
      if (dueOn < own!.today) throw new ProblemException('bad-request', { detail: 'La factura no puede vencer antes de hoy.' });
      const id = randomUUID();
      const [number] = await issue(em, company, [{ id, customer, issuedOn: own!.today, dueOn, currency: own!.currency, lines }]);
      await settle(em, company, customer);
      await writeAudit(em, by, { action: 'invoice.issued', subject: id, after: { number, customer, dueOn, lines } });
      return (await readInvoice(em, company, id))!;
    });
  }

  @Get(':id/document')
  @ApiOperation({ summary: 'Its PDF, which is no fiscal document' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiProduces('application/pdf')
  @ApiOkResponse({ description: 'The PDF', content: { 'application/pdf': { schema: { type: 'string', format: 'binary' } } } })
  async document(@Param('id', { schema: z.uuid() }) id: string, @Me() { company }: SignedIn, @Res() reply: FastifyReply): Promise<void> {
    const document = await this.book.within(company, (em) => invoiceDocument(em, company, { invoice: id }, this.book.openFile));
    if (!document) throw new ProblemException('not-found');
    void reply.headers({
      'content-type': document.mimetype, 'content-disposition': `attachment; filename="${document.fileName}"`, 'x-content-type-options': 'nosniff', 'cache-control': 'private, no-store',
    });
    void reply.send(Buffer.from(document.bytes));
  }

  @Post(':id/cancel')
  @Permit('customers.manage')
  @Command()
  @HttpCode(200)
  @ApiOperation({ summary: 'It is not owed any more; it keeps its number' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: bookInvoiceSchema })
  @SerializeOptions({ schema: bookInvoiceSchema })
  cancel(@Param('id', { schema: z.uuid() }) id: string, @Body({ schema: whySchema }) { why }: { why: string }, @By() by: Actor): Promise<BookInvoiceView> {
    return this.book.within(by.company, async (em) => {
      const { number } = await cancelInvoice(em, by.company, id, why);
      await writeAudit(em, by, { action: 'invoice.cancelled', subject: id, before: { number }, after: { number, state: 'cancelled', why } });
      return (await readInvoice(em, by.company, id))!;
    });
  }
}
