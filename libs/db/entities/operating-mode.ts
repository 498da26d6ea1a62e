import { defineEntity, p } from '@mikro-orm/core';
import type { Mode } from '../../domain/modes/mode.js';
import { company, companyFilter } from './company-owned.js';

const OperatingModeSchema = defineEntity({
  name: 'OperatingMode',
  tableName: 'operating_modes',
  filters: companyFilter,
  properties: {
    company: company(),
    mode: p.string().$type<Mode>(),
    since: p.datetime().defaultRaw('clock_timestamp()'),
    changedBy: p.uuid().nullable(),
  },
});

/** The mode of a company that has ever left COMPLETE. */
export class OperatingMode extends OperatingModeSchema.class {}
OperatingModeSchema.setClass(OperatingMode);
