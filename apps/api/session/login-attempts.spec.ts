import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { asSuperuser } from '../../../libs/testing/companies.js';
import { createTestDatabase, type TestDatabase } from '../../../libs/testing/test-db.js';
import { openApi, type ApiUnderTest } from '../testing/api-under-test.js';
import { addCompanyWithPeople, clientOf, PASSWORD, type TestCompany } from '../testing/people.js';

let db: TestDatabase;
let api: ApiUnderTest;
let ours: TestCompany;
let theirs: TestCompany;

beforeAll(async () => {
  db = await createTestDatabase();
  ours = await addCompanyWithPeople(db, 'litoral');
  theirs = await addCompanyWithPeople(db, 'vecina');
  api = await openApi(db.appUrl);
});
afterAll(async () => {
  await api.close();
  await db.drop();
});
beforeEach(() => sql('delete from login_failures'));

const sql = (text: string, values: unknown[] = []) => asSuperuser(db, async (client) => (await client.query<{ subject: string; failures: number }>(text, values)).rows);
const attempt = (login: string, password: string, { host } = ours) => clientOf(api, { host }).call('POST', '/api/session', { body: { login, password } });
const failed = (subject: string, failures: number, secondsAgo = 0, company = 'litoral') =>
  sql(`insert into login_failures values ($1, $2, $3, now() - make_interval(secs => $4))`, [company, subject, failures, secondsAgo]);

describe('guessing passwords', () => {
  it('becomes slow for an account after four failures, and says for how long', async () => {
    for (let round = 0; round < 4; round++) expect((await attempt('operator', 'no es')).status).toBe(401);
    const slowed = await attempt('operator', PASSWORD);
    expect(slowed).toMatchObject({ status: 429, body: { code: 'too-many-attempts' }, headers: { 'retry-after': '1' } });
  });

  it.each([[5, 1, '1'], [8, 1, '15'], [30, 10, '290']])('after %i failures, %i s ago, waits %s s more', async (failures, secondsAgo, wait) => {
    await failed('account:operator', failures, secondsAgo);
    const { status, headers } = await attempt('operator', PASSWORD);
    expect(status).toBe(429);
    expect(Number(headers['retry-after'])).toBeGreaterThanOrEqual(Number(wait) - 1);
    expect(Number(headers['retry-after'])).toBeLessThanOrEqual(Number(wait));
  });

  it('never locks an account: five minutes after the last failure its owner is in, and all is forgotten', async () => {
    await failed('account:operator', 1_000, 301);
    expect((await attempt('operator', PASSWORD)).status).toBe(200);
    expect(await sql(`select subject, failures from login_failures where subject = 'account:operator'`)).toEqual([]);
  });

  it('is forgotten after an hour', async () => {
    await failed('account:operator', 1_000, 3_601);
    await attempt('operator', 'no es');
    expect(await sql(`select subject, failures from login_failures where subject = 'account:operator'`)).toEqual([{ subject: 'account:operator', failures: 1 }]);
  });

  it('is no cheaper for many at once', async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, () => attempt('operator', 'no es')));
    expect(answers.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(5);
    expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(25);
  });

  it('is slow for logins that do not exist, too', async () => {
    for (let round = 0; round < 4; round++) await attempt('nadie', 'no es');
    expect((await attempt('nadie', 'no es')).status).toBe(429);
  });

  it('becomes slow for an address that tries many accounts, though one of them is its own', async () => {
    await failed('address:127.0.0.1', 19);
    expect((await attempt('colleague', PASSWORD)).status).toBe(200);
    expect((await attempt('operator', 'no es')).status).toBe(401);
    const slowed = await attempt('supervisor', PASSWORD);
    expect(slowed).toMatchObject({ status: 429, headers: { 'retry-after': '1' } });
    expect(await sql(`select subject, failures from login_failures where subject = 'account:supervisor'`)).toEqual([]);
  });

  it('slows nobody of another company down', async () => {
    await failed('account:operator', 30);
    await failed('address:127.0.0.1', 30);
    expect((await attempt('operator', PASSWORD)).status).toBe(429);
    expect((await attempt('operator', PASSWORD, theirs)).status).toBe(200);
  });

  it('is cut short for an address that does nothing else, before anything is asked of the database', async () => {
    const fresh = await openApi(db.appUrl);
    const once = () => clientOf(fresh, ours).call('POST', '/api/session', { body: { login: 'nadie', password: 'no es' } });
    const answers = await Promise.all(Array.from({ length: 70 }, once));
    const cut = answers.filter(({ body }) => (body as { code: string }).code === 'too-many-requests');
    expect(cut.length).toBeGreaterThan(0);
    for (const { status, headers } of cut) expect([status, Number(headers['retry-after']) >= 1]).toEqual([429, true]);
    await fresh.close();
  });
});
