import { defineEntity, p } from '@mikro-orm/core';
import type { Signal, Stop } from '../../domain/number-safety/restriction.js';
import { company, companyFilter } from './company-owned.js';

const ChannelRestrictionSchema = defineEntity({
  name: 'ChannelRestriction',
  tableName: 'channel_restrictions',
  filters: companyFilter,
  properties: {
    company: company(),
    channel: p.uuid().primary(),
    signal: p.string().$type<Signal>().primary(),
    stops: p.string().$type<Stop>(),
    since: p.datetime().defaultRaw('clock_timestamp()'),
    until: p.datetime(),
  },
});

/** What WhatsApp forbids a number until a time. Written by the gateway. */
export class ChannelRestriction extends ChannelRestrictionSchema.class {}
ChannelRestrictionSchema.setClass(ChannelRestriction);
