import { defineEntity, p } from '@mikro-orm/core';
import type { CompanyContacts } from '../../domain/company-profile.js';
import type { CustomerLayout } from '../../domain/customer-fields.js';
import type { CompanyHours } from '../../domain/hours/hours.js';
import { company, companyFilter } from './company-owned.js';

const CompanyProfileSchema = defineEntity({
  name: 'CompanyProfileRow',
  tableName: 'company_profiles',
  filters: companyFilter,
  properties: {
    company: company(),
    hours: p.json().$type<CompanyHours>().nullable(),
    welcome: p.text().nullable(),
    contacts: p.json().$type<CompanyContacts>(),
    customerFields: p.json().$type<CustomerLayout>().nullable(),
    changedAt: p.datetime().defaultRaw('clock_timestamp()'),
  },
});

/** What a company says of itself; absent for one that never said anything. */
export class CompanyProfileRow extends CompanyProfileSchema.class {}
CompanyProfileSchema.setClass(CompanyProfileRow);
