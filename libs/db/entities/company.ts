import { defineEntity, p } from '@mikro-orm/core';
import type { MissedPolicy } from '../../domain/status/status.js';

const CompanySchema = defineEntity({
  name: 'Company',
  tableName: 'companies',
  properties: {
    id: p.string().primary(),
    name: p.string(),
    timeZone: p.string().default('America/Argentina/Buenos_Aires'),
    locale: p.string().default('es-AR'),
    currency: p.string().default('ARS'),
    resetAfterMinutes: p.integer().default(30),
    identityHours: p.integer().default(12),
    ownerSilenceMinutes: p.integer().default(30),
    botLoopSilenceMinutes: p.integer().default(60),
    waitingAlarmMinutes: p.integer().default(10),
    lateAfterMinutes: p.integer().default(360),
    missedStatuses: p.string().$type<MissedPolicy>().default('ask'),
    logoSha256: p.string().name('logo_sha256').nullable(),
    logoWidth: p.integer().nullable(),
    logoHeight: p.integer().nullable(),
    profileConfirmedAt: p.datetime().nullable(),
    setupFinishedAt: p.datetime().nullable(),
    /** Networks besides the public internet that its calls may reach; only the operator changes it. */
    outboundAllow: p.array().default([]),
    suspendedAt: p.datetime().nullable(),
    createdAt: p.datetime().defaultRaw('now()'),
  },
});

/** An internet provider that uses Hilo, with the clocks of its conversations. */
export class Company extends CompanySchema.class {}
CompanySchema.setClass(Company);
