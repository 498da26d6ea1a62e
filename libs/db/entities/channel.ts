import { defineEntity, p } from '@mikro-orm/core';
import type { ChannelState } from '../../domain/channel.js';
import { companyAndId, companyFilter } from './company-owned.js';

const ChannelSchema = defineEntity({
  name: 'Channel',
  tableName: 'channels',
  filters: companyFilter,
  properties: {
    ...companyAndId(),
    kind: p.string().default('whatsapp'),
    name: p.string(),
    number: p.string().nullable(),
    wanted: p.boolean().default(false),
    state: p.string().$type<ChannelState>().default('unlinked'),
    stateReason: p.string().nullable(),
    stateAt: p.datetime().defaultRaw('now()'),
    pairingNumber: p.string().nullable(),
    pairing: p.blob().nullable().hidden().lazy(),
    pairingUntil: p.datetime().nullable(),
    restartAskedAt: p.datetime().nullable(),
    debounceMs: p.integer().default(1200),
    firstLinkedAt: p.datetime().nullable(),
    readMarks: p.boolean().default(true),
    groupJid: p.string().nullable(),
    createdAt: p.datetime().defaultRaw('now()'),
  },
});

/** A linked number of a company, and how far its linking has come. */
export class Channel extends ChannelSchema.class {}
ChannelSchema.setClass(Channel);
