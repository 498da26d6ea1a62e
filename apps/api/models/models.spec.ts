import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startModelSimulator } from '../../../libs/simulator/openai/start.js';
import { asSuperuser } from '../../../libs/testing/companies.js';
import { guardedClient } from '../../../libs/http/guarded-client.js';
import { allowedNetworks } from '../../../libs/http/address.js';
import { createTestDatabase, type TestDatabase } from '../../../libs/testing/test-db.js';
import { openApi, type ApiUnderTest } from '../testing/api-under-test.js';
import { addCompanyWithPeople, sessionOf, type Client } from '../testing/people.js';
import type { ModelView } from './models.schema.js';

const KEY = 'sk-una-clave-larga-1234';
const server = await startModelSimulator();
let db: TestDatabase;
let api: ApiUnderTest;
let boss: Client;
let theirBoss: Client;
let users: Record<string, string>;

beforeAll(async () => {
  db = await createTestDatabase();
  const [ours, theirs] = [await addCompanyWithPeople(db, 'litoral'), await addCompanyWithPeople(db, 'vecina')];
  api = await openApi(db.appUrl, { outgoing: () => guardedClient({ allowed: allowedNetworks('127.0.0.1') }) });
  [boss, theirBoss] = [await sessionOf(db, api, ours, 'administrator'), await sessionOf(db, api, theirs, 'administrator')];
  users = ours.users;
});
afterAll(async () => {
  await api.close();
  await Promise.all([db.drop(), server.stop()]);
});
const sql = <T extends object>(text: string): Promise<T[]> => asSuperuser(db, async (client) => (await client.query<T>(text)).rows);
beforeEach(() => sql('truncate model_settings cascade; truncate audit_log'));

const typed = { baseUrl: `${server.baseUrl}/`, api: 'responses', structured: 'json_schema', visionModel: 'mira-1', timeoutMs: 5_000, maxTokens: 2_000 } as const;
const change = { ...typed, budgetDay: 5, enabled: true };
const read = async (client = boss) => (await client.call('GET', '/api/models')).body as ModelView;
const save = (body: object, client = boss) => client.call('PUT', '/api/models', { body });
const test = async (body: object = {}) => boss.call('POST', '/api/models/test', { body });
const sees = { text: '4721', isReceipt: false };

describe('the model of a company', () => {
  it('is none until it is set up; its key never comes back, in no answer, log or row', async () => {
    expect(await read()).toMatchObject({ version: 0, today: 0, ranges: { timeoutMs: { least: 5_000 } } });
    expect(await save({ ...change, version: 0, key: KEY })).toMatchObject({ status: 200, body: { version: 1, settings: { ...change, baseUrl: server.baseUrl, keyEnding: '1234' } } });
    const told = JSON.stringify([await read(), await sql('select * from audit_log'), await sql('select * from idempotency_keys')]);
    expect(told).not.toContain('sk-una');
    expect((await sql<{ key: Buffer }>('select key from model_settings'))[0]!.key.toString('latin1')).not.toContain('sk-una');
    expect(await sql('select action, actor, after from audit_log')).toMatchObject([{ action: 'model.saved', actor: users['administrator'], after: { visionModel: 'mira-1' } }]);
    expect((await read(theirBoss)).settings).toBeUndefined();
  });

  it('has no password in its address, where it would be read back', async () => {
    expect(await save({ ...change, version: 0, baseUrl: 'https://yo:clave-secreta@modelo.example/v1' })).toMatchObject({ status: 400 });
    expect(JSON.stringify([await read(), await sql('select * from audit_log'), await sql('select * from model_settings')])).not.toContain('clave-secreta');
  });

  it('keeps a key that is not typed again, for its address alone, and is not overwritten by who saw an older one', async () => {
    await save({ ...change, version: 0, key: KEY });
    expect(await save({ ...change, version: 0 })).toMatchObject({ status: 409 });
    expect(await save({ ...change, version: 1, visionModel: 'mira-2' })).toMatchObject({ status: 200, body: { version: 2, settings: { visionModel: 'mira-2', keyEnding: '1234' } } });
    const elsewhere = { ...change, baseUrl: 'https://otra.example/v1', version: 2 };
    expect(await save(elsewhere)).toMatchObject({ status: 422, body: { code: 'secret-elsewhere' } });
    expect(await test({ draft: { ...typed, baseUrl: 'https://otra.example/v1' } })).toMatchObject({ status: 422 });
    expect(await save({ ...elsewhere, key: null })).toMatchObject({ status: 200 });
    expect((await read()).settings).not.toHaveProperty('keyEnding');
  });

  it.each([{ baseUrl: 'ftp://x' }, { api: 'soap' }, { visionModel: '' }, { timeoutMs: 1 }, { budgetDay: 0 }, { key: 'con espacios' }])('is refused with %j', async (wrong) => {
    expect((await save({ ...change, version: 0, ...wrong })).status).toBe(400);
  });

  it('is tried by a picture that it has to look at, as typed or as saved; what is saved counts', async () => {
    server.simulator.script({ key: KEY, fallback: { json: sees } });
    expect((await test()).status).toBe(404);
    expect((await test({ draft: { ...typed, key: KEY } })).body).toMatchObject({ ok: true, sees: true });
    await save({ ...change, version: 0, key: KEY });
    expect((await test()).body).toMatchObject({ ok: true, sees: true });
    expect(server.simulator.calls.every(({ pictures }) => pictures[0] === 'image/png')).toBe(true);
    expect(await read()).toMatchObject({ today: 1, health: { okAt: expect.any(String) as string } });
    server.simulator.script({ key: KEY, fallback: { json: { ...sees, text: 'No veo nada' } } });
    expect((await test()).body).toMatchObject({ ok: false, sees: false });
    expect((await test({ draft: { ...typed, key: 'sk-otra' } })).body).toMatchObject({ ok: false, fault: 'auth' });
    server.simulator.script({ key: KEY, fallback: { status: 429 } });
    expect((await test()).body).toMatchObject({ ok: false, fault: 'quota' });
    const failing = (await boss.call('GET', '/api/settings/cards')).body as { card: string; state: string }[];
    expect(failing.find(({ card }) => card === 'models')).toMatchObject({ state: 'failing' });
  });

  it('is forgotten with its key, by its own company alone', async () => {
    await save({ ...change, version: 0, key: KEY });
    await theirBoss.call('DELETE', '/api/models');
    expect((await read()).settings).toBeDefined();
    expect((await boss.call('DELETE', '/api/models')).body).toMatchObject({ version: 0 });
    expect(await sql('select action from audit_log order by id')).toEqual([{ action: 'model.saved' }, { action: 'model.removed' }]);
  });
});
