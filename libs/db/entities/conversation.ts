import { defineEntity, p } from '@mikro-orm/core';
import { companyAndId, companyFilter } from './company-owned.js';

const ConversationSchema = defineEntity({
  name: 'Conversation',
  tableName: 'conversations',
  filters: companyFilter,
  properties: {
    ...companyAndId(),
    channel: p.uuid(),
    contact: p.uuid(),
    home: p.uuid().nullable(),
    mergedInto: p.uuid().nullable(),
    lastSeq: p.bigint('number').default(0),
    handledSeq: p.bigint('number').default(0),
    readSeq: p.bigint('number').default(0),
    state: p.json().$type<unknown>().nullable(),
    flowVersions: p.json().$type<Record<string, string>>().nullable(),
    revision: p.bigint('number').default(0),
    ticket: p.uuid().nullable(),
    lastDecision: p.uuid().nullable(),
    lastResult: p.json().$type<unknown>().nullable(),
    lastInboundAt: p.datetime().nullable(),
    keptSince: p.datetime().nullable(),
    createdAt: p.datetime().defaultRaw('now()'),
  },
});

/** The snapshot of a conversation. Written by the journal (numbers) and by `decide` (state), by nobody else. */
export class Conversation extends ConversationSchema.class {}
ConversationSchema.setClass(Conversation);
