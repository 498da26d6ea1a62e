import { defineEntity, p } from '@mikro-orm/core';
import { companyAndId, companyFilter } from './company-owned.js';

const SessionSchema = defineEntity({
  name: 'Session',
  tableName: 'sessions',
  filters: companyFilter,
  properties: {
    ...companyAndId(),
    owner: p.uuid(),
    tokenSha256: p.blob().hidden(),
    csrf: p.string().hidden(),
    remember: p.boolean(),
    address: p.string().nullable(),
    userAgent: p.string().nullable(),
    createdAt: p.datetime().defaultRaw('now()'),
    seenAt: p.datetime().defaultRaw('now()'),
    expiresAt: p.datetime(),
  },
});

/** A logged-in browser. The token itself is never stored. */
export class Session extends SessionSchema.class {}
SessionSchema.setClass(Session);
