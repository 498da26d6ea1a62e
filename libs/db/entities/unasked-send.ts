import { defineEntity, p } from '@mikro-orm/core';
import type { Lane } from '../../domain/number-safety/settings.js';
import { company, companyFilter } from './company-owned.js';

const UnaskedSendSchema = defineEntity({
  name: 'UnaskedSend',
  tableName: 'unasked_sends',
  filters: companyFilter,
  properties: {
    company: company(),
    message: p.bigint('string').primary(),
    channel: p.uuid(),
    conversation: p.uuid(),
    lane: p.string().$type<Lane>(),
    textKey: p.text().nullable(),
    firstContact: p.boolean().nullable(),
    queuedAt: p.datetime().defaultRaw('clock_timestamp()'),
    takenAt: p.datetime().nullable(),
  },
});

/**
 * A message that nobody asked for. Whoever queues a notice writes it beside the message's row: the gateway sends it when the number's
 * budget allows.
 */
export class UnaskedSend extends UnaskedSendSchema.class {}
UnaskedSendSchema.setClass(UnaskedSend);
