import { defineEntity, p } from '@mikro-orm/core';
import { company, companyFilter } from './company-owned.js';

const LoginFailureSchema = defineEntity({
  name: 'LoginFailure',
  tableName: 'login_failures',
  filters: companyFilter,
  properties: {
    company: company(),
    subject: p.string().primary(),
    failures: p.integer(),
    lastAt: p.datetime(),
  },
});

/** Failed log-ins of an account or from an address: what slows the next one down. */
export class LoginFailure extends LoginFailureSchema.class {}
LoginFailureSchema.setClass(LoginFailure);
