import { Body, Controller, HttpCode, Param, Patch, Post, SerializeOptions } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { addService, changeService, moveService, serviceFacts, type ServiceFacts } from '../../../activities/customer-book/services.js';
import { writeAudit, type Actor } from '../../../libs/db/audit.js';
import type { AuditAction, Facts } from '../../../libs/domain/audit.js';
import { Permit } from '../platform/access/access.js';
import { By } from '../platform/access/actor.js';
import { Command } from '../platform/idempotency/command.js';
import { Book } from './book.js';
import { readService } from './customer.queries.js';
import { bookServiceSchema, newServiceSchema, seenSchema, serviceChangeSchema, type BookServiceView, type NewService, type ServiceChange } from './customer.schema.js';

const id = { schema: z.uuid() };
type Target = Parameters<typeof moveService>[3];

@ApiTags('book services')
@Permit('customers.manage')
@Controller('api/book-services')
export class BookServicesController {
  constructor(private readonly book: Book) {}

  @Post()
  @Command()
  @ApiOperation({ summary: 'A new service of a customer' })
  @ApiCreatedResponse({ standardSchema: bookServiceSchema })
  @SerializeOptions({ schema: bookServiceSchema })
  create(@Body({ schema: newServiceSchema }) { customer, ...facts }: NewService, @By() by: Actor): Promise<BookServiceView> {
    return this.book.within(by.company, async (em) => {
      const row = await addService(em, by.company, customer, facts);
      await writeAudit(em, by, { action: 'service.created', subject: row.id, after: serviceFacts(row) });
      return readService(em, by.company, row.id);
    });
  }

  @Patch(':id')
  @Command()
  @ApiOperation({ summary: 'Other facts of a service' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: bookServiceSchema })
  @SerializeOptions({ schema: bookServiceSchema })
  change(@Param('id', id) service: string, @Body({ schema: serviceChangeSchema }) { version, ...said }: ServiceChange, @By() by: Actor): Promise<BookServiceView> {
    return this.book.within(by.company, async (em) => {
      const change = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)) as Partial<ServiceFacts>;
      const { before, after } = await changeService(em, by.company, { id: service, version }, change);
      await writeAudit(em, by, { action: 'service.changed', subject: service, before: before as Facts, after: after as Facts });
      return readService(em, by.company, service);
    });
  }

  @Post(':id/suspend')
  @Command()
  @HttpCode(200)
  @ApiOperation({ summary: 'Cut it off, as for lack of payment' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: bookServiceSchema })
  @SerializeOptions({ schema: bookServiceSchema })
  suspend(@Param('id', id) service: string, @Body({ schema: seenSchema }) { version }: { version: number }, @By() by: Actor): Promise<BookServiceView> {
    return this.#move(by, { id: service, version }, { to: 'suspended', action: 'service.suspended' });
  }

  @Post(':id/reactivate')
  @Command()
  @HttpCode(200)
  @ApiOperation({ summary: 'Bring a suspended one back' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: bookServiceSchema })
  @SerializeOptions({ schema: bookServiceSchema })
  reactivate(@Param('id', id) service: string, @Body({ schema: seenSchema }) { version }: { version: number }, @By() by: Actor): Promise<BookServiceView> {
    return this.#move(by, { id: service, version }, { to: 'active', action: 'service.reactivated' });
  }

  @Post(':id/cancel')
  @Command()
  @HttpCode(200)
  @ApiOperation({ summary: 'End it for good' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: bookServiceSchema })
  @SerializeOptions({ schema: bookServiceSchema })
  cancel(@Param('id', id) service: string, @Body({ schema: seenSchema }) { version }: { version: number }, @By() by: Actor): Promise<BookServiceView> {
    return this.#move(by, { id: service, version }, { to: 'cancelled', action: 'service.cancelled' });
  }

  #move(by: Actor, seen: { id: string; version: number }, { to, action }: { to: Target; action: AuditAction }): Promise<BookServiceView> {
    return this.book.within(by.company, async (em) => {
      const { before, after } = await moveService(em, by.company, seen, to);
      await writeAudit(em, by, { action, subject: seen.id, before: before as Facts, after: after as Facts });
      return readService(em, by.company, seen.id);
    });
  }
}
