import { defineEntity, p } from '@mikro-orm/core';
import { company, companyFilter } from './company-owned.js';

const AuditEntrySchema = defineEntity({
  name: 'AuditEntry',
  tableName: 'audit_log',
  filters: companyFilter,
  properties: {
    company: company(),
    id: p.bigint('string').primary().autoincrement(),
    at: p.datetime().defaultRaw('clock_timestamp()'),
    actor: p.uuid().nullable(),
    actorName: p.string().nullable(),
    action: p.string(),
    subject: p.string(),
    before: p.json().$type<unknown>().nullable(),
    after: p.json().$type<unknown>().nullable(),
    request: p.string().nullable(),
    address: p.string().nullable(),
  },
});

/** One change that somebody made. Written by `audit.ts`, never changed. */
export class AuditEntry extends AuditEntrySchema.class {}
AuditEntrySchema.setClass(AuditEntry);
