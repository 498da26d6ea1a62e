import { defineEntity, p } from '@mikro-orm/core';
import { companyAndId, companyFilter } from './company-owned.js';

const PaymentSchema = defineEntity({
  name: 'Payment',
  tableName: 'payments',
  filters: companyFilter,
  properties: {
    ...companyAndId(),
    customer: p.uuid(),
    invoice: p.uuid().nullable(),
    amount: p.decimal('string'),
    currency: p.string(),
    method: p.string(),
    reference: p.string(),
    paidAt: p.datetime(),
    madeAt: p.datetime().defaultRaw('clock_timestamp()'),
    madeByName: p.string().nullable(),
    reversedAt: p.datetime().nullable(),
    reversedWhy: p.string().nullable(),
    reversedByName: p.string().nullable(),
  },
});

/** Money that a customer of the embedded book paid; which invoices it covers is in `payment_parts`. */
export class Payment extends PaymentSchema.class {}
PaymentSchema.setClass(Payment);
