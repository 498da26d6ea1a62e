import { defineEntity, p } from '@mikro-orm/core';
import { company, companyFilter } from './company-owned.js';

const ChannelSafetySchema = defineEntity({
  name: 'ChannelSafety',
  tableName: 'channel_safety',
  filters: companyFilter,
  properties: {
    company: company(),
    channel: p.uuid().primary(),
    minuteLimit: p.integer().default(6),
    hourLimit: p.integer().default(80),
    dayLimit: p.integer().default(500),
    firstContactsDay: p.integer().default(30),
    warmUp: p.boolean().default(true),
    gapLeastMs: p.integer().default(5_000),
    gapMostMs: p.integer().default(30_000),
    firstContactGapLeastMs: p.integer().default(30_000),
    firstContactGapMostMs: p.integer().default(60_000),
    sameTextHour: p.integer().default(40),
    quietFrom: p.string().default('21:00'),
    quietUntil: p.string().default('08:00'),
    typingMsPerChar: p.integer().default(300),
    typingLeastMs: p.integer().default(800),
    typingMostMs: p.integer().default(12_000),
    replyGapMs: p.integer().default(350),
  },
});

/** How a number protects itself (libs/domain/number-safety/settings.ts). Made with the channel by a trigger. */
export class ChannelSafety extends ChannelSafetySchema.class {}
ChannelSafetySchema.setClass(ChannelSafety);
