import { defineEntity, p } from '@mikro-orm/core';
import { companyAndId, companyFilter } from './company-owned.js';

const PlanSchema = defineEntity({
  name: 'Plan',
  tableName: 'plans',
  filters: companyFilter,
  properties: {
    ...companyAndId(),
    name: p.string(),
    downMbps: p.integer(),
    upMbps: p.integer(),
    price: p.decimal('string'),
    currency: p.string(),
    description: p.string().default(''),
    position: p.integer().default(0),
    active: p.boolean().default(true),
    version: p.integer().default(1),
  },
});

/** An internet plan that the company sells. */
export class Plan extends PlanSchema.class {}
PlanSchema.setClass(Plan);
