import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { crmAdapterSuite, suiteBook } from '../libs/crm/adapter-suite.js';
import { crmSystems } from '../libs/crm/registry.js';
import { forCompany } from '../libs/db/company.js';
import { Plan } from '../libs/db/entities/plan.js';
import { Service } from '../libs/db/entities/service.js';
import { openOrm, type MikroORM } from '../libs/db/orm.js';
import { seedBook } from '../libs/db/seeds/customer-book.js';
import type { CustomerBook } from '../libs/domain/customer-book.js';
import { addCompanies } from '../libs/testing/companies.js';
import { createTestDatabase, type TestDatabase } from '../libs/testing/test-db.js';
import { customerBookQueries } from './customer-book.js';

let db: TestDatabase;
let orm: MikroORM;
let companies = 0;

beforeAll(async () => {
  db = await createTestDatabase();
  orm = await openOrm(db.appUrl);
});
afterAll(async () => {
  await orm.close();
  await db.drop();
});

async function companyWith(book: CustomerBook): Promise<string> {
  const company = `company-${(companies += 1)}`;
  await addCompanies(db, company);
  await forCompany(orm, company, (em) => seedBook(em, company, book));
  return company;
}

crmAdapterSuite('embedded', {
  capabilities: crmSystems.embedded.capabilities,
  open: async (book) => crmSystems.embedded.open({ book: customerBookQueries(orm)(await companyWith(book)) }),
});

describe('the embedded book in PostgreSQL', () => {
  it('leaves out cancelled services and plans that are not on sale', async () => {
    const company = await companyWith(suiteBook);
    const book = customerBookQueries(orm)(company);
    await forCompany(orm, company, async (em) => {
      await em.nativeUpdate(Service, { number: '700002' }, { status: 'cancelled' });
      await em.nativeUpdate(Plan, {}, { active: false });
    });
    const [ana] = await book.byDocument('30111222');
    expect(ana!.services.map((service) => service.serviceNumber)).toEqual(['700001']);
    expect(await book.plans()).toEqual([]);
  });
});
