import { defineEntity, p } from '@mikro-orm/core';
import type { InvoiceState } from '../../domain/customers.js';
import { companyAndId, companyFilter } from './company-owned.js';

const InvoiceSchema = defineEntity({
  name: 'Invoice',
  tableName: 'invoices',
  filters: companyFilter,
  properties: {
    ...companyAndId(),
    customer: p.uuid(),
    service: p.uuid().nullable(),
    number: p.string(),
    issuedOn: p.date(),
    dueOn: p.date(),
    amount: p.decimal('string'),
    currency: p.string(),
    paidOn: p.date().nullable(),
    state: p.string().$type<InvoiceState>().default('open'),
    paid: p.decimal('string').default('0'),
    period: p.date().nullable(),
    run: p.uuid().nullable(),
    cancelledWhy: p.string().nullable(),
    version: p.integer().default(1),
  },
});

/** An invoice of the embedded customer book; owed while it is `open` or `in-review`. */
export class Invoice extends InvoiceSchema.class {}
InvoiceSchema.setClass(Invoice);
