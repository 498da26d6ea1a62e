import type { EntityManager } from '@mikro-orm/postgresql';
import { noContacts, type CompanyProfile } from '../domain/company-profile.js';
import { completeLayout, defaultCustomerLayout, type CustomerLayout } from '../domain/customer-fields.js';
import { CompanyProfileRow } from './entities/company-profile.js';

/** What a company says of itself: hours, welcome, contacts, logo. @param em of `forCompany` */
export async function readProfile(em: EntityManager, company: string): Promise<CompanyProfile> {
  const row = await em.findOne(CompanyProfileRow, { company });
  if (!row) return { contacts: noContacts };
  const { hours, welcome, contacts, logoSha256: sha256, logoWidth: width, logoHeight: height } = row;
  return {
    contacts, ...(hours ? { hours } : {}), ...(welcome ? { welcome } : {}),
    ...(sha256 && width && height ? { logo: { sha256, width, height } } : {}),
  };
}

/** Which facts of a customer the company's agents see, in order (Info Cliente). @param em of `forCompany` */
export async function readCustomerLayout(em: EntityManager, company: string): Promise<CustomerLayout> {
  const row = await em.findOne(CompanyProfileRow, { company });
  return row?.customerFields ? completeLayout(row.customerFields) : defaultCustomerLayout;
}

/** What of a company's row may be changed; null takes something away. */
export type ProfileChange = Partial<Pick<CompanyProfileRow, 'hours' | 'welcome' | 'contacts' | 'customerFields' | 'logoSha256' | 'logoWidth' | 'logoHeight'>>;

/** Writes what a company says of itself, and lets screens know; without a change, that its name is another. @param em of `forCompany` */
export async function changeProfile(em: EntityManager, company: string, change: ProfileChange): Promise<void> {
  await em.upsert(CompanyProfileRow, { company, ...change, changedAt: new Date() }, { onConflictFields: ['company'] });
}
