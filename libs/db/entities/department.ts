import { defineEntity, p } from '@mikro-orm/core';
import { companyAndId, companyFilter } from './company-owned.js';

const DepartmentSchema = defineEntity({
  name: 'Department',
  tableName: 'departments',
  filters: companyFilter,
  properties: {
    ...companyAndId(),
    name: p.string(),
  },
});

/** A group of agents: limits which tickets they see. */
export class Department extends DepartmentSchema.class {}
DepartmentSchema.setClass(Department);
