import { defineEntity, p } from '@mikro-orm/core';
import type { MessageDetails, SendableKind } from '../../domain/message/details.js';
import { company, companyFilter } from './company-owned.js';

const OutboxTextSchema = defineEntity({
  name: 'OutboxText',
  tableName: 'outbox_texts',
  filters: companyFilter,
  properties: {
    company: company(),
    id: p.bigint('string').primary().autoincrement(),
    request: p.uuid(),
    conversation: p.uuid(),
    ticket: p.uuid(),
    agent: p.uuid(),
    kind: p.string().$type<'reply' | 'note' | 'close-comment'>(),
    text: p.text(),
    contentKind: p.string().$type<SendableKind>().default('text'),
    details: p.json().$type<MessageDetails>().nullable(),
    fileSha256: p.string().fieldName('file_sha256').nullable(),
    fileSize: p.bigint('number').nullable(),
    fileMimetype: p.string().nullable(),
    fileName: p.string().nullable(),
    at: p.datetime().defaultRaw('clock_timestamp()'),
    settledAt: p.datetime().nullable(),
    refusal: p.string().nullable(),
  },
});

/** What an agent wrote, accepted by the API and taken from here by a workflow. Written through `accept_text` and by those workflows. */
export class OutboxText extends OutboxTextSchema.class {}
OutboxTextSchema.setClass(OutboxText);
