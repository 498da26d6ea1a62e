import { defineEntity, p } from '@mikro-orm/core';
import { companyAndId, companyFilter } from './company-owned.js';

const ServiceSchema = defineEntity({
  name: 'Service',
  tableName: 'services',
  filters: companyFilter,
  properties: {
    ...companyAndId(),
    customer: p.uuid(),
    number: p.string(),
    plan: p.uuid(),
    address: p.string().nullable(),
    status: p.string().$type<'active' | 'suspended' | 'cancelled'>(),
    online: p.boolean().nullable(),
    signalDbm: p.decimal('string').nullable(),
    onlineSince: p.datetime().nullable(),
    installedOn: p.date().nullable(),
    cancelledOn: p.date().nullable(),
    price: p.decimal('string').nullable(),
    ip: p.string().nullable(),
    onuSerial: p.string().nullable(),
    notes: p.text().default(''),
    version: p.integer().default(1),
    search: p.text().default('').generated('book_fold(…)').lazy(),
  },
});

/** A connection that a customer pays for. */
export class Service extends ServiceSchema.class {}
ServiceSchema.setClass(Service);
