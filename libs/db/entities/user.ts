import { defineEntity, p } from '@mikro-orm/core';
import type { Role } from '../../domain/roles.js';
import { companyAndId, companyFilter } from './company-owned.js';

const UserSchema = defineEntity({
  name: 'User',
  tableName: 'users',
  filters: companyFilter,
  properties: {
    ...companyAndId(),
    login: p.string(),
    name: p.string(),
    phone: p.string().nullable(),
    role: p.string().$type<Role>(),
    passwordHash: p.string().hidden().lazy(),
    mustChangePassword: p.boolean().default(false),
    active: p.boolean().default(true),
    createdAt: p.datetime().defaultRaw('now()'),
  },
});

/** Somebody of the company who logs in. Deactivated, not deleted, once they have done anything. */
export class User extends UserSchema.class {}
UserSchema.setClass(User);
