import { defineEntity, p } from '@mikro-orm/core';
import { company, companyFilter } from './company-owned.js';

const IdempotencyKeySchema = defineEntity({
  name: 'IdempotencyKey',
  tableName: 'idempotency_keys',
  filters: companyFilter,
  properties: {
    company: company(),
    owner: p.uuid().primary(),
    key: p.uuid().primary(),
    fingerprint: p.string(),
    answer: p.blob().nullable().hidden(),
    madeAt: p.datetime().defaultRaw('now()'),
  },
});

/** A command that somebody gave under a key of their own, and how it was answered; without an answer it still runs. */
export class IdempotencyKey extends IdempotencyKeySchema.class {}
IdempotencyKeySchema.setClass(IdempotencyKey);
