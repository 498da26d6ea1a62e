import { defineEntity, p } from '@mikro-orm/core';
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
  },
});

/** An invoice of the embedded customer book; open while `paidOn` is null. */
export class Invoice extends InvoiceSchema.class {}
InvoiceSchema.setClass(Invoice);
