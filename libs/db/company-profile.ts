import type { EntityManager } from '@mikro-orm/postgresql';
import { noContacts, type CompanyLogo, type CompanyProfile } from '../domain/company-profile.js';
import { completeLayout, defaultCustomerLayout, type CustomerLayout } from '../domain/customer-fields.js';
import { Company } from './entities/company.js';
import { CompanyProfileRow } from './entities/company-profile.js';

/** What a company says of itself: hours, welcome, contacts, logo. @param em of `forCompany` */
export async function readProfile(em: EntityManager, company: string): Promise<CompanyProfile> {
  const [row, owner] = [await em.findOne(CompanyProfileRow, { company }), await em.findOneOrFail(Company, { id: company })];
  const logo = logoOf(owner);
  return {
    contacts: row?.contacts ?? noContacts, ...(row?.hours ? { hours: row.hours } : {}), ...(row?.welcome ? { welcome: row.welcome } : {}),
    ...(logo ? { logo } : {}),
  };
}

/** Where the company's logo is in its media store; undefined: it has none. */
export function logoOf({ logoSha256: sha256, logoWidth: width, logoHeight: height }: Company): CompanyLogo | undefined {
  return sha256 && width && height ? { sha256, width, height } : undefined;
}

/** Which facts of a customer the company's agents see, in order (Info Cliente). @param em of `forCompany` */
export async function readCustomerLayout(em: EntityManager, company: string): Promise<CustomerLayout> {
  const row = await em.findOne(CompanyProfileRow, { company });
  return row?.customerFields ? completeLayout(row.customerFields) : defaultCustomerLayout;
}

/** What of a company's row may be changed; null takes something away. */
export type ProfileChange = Partial<Pick<CompanyProfileRow, 'hours' | 'welcome' | 'contacts' | 'customerFields'>>;

/** Writes what a company says of itself, and lets screens know; without a change, that what `Company` has of it is another. @param em of `forCompany` */
export async function changeProfile(em: EntityManager, company: string, change: ProfileChange): Promise<void> {
  await em.upsert(CompanyProfileRow, { company, ...change, changedAt: new Date() }, { onConflictFields: ['company'] });
}
