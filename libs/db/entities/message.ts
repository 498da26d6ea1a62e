import { defineEntity, p } from '@mikro-orm/core';
import type { MessageDetails } from '../../domain/message/details.js';
import type { SendState } from '../../domain/sending.js';
import { company, companyFilter } from './company-owned.js';

const MessageSchema = defineEntity({
  name: 'Message',
  tableName: 'messages',
  filters: companyFilter,
  properties: {
    company: company(),
    id: p.bigint('string').primary().autoincrement(),
    conversation: p.uuid(),
    channel: p.uuid(),
    direction: p.string().$type<'in' | 'out'>(),
    author: p.string().$type<'customer' | 'owner' | 'bot' | 'agent' | 'system'>(),
    seq: p.bigint('number').nullable(),
    waId: p.string(),
    participant: p.string().default(''),
    fromMe: p.boolean(),
    kind: p.string(),
    text: p.text().nullable(),
    raw: p.blob().nullable().lazy(),
    details: p.json().$type<MessageDetails>().nullable(),
    envelope: p.json().$type<unknown>().nullable().lazy(),
    outcome: p.string().nullable(),
    state: p.string().$type<SendState>().nullable(),
    cause: p.string().nullable(),
    node: p.string().nullable(),
    step: p.string().nullable(),
    answers: p.array().columnType('bigint[]').nullable(),
    agent: p.uuid().nullable(),
    ticket: p.uuid().nullable(),
    request: p.uuid().nullable(),
    epoch: p.bigint('number').nullable(),
    at: p.datetime().defaultRaw('clock_timestamp()'),
    sentAt: p.datetime().nullable(),
    deliveredAt: p.datetime().nullable(),
    readAt: p.datetime().nullable(),
  },
});

/** One message of a conversation: inbound ones are numbered, outbound ones know their state and what they answer. */
export class Message extends MessageSchema.class {}
MessageSchema.setClass(Message);
