import { defineEntity, p } from '@mikro-orm/core';

const CompanyHostSchema = defineEntity({
  name: 'CompanyHost',
  tableName: 'company_hosts',
  properties: {
    host: p.string().primary(),
    company: p.string(),
  },
});

/** A host name that leads to a company. */
export class CompanyHost extends CompanyHostSchema.class {}
CompanyHostSchema.setClass(CompanyHost);
