import { defineEntity, p } from '@mikro-orm/core';
import { company, companyFilter } from './company-owned.js';

const NoteSchema = defineEntity({
  name: 'Note',
  tableName: 'notes',
  filters: companyFilter,
  properties: {
    company: company(),
    id: p.uuid().primary(),
    conversation: p.uuid(),
    ticket: p.uuid(),
    author: p.uuid(),
    text: p.text(),
    at: p.datetime().defaultRaw('clock_timestamp()'),
  },
});

/** What agents tell each other about a case; the customer never sees it. */
export class Note extends NoteSchema.class {}
NoteSchema.setClass(Note);
