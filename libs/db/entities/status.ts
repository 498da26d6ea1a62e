import { defineEntity, p } from '@mikro-orm/core';
import type { StatusColour, StatusState } from '../../domain/status/status.js';
import { company, companyFilter } from './company-owned.js';

const StatusSchema = defineEntity({
  name: 'Status',
  tableName: 'statuses',
  filters: companyFilter,
  properties: {
    company: company(),
    id: p.uuid().primary(),
    channel: p.uuid(),
    kind: p.string().$type<'text' | 'image'>(),
    text: p.text(),
    colour: p.string().$type<StatusColour>().nullable(),
    image: p.string().nullable(),
    state: p.string().$type<StatusState>(),
    cause: p.string().nullable(),
    waId: p.string(),
    removalWaId: p.string(),
    lastCommand: p.uuid(),
    raw: p.blob().nullable().lazy(),
    recipients: p.array().columnType('text[]').nullable().lazy(),
    audience: p.integer().nullable(),
    leftOut: p.integer().nullable(),
    publishAt: p.datetime(),
    publishedAt: p.datetime().nullable(),
    endedAt: p.datetime().nullable(),
    createdBy: p.uuid(),
    createdAt: p.datetime().defaultRaw('clock_timestamp()'),
  },
});

/** A WhatsApp status: planned, out for a day, or over. Written by its workflow's activities. */
export class Status extends StatusSchema.class {}
StatusSchema.setClass(Status);
