import { defineEntity, p } from '@mikro-orm/core';
import { company, companyFilter } from './company-owned.js';

const ChangeSchema = defineEntity({
  name: 'Change',
  tableName: 'changes',
  filters: companyFilter,
  properties: {
    company: company(),
    id: p.bigint('number').primary().autoincrement(),
    transaction: p.string().columnType('xid8').defaultRaw('pg_current_xact_id()'),
    topic: p.string(),
    subject: p.string(),
    conversation: p.uuid().nullable(),
    before: p.json().$type<unknown>().nullable(),
    at: p.datetime().defaultRaw('clock_timestamp()'),
  },
});

/** A row that a screen may have to read again. Written by triggers. */
export class Change extends ChangeSchema.class {}
ChangeSchema.setClass(Change);
