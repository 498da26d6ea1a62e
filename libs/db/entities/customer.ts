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
    createdAt: p.datetime().defaultRaw('now()'),
  },
});

/** A customer in the embedded customer book. */
export class Customer extends CustomerSchema.class {}
CustomerSchema.setClass(Customer);
