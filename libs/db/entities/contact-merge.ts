import { defineEntity, p } from '@mikro-orm/core';
import { companyAndId, companyFilter } from './company-owned.js';

const ContactMergeSchema = defineEntity({
  name: 'ContactMerge',
  tableName: 'contact_merges',
  filters: companyFilter,
  properties: {
    ...companyAndId(),
    winner: p.uuid(),
    loser: p.uuid(),
    addresses: p.json().$type<string[]>(),
    reason: p.enum(['envelope', 'spelling', 'by-hand'] as const),
    by: p.uuid().nullable(),
    at: p.datetime().defaultRaw('clock_timestamp()'),
    undoneAt: p.datetime().nullable(),
    undoneBy: p.uuid().nullable(),
  },
});

/** Two contacts that turned out to be one person: written by SQL functions of migration 0009 only. */
export class ContactMerge extends ContactMergeSchema.class {}
ContactMergeSchema.setClass(ContactMerge);
