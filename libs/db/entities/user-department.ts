import { defineEntity, p } from '@mikro-orm/core';
import { company, companyFilter } from './company-owned.js';

const UserDepartmentSchema = defineEntity({
  name: 'UserDepartment',
  tableName: 'user_departments',
  filters: companyFilter,
  properties: {
    company: company(),
    member: p.uuid().primary(),
    department: p.uuid().primary(),
  },
});

/** A user works in a department. */
export class UserDepartment extends UserDepartmentSchema.class {}
UserDepartmentSchema.setClass(UserDepartment);
