import type { MediaStore } from '../../../libs/media/media-store.js';
import { createTestDatabase, type TestDatabase } from '../../../libs/testing/test-db.js';
import { openApi, type ApiUnderTest } from './api-under-test.js';
import { addCompanyWithPeople, sessionOf, type Client, type TestCompany } from './people.js';

/** An API over a database with two companies that must know nothing of each other. */
export interface TwoCompanies {
  db: TestDatabase;
  api: ApiUnderTest;
  ours: TestCompany;
  theirs: TestCompany;
  /** Our administrator, signed in. */
  boss: Client;
  close(): Promise<void>;
}

/** @param media where files are, for a spec that keeps some */
export async function openTwoCompanies(media?: MediaStore): Promise<TwoCompanies> {
  const db = await createTestDatabase();
  const ours = await addCompanyWithPeople(db, 'litoral');
  const theirs = await addCompanyWithPeople(db, 'vecina');
  const api = await openApi(db.appUrl, media === undefined ? {} : { media });
  const boss = await sessionOf(db, api, ours, 'administrator');
  const close = async () => {
    await api.close();
    await db.drop();
  };
  return { db, api, ours, theirs, boss, close };
}
