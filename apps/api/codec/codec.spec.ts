import { defaultPayloadConverter } from '@temporalio/common';
import type { SerializationContext } from '@temporalio/common/lib/converter/serialization-context.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { companyKeys } from '../../../libs/db/company-keys.js';
import { CompanyCodec } from '../../../libs/temporal/codec.js';
import { asSuperuser } from '../../../libs/testing/companies.js';
import { createTestDatabase, type TestDatabase } from '../../../libs/testing/test-db.js';
import { issueOperatorToken } from '../../../libs/vault/operator-token.js';
import { openVault } from '../../../libs/vault/vault.js';
import { openApi, TEST_MASTER_KEY, type ApiUnderTest } from '../testing/api-under-test.js';
import { addCompanyWithPeople, clientOf, sessionOf, type TestCompany } from '../testing/people.js';

const UI = 'http://localhost:4555';
let db: TestDatabase;
let api: ApiUnderTest;
let litoral: TestCompany;
let vecina: TestCompany;
let sealed: object[];

/** As the Temporal UI has it: bytes in base64. */
async function sealedFor(company: string, value: unknown): Promise<object> {
  const codec = new CompanyCodec(openVault({ masterKey: TEST_MASTER_KEY, loadKeys: companyKeys(api.pool) }));
  const context: SerializationContext = { type: 'workflow', namespace: 'default', workflowId: `${company}/ticket/1` };
  const [payload] = await codec.encode([defaultPayloadConverter.toPayload(value)!], context);
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  return { metadata: Object.fromEntries(Object.entries(payload!.metadata!).map(([key, bytes]) => [key, base64(bytes)])), data: base64(payload!.data!) };
}
const readable = (body: unknown) => (body as { payloads: { data: string }[] }).payloads.map(({ data }) => {
  const text = Buffer.from(data, 'base64').toString();
  return text.startsWith('"') ? (JSON.parse(text) as string) : 'sealed';
});
const token = (until = Date.now() + 60_000) => issueOperatorToken(TEST_MASTER_KEY, new Date(until));
const decode = (headers: Record<string, string> = {}, payloads = sealed) =>
  clientOf(api, { host: litoral.host }).call('POST', '/api/codec/decode', { body: { payloads }, headers: { origin: UI, 'sec-fetch-site': 'cross-site', 'x-namespace': 'default', ...headers } });

beforeAll(async () => {
  db = await createTestDatabase();
  litoral = await addCompanyWithPeople(db, 'litoral');
  vecina = await addCompanyWithPeople(db, 'vecina');
  api = await openApi(db.appUrl, { environment: { HILO_MASTER_KEY: TEST_MASTER_KEY.toString('base64'), TEMPORAL_UI_PORT: '4555' } });
  sealed = [await sealedFor('litoral', 'de litoral'), await sealedFor('vecina', 'de vecina')];
});
afterAll(async () => {
  await api.close();
  await db.drop();
});

describe('POST /api/codec/decode', () => {
  it('opens every payload for the operator, by token or by the cookie of a link', async () => {
    const { status, body } = await decode({ authorization: `Bearer ${token()}` });
    expect(status).toBe(200);
    expect(readable(body)).toEqual(['de litoral', 'de vecina']);
    const entered = await clientOf(api, { host: litoral.host }).call('GET', `/api/codec/enter?token=${token()}`);
    expect(entered).toMatchObject({ status: 303, headers: { location: `http://${litoral.host}:4555` } });
    const cookie = String(entered.headers['set-cookie']);
    expect(cookie).toMatch(/HttpOnly.*SameSite=Lax/);
    expect(cookie).toContain('Path=/api/codec');
    expect(readable((await decode({ cookie: cookie.split(';')[0]! })).body)).toEqual(['de litoral', 'de vecina']);
  });

  it("opens the company's own payloads for its administrator, and never another company's", async () => {
    const { cookie } = await sessionOf(db, api, litoral, 'administrator');
    const { status, body } = await decode({ cookie });
    expect(status).toBe(200);
    expect(readable(body)).toEqual(['de litoral', 'sealed']);
    expect((body as { payloads: object[] }).payloads[1]).toEqual(sealed[1]);
    const theirs = await sessionOf(db, api, vecina, 'administrator');
    expect((await decode({ cookie: theirs.cookie })).status).toBe(401);
  });

  it('is closed to nobody, to other roles, before the password is changed, and to a token that is none or has run out', async () => {
    expect((await decode()).status).toBe(401);
    for (const role of ['supervisor', 'operator'] as const) expect((await decode({ cookie: (await sessionOf(db, api, litoral, role)).cookie })).status, role).toBe(403);
    for (const bad of [token(Date.now() - 1_000), `${token()}x`, issueOperatorToken(Buffer.alloc(32, 1), new Date(Date.now() + 60_000)), 'x']) {
      expect((await decode({ authorization: `Bearer ${bad}` })).status).toBe(401);
      expect((await clientOf(api, { host: litoral.host }).call('GET', `/api/codec/enter?token=${encodeURIComponent(bad)}`)).status).toBe(403);
    }
    const { cookie } = await sessionOf(db, api, litoral, 'administrator');
    await asSuperuser(db, (client) => client.query('update users set must_change_password = true where id = $1', [litoral.users.administrator]));
    expect(await decode({ cookie })).toMatchObject({ status: 403, body: { code: 'password-change-required' } });
    await asSuperuser(db, (client) => client.query('update users set must_change_password = false where id = $1', [litoral.users.administrator]));
  });

  it('may be asked from the Temporal UI and from no other page', async () => {
    const authorization = `Bearer ${token()}`;
    for (const origin of [UI, 'http://127.0.0.1:4555', `http://${litoral.host}:4555`]) {
      expect((await decode({ authorization, origin })).headers).toMatchObject({ 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true', vary: expect.stringContaining('origin') as string });
    }
    for (const origin of ['http://evil.example', 'http://localhost:4556', 'null']) {
      const answer = await decode({ authorization, origin });
      expect(answer).toMatchObject({ status: 403, body: { code: 'foreign-origin' } });
      expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
    }
    const preflight = (origin: string) => clientOf(api, { host: litoral.host }).call('OPTIONS', '/api/codec/decode', { headers: { origin, 'access-control-request-method': 'POST' } });
    expect(await preflight(UI)).toMatchObject({ status: 204, headers: { 'access-control-allow-origin': UI, 'access-control-allow-headers': 'authorization, content-type, x-namespace' } });
    expect((await preflight('http://evil.example')).headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('leaves sealed what nobody can open any more, and opens the rest', async () => {
    const of = (company: string, data: string) => ({ metadata: { encoding: btoa('binary/encrypted'), 'hilo-company': btoa(company) }, data });
    const { status, body } = await decode({ authorization: `Bearer ${token()}` }, [of('removed', btoa('xxxx')), of('litoral', btoa('altered beyond repair, and long enough to be sealed')), sealed[0]!]);
    expect(status).toBe(200);
    expect(readable(body)).toEqual(['sealed', 'sealed', 'de litoral']);
  });

  it('leaves alone what was never sealed, and refuses what is no payload', async () => {
    const plain = { metadata: { encoding: Buffer.from('json/plain').toString('base64') }, data: Buffer.from('"x"').toString('base64') };
    expect(readable((await decode({ authorization: `Bearer ${token()}` }, [plain])).body)).toEqual(['x']);
    expect((await decode({ authorization: `Bearer ${token()}` }, [{ data: 'no base64 $' }])).status).toBe(400);
  });
});
