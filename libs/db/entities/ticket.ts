import { defineEntity, p } from '@mikro-orm/core';
import type { TicketState } from '../../domain/ticket/state.js';
import { companyAndId, companyFilter } from './company-owned.js';

const TicketSchema = defineEntity({
  name: 'Ticket',
  tableName: 'tickets',
  filters: companyFilter,
  properties: {
    ...companyAndId(),
    number: p.bigint('number'),
    conversation: p.uuid(),
    channel: p.uuid(),
    contact: p.uuid(),
    department: p.uuid().nullable(),
    assignee: p.uuid().nullable(),
    state: p.string().$type<TicketState>().default('pending'),
    summary: p.text(),
    step: p.string().nullable(),
    openedAt: p.datetime().defaultRaw('now()'),
    takenAt: p.datetime().nullable(),
    waitingSince: p.datetime().nullable(),
    alarmedAt: p.datetime().nullable(),
    closedAt: p.datetime().nullable(),
    closedBy: p.uuid().nullable(),
    closeComment: p.text().nullable(),
    revision: p.bigint('number').default(0),
  },
});

/** A case that a person handles. Written by the ticket workflow’s activities, by nobody else. */
export class Ticket extends TicketSchema.class {}
TicketSchema.setClass(Ticket);
