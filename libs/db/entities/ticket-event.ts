import { defineEntity, p } from '@mikro-orm/core';
import { company, companyFilter } from './company-owned.js';

const TicketEventSchema = defineEntity({
  name: 'TicketEvent',
  tableName: 'ticket_events',
  filters: companyFilter,
  properties: {
    company: company(),
    id: p.bigint('string').primary().autoincrement(),
    ticket: p.uuid(),
    kind: p.string(),
    actor: p.uuid().nullable(),
    data: p.json().$type<unknown>().nullable(),
    at: p.datetime().defaultRaw('clock_timestamp()'),
  },
});

/** One thing that happened to a ticket: its trail. */
export class TicketEvent extends TicketEventSchema.class {}
TicketEventSchema.setClass(TicketEvent);
