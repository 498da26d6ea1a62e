import { defineEntity, p } from '@mikro-orm/core';
import { company, companyFilter } from './company-owned.js';

const EmergencyTextSchema = defineEntity({
  name: 'EmergencyText',
  tableName: 'emergency_texts',
  filters: companyFilter,
  properties: {
    company: company(),
    version: p.integer().primary(),
    text: p.text(),
    savedAt: p.datetime().defaultRaw('clock_timestamp()'),
    savedBy: p.uuid().nullable(),
  },
});

/** One version of what customers are told in an emergency; the newest is said. Never changed. */
export class EmergencyText extends EmergencyTextSchema.class {}
EmergencyTextSchema.setClass(EmergencyText);
