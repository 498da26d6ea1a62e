import { defineEntity, p } from '@mikro-orm/core';
import { companyAndId, companyFilter } from './company-owned.js';

const CustomerSchema = defineEntity({
  name: 'Customer',
  tableName: 'customers',
  filters: companyFilter,
  properties: {
    ...companyAndId(),
    number: p.string(),
    document: p.string().nullable(),
    name: p.string(),
    phones: p.array(),
    phoneKeys: p.array(),
    address: p.string().nullable(),
    postalCode: p.string().nullable(),
    email: p.string().nullable(),
    status: p.string().$type<'active' | 'cancelled'>().default('active'),
    notes: p.text().default(''),
    taxCondition: p.string().nullable(),
    latitude: p.decimal('string').nullable(),
    longitude: p.decimal('string').nullable(),
    version: p.integer().default(1),
    updatedAt: p.datetime().defaultRaw('clock_timestamp()'),
    search: p.text().default('').generated('book_fold(…)').lazy(),
    createdAt: p.datetime().defaultRaw('now()'),
  },
});

/** A customer in the embedded customer book. */
export class Customer extends CustomerSchema.class {}
CustomerSchema.setClass(Customer);
