import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../libs/testing/test-db.js';
import { openApi, type ApiUnderTest } from '../testing/api-under-test.js';
import { addCompanyWithPeople, sessionOf, type Client } from '../testing/people.js';
import { isStorable } from './storable-text.js';

const NUL = String.fromCharCode(0);
const HALF = String.fromCharCode(0xd83d);

let db: TestDatabase;
let api: ApiUnderTest;
let boss: Client;

beforeAll(async () => {
  db = await createTestDatabase();
  api = await openApi(db.appUrl);
  boss = await sessionOf(db, api, await addCompanyWithPeople(db, 'litoral'), 'administrator');
});
afterAll(async () => {
  await api.close();
  await db.drop();
});

describe('text that no row can hold', () => {
  it.each<[unknown, boolean]>([
    ['hola 😀', true], [`a${NUL}`, false], [{ a: [{ b: HALF }] }, false], [{ [`a${NUL}`]: 1 }, false], [null, true], [[1, true, { a: 'ñ' }], true],
  ])('%j', (value, fine) => expect(isStorable(value)).toBe(fine));

  it('is found however deep it is, without a stack for it', () => {
    const deep = JSON.parse(`${'['.repeat(400_000)}"x"${']'.repeat(400_000)}`) as unknown;
    expect(isStorable(deep)).toBe(true);
  });

  it.each<Record<string, string>>([{}, { 'idempotency-key': randomUUID() }])('is not looked for in a file, which no command takes for a body in which nothing is said', async (more) => {
    const answer = await boss.call('POST', '/api/setup/finish', { body: Buffer.from('x'), headers: { 'content-type': 'image/png', ...more } });
    expect(answer).toMatchObject({ status: 415, body: { code: 'unsupported-media-type' } });
  });

  it.each([
    ['a body', 'PUT', '/api/tools/emergency-message', { text: `Hay un corte${NUL}` }],
    ['a name', 'POST', '/api/channels', { name: `Ventas${HALF}` }],
    ['a query', 'GET', '/api/tickets?q=ana%00', undefined],
    ['a path', 'GET', '/api/statuses/images/%00', undefined],
  ])('in %s is refused in words, and is no fault of ours', async (_where, method, path, body) => {
    expect(await boss.call(method, path, body ? { body } : {})).toMatchObject({ status: 400, body: { code: 'bad-request' } });
  });
});
