import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query, SerializeOptions } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { addCustomer, bareDocument, cancelCustomer, changeCustomer, factsOf, restoreCustomer, type CustomerFacts } from '../../../activities/customer-book/customers.js';
import { listCustomers } from '../../../activities/customer-book/list.js';
import { writeAudit, type Actor } from '../../../libs/db/audit.js';
import { CompanySystems } from '../integrations/company-systems.js';
import { Permit } from '../platform/access/access.js';
import { By } from '../platform/access/actor.js';
import { Me, type SignedIn } from '../platform/access/signed-in.js';
import { Command } from '../platform/idempotency/command.js';
import { ProblemException } from '../platform/problem.js';
import { Book } from './book.js';
import { readActivity, readCustomer } from './customer.queries.js';
import {
  activitySchema, customerChangeSchema, customerPageSchema, customerQuerySchema, customerSchema, newCustomerSchema, seenSchema,
  type Activity, type CustomerChange, type CustomerPage, type CustomerQuery, type CustomerView, type NewCustomer,
} from './customer.schema.js';
import { readPhones } from './phones.js';

const id = { schema: z.uuid() };
const decimal = (value: number | null): string | null => (value === null ? null : value.toFixed(6));

@ApiTags('customers')
@Permit('customers.read')
@Controller('api/customers')
export class CustomersController {
  constructor(private readonly book: Book, private readonly systems: CompanySystems) {}

  @Get()
  @ApiOperation({ summary: 'A page of the customers by name, found by name, document, number, address, service or a phone in any spelling' })
  @ApiOkResponse({ standardSchema: customerPageSchema })
  @SerializeOptions({ schema: customerPageSchema })
  async list(@Query({ schema: customerQuerySchema }) query: CustomerQuery, @Me() { company }: SignedIn): Promise<CustomerPage> {
    const { system } = await this.systems.of(company);
    return this.book.within(company, async (em) => {
      const [own] = await em.execute<{ currency: string }[]>('select currency from companies where id = ?', [company]);
      return { ...(await listCustomers(em, company, query)), currency: own!.currency, active: system === 'embedded' };
    });
  }

  @Post()
  @Permit('customers.manage')
  @Command()
  @ApiOperation({ summary: 'A new customer' })
  @ApiCreatedResponse({ standardSchema: customerSchema })
  @SerializeOptions({ schema: customerSchema })
  create(@Body({ schema: newCustomerSchema }) given: NewCustomer, @By() by: Actor): Promise<CustomerView> {
    const { company } = by;
    return this.book.within(company, async (em) => {
      const facts: CustomerFacts = {
        ...given, document: given.document === null ? null : bareDocument(given.document) || null, phones: await readPhones(em, company, given.phones),
        latitude: decimal(given.latitude), longitude: decimal(given.longitude),
      };
      const row = await addCustomer(em, company, facts);
      await writeAudit(em, by, { action: 'customer.created', subject: row.id, after: factsOf(row) });
      return readCustomer(em, company, row.id);
    });
  }

  @Get(':id')
  @ApiOperation({ summary: 'One customer with their services and what they owe' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: customerSchema })
  @SerializeOptions({ schema: customerSchema })
  read(@Param('id', id) customer: string, @Me() { company }: SignedIn): Promise<CustomerView> {
    return this.book.within(company, (em) => readCustomer(em, company, customer));
  }

  @Get(':id/activity')
  @ApiOperation({ summary: 'Who did what about a customer; the last hundred, newest first' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: z.array(activitySchema) })
  @SerializeOptions({ schema: activitySchema }) // of each
  activity(@Param('id', id) customer: string, @Me() { company }: SignedIn): Promise<Activity[]> {
    return this.book.within(company, async (em) => {
      await readCustomer(em, company, customer);
      return readActivity(em, company, customer);
    });
  }

  @Patch(':id')
  @Permit('customers.manage')
  @Command()
  @ApiOperation({ summary: 'Other facts of a customer' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: customerSchema })
  @SerializeOptions({ schema: customerSchema })
  change(@Param('id', id) customer: string, @Body({ schema: customerChangeSchema }) change: CustomerChange, @By() by: Actor): Promise<CustomerView> {
    const { company } = by;
    if ((change.latitude === undefined) !== (change.longitude === undefined) || (change.latitude === null) !== (change.longitude === null)) throw new ProblemException('bad-request');
    return this.book.within(company, async (em) => {
      const { version, document, phones, latitude, longitude, ...rest } = change;
      const facts: Partial<CustomerFacts> = {
        ...given(rest),
        ...(document === undefined ? {} : { document: document === null ? null : bareDocument(document) || null }),
        ...(phones === undefined ? {} : { phones: await readPhones(em, company, phones) }),
        ...(latitude === undefined || longitude === undefined ? {} : { latitude: decimal(latitude), longitude: decimal(longitude) }),
      };
      const { before, after } = await changeCustomer(em, company, { id: customer, version }, facts);
      if (JSON.stringify(before) !== JSON.stringify(after)) await writeAudit(em, by, { action: 'customer.changed', subject: customer, before: before as Record<string, unknown>, after: after as Record<string, unknown> });
      return readCustomer(em, company, customer);
    });
  }

  @Post(':id/cancel')
  @Permit('customers.manage')
  @Command()
  @HttpCode(200)
  @ApiOperation({ summary: 'They leave: their services end, what they owe stays owed' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: customerSchema })
  @SerializeOptions({ schema: customerSchema })
  cancel(@Param('id', id) customer: string, @Body({ schema: seenSchema }) { version }: { version: number }, @By() by: Actor): Promise<CustomerView> {
    return this.book.within(by.company, async (em) => {
      await cancelCustomer(em, by.company, { id: customer, version });
      await writeAudit(em, by, { action: 'customer.cancelled', subject: customer, before: { status: 'active' }, after: { status: 'cancelled' } });
      return readCustomer(em, by.company, customer);
    });
  }

  @Post(':id/restore')
  @Permit('customers.manage')
  @Command()
  @HttpCode(200)
  @ApiOperation({ summary: 'They are back; services are added anew' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: customerSchema })
  @SerializeOptions({ schema: customerSchema })
  restore(@Param('id', id) customer: string, @Body({ schema: seenSchema }) { version }: { version: number }, @By() by: Actor): Promise<CustomerView> {
    return this.book.within(by.company, async (em) => {
      await restoreCustomer(em, by.company, { id: customer, version });
      await writeAudit(em, by, { action: 'customer.restored', subject: customer, before: { status: 'cancelled' }, after: { status: 'active' } });
      return readCustomer(em, by.company, customer);
    });
  }
}

/** Without what was not said. */
const given = <T extends object>(change: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };
