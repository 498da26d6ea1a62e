import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ConnectionTest } from '../../../libs/crm/crm.js';
import { outside } from '../../../libs/crm/registry.js';
import { secretSetting, setting, systemUrl, lineSettings } from '../../../libs/crm/wire/settings.js';
import { asSuperuser } from '../../../libs/testing/companies.js';
import { createTestDatabase, type TestDatabase } from '../../../libs/testing/test-db.js';
import { openApi, type ApiUnderTest } from '../testing/api-under-test.js';
import { addCompanyWithPeople, sessionOf, type Client, type TestCompany } from '../testing/people.js';
import type { IntegrationView } from './integrations.schema.js';

let db: TestDatabase;
let api: ApiUnderTest;
let ours: TestCompany;
let boss: Client;
let theirBoss: Client;
let opened: Record<string, unknown>[];
let verdict: ConnectionTest;

/** A system whose test says what a spec wants. */
const scripted = (name: string) => outside({
  name, capabilities: ['by-phone', 'account'],
  settings: z.object({ url: systemUrl(), token: secretSetting('token'), login: setting('login', z.enum(['token', 'legacy']).default('token')), ...lineSettings }),
  open: (settings) => {
    opened.push(settings);
    return { ask: () => Promise.resolve({ ok: false, reason: 'not-found' }), act: () => Promise.resolve({ ok: false, reason: 'unsupported' }), test: () => Promise.resolve(verdict) };
  },
});

beforeAll(async () => {
  db = await createTestDatabase();
  ours = await addCompanyWithPeople(db, 'litoral');
  const theirs = await addCompanyWithPeople(db, 'vecina');
  api = await openApi(db.appUrl, { outsideSystems: { mikrowisp: scripted('MikroWisp'), ispcube: scripted('ISPCube') } });
  boss = await sessionOf(db, api, ours, 'administrator');
  theirBoss = await sessionOf(db, api, theirs, 'administrator');
});
afterAll(async () => {
  await api.close();
  await db.drop();
});
beforeEach(async () => {
  [opened, verdict] = [[], { ok: true, ms: 12, version: '7.2' }];
  await sql('truncate isp_connections cascade');
  await sql('truncate audit_log');
});

const sql = <T extends object>(text: string, values: unknown[] = []): Promise<T[]> => asSuperuser(db, async (client) => (await client.query<T>(text, values)).rows);
const line = { tls: { mode: 'system' }, limitMs: 10_000, perSecond: 2, atOnce: 4, budgetDay: null, budgetMonth: null, monthStartsOn: 1 };
const typed = (settings: object = { url: 'https://isp.example/', token: 'una-clave-larga-1234' }, more: object = {}) => ({ system: 'mikrowisp', settings, ...line, ...more });
const save = (body: object = typed(), client = boss) => client.call('PUT', '/api/integrations/connection', { body });
const test = (body: object, client = boss) => client.call('POST', '/api/integrations/test', { body });
const activate = (system: string, more: object = {}, client = boss) => client.call('POST', '/api/integrations/activate', { body: { system, ...more } });
const list = async (client = boss) => (await client.call('GET', '/api/integrations')).body as IntegrationView[];
const of = async (system: string, client = boss) => (await list(client)).find((one) => one.system === system)!;

describe('the ISP systems', () => {
  it('are those of this build, the embedded book being active until another is, each with its form', async () => {
    const all = await list();
    expect(all.map(({ system, name, active }) => ({ system, name, active }))).toEqual([
      { system: 'embedded', name: 'Libro de clientes de Hilo', active: true }, { system: 'mikrowisp', name: 'MikroWisp', active: false }, { system: 'ispcube', name: 'ISPCube', active: false },
    ]);
    expect(all[1]!.fields).toEqual([
      { name: 'url', kind: 'url', required: true, label: 'integrations.field.url', help: 'integrations.field.url.help' },
      { name: 'token', kind: 'secret', required: true, label: 'integrations.field.token', help: 'integrations.field.token.help' },
      { name: 'login', kind: 'choice', choices: ['token', 'legacy'], default: 'token', required: false, label: 'integrations.field.login', help: 'integrations.field.login.help' },
    ]);
  });

  it('keep what was typed, and no secret comes back', async () => {
    const { status, body } = await save();
    expect(status).toBe(200);
    const { connection } = (body as IntegrationView[]).find(({ system }) => system === 'mikrowisp')!;
    expect(connection).toMatchObject({ settings: { url: 'https://isp.example/' }, secrets: { token: '1234' }, ...line, savedBy: { name: 'administrator de litoral' } });
    expect(JSON.stringify([body, await list(), await sql('select * from audit_log'), await sql('select * from changes')])).not.toContain('una-clave-larga');
    expect((await sql<{ secrets: Buffer }>('select secrets from isp_connections'))[0]!.secrets.toString('latin1')).not.toContain('una-clave-larga');
  });

  it('keep a secret that is not typed again, take another, and lose one that is taken away', async () => {
    await save();
    await save(typed({ url: 'https://isp.example/api' }));
    expect((await of('mikrowisp')).connection).toMatchObject({ settings: { url: 'https://isp.example/api' }, secrets: { token: '1234' } });
    await save(typed({ url: 'https://isp.example', token: 'corta' }));
    expect((await of('mikrowisp')).connection!.secrets).toEqual({ token: '' });
    expect(await save(typed({ url: 'https://isp.example', token: null }))).toMatchObject({ status: 422, body: { code: 'integration-settings', fields: ['token'] } });
    expect((await of('mikrowisp')).connection!.secrets).toEqual({ token: '' });
  });

  it('never send a kept secret to another address: it has to be typed again', async () => {
    await save();
    const settings = { url: 'https://otra.example' };
    for (const refused of [await save(typed(settings)), await test({ system: 'mikrowisp', draft: { ...line, settings } })]) {
      expect(refused).toMatchObject({ status: 422, body: { code: 'secret-elsewhere', fields: ['token'] } });
    }
    expect(opened).toEqual([]);
    expect((await of('mikrowisp')).connection!.settings).toEqual({ url: 'https://isp.example/' });
    expect((await save(typed({ ...settings, token: 'de-la-otra-direccion' }))).status).toBe(200);
  });

  it.each([
    [{ url: 'no es una dirección', token: 'x' }, {}, ['url']], [{}, {}, ['url', 'token']], [{ url: 'https://a.example', token: 'x', login: 'otro' }, {}, ['login']],
  ])('say which fields are wrong in %j', async (settings, more, fields) => {
    expect(await save(typed(settings, more))).toMatchObject({ status: 422, body: { code: 'integration-settings', fields } });
    expect(await sql('select * from isp_connections')).toEqual([]);
  });

  it.each([{ limitMs: 10 }, { perSecond: 0 }, { tls: { mode: 'pinned', pem: 'no' } }, { tls: { mode: 'pinned' } }, { budgetDay: 0 }, { monthStartsOn: 31 }, { system: 'embedded' }, { system: 'otro' }])(
    'are refused with %j', async (more) => expect((await save({ ...typed(), ...more })).status).toBe(400));

  it('that this build does not have are not found', async () => {
    expect(await save(typed({}, { system: 'wisphub' }))).toMatchObject({ status: 404 });
    expect(await test({ system: 'wisphub' })).toMatchObject({ status: 404 });
    expect(await activate('wisphub')).toMatchObject({ status: 404 });
  });

  it('begin anew when they are saved: health and what was said belong to the settings before', async () => {
    await save();
    await sql(`insert into isp_health (company, system, state, fault) values ('litoral', 'mikrowisp', 'down', 'auth')`);
    await sql(`insert into isp_cache (company, system, key, as_of, fresh_until, kept_until) values ('litoral', 'mikrowisp', 'k', now(), now(), now() + interval '1 day')`);
    expect((await of('mikrowisp')).health).toMatchObject({ state: 'down', fault: 'auth' });
    await save();
    expect((await of('mikrowisp')).health).toBeUndefined();
    expect(await sql('select * from isp_cache')).toEqual([]);
  });
});

describe('the test of a connection', () => {
  it('is of what is typed, with the secret that is kept, and saves nothing', async () => {
    await save();
    const draft = { ...line, settings: { url: 'https://isp.example/nueva' }, limitMs: 5_000, tls: { mode: 'insecure' } };
    expect(await test({ system: 'mikrowisp', draft })).toMatchObject({ status: 200, body: { ok: true, ms: 12, version: '7.2' } });
    expect(opened.at(-1)).toMatchObject({ url: 'https://isp.example/nueva', token: 'una-clave-larga-1234', tls: 'insecure', timeoutSeconds: 5 });
    expect((await of('mikrowisp')).connection!.settings).toEqual({ url: 'https://isp.example/' });
  });

  it('is of what is saved where nothing is typed, and says what is wrong', async () => {
    expect(await test({ system: 'mikrowisp' })).toMatchObject({ status: 422, body: { code: 'integration-missing' } });
    await save();
    verdict = { ok: false, ms: 40, fault: 'auth', detail: 'HTTP 401' };
    expect((await test({ system: 'mikrowisp' })).body).toEqual({ ok: false, ms: 40, fault: 'auth', detail: 'HTTP 401' });
    expect(await test({ system: 'mikrowisp', draft: { ...line, settings: { url: 'no', token: 'x' } } })).toMatchObject({ status: 422, body: { fields: ['url'] } });
  });

  it('that fails on the active system is among its errors', async () => {
    await save();
    await activate('mikrowisp');
    verdict = { ok: false, ms: 40, fault: 'html', detail: 'a web page came instead of data' };
    await test({ system: 'mikrowisp' });
    expect((await boss.call('GET', '/api/integrations/errors')).body).toMatchObject([{ system: 'mikrowisp', kind: 'fault', operation: 'test', fault: 'html', times: 1 }]);
    expect((await theirBoss.call('GET', '/api/integrations/errors')).body).toEqual([]);
  });
});

describe('the active system', () => {
  it('is one, after its test; the others keep their settings', async () => {
    await save();
    await save(typed(undefined, { system: 'ispcube' }));
    expect((await activate('mikrowisp')).body).toEqual({ active: 'mikrowisp', activated: true, test: verdict });
    expect((await activate('ispcube')).body).toMatchObject({ active: 'ispcube', activated: true });
    expect((await list()).map(({ active, connection }) => [active, connection !== undefined])).toEqual([[false, false], [false, true], [true, true]]);
    await activate('embedded');
    expect((await list()).map(({ active, connection }) => [active, connection !== undefined])).toEqual([[true, false], [false, true], [false, true]]);
  });

  it('does not change when its test fails, unless somebody insists', async () => {
    await save();
    verdict = { ok: false, ms: 3, fault: 'timeout' };
    expect((await activate('mikrowisp')).body).toMatchObject({ active: 'embedded', activated: false, test: { fault: 'timeout' } });
    expect((await activate('mikrowisp', { evenIfFailing: true })).body).toMatchObject({ active: 'mikrowisp', activated: true });
  });

  it('activated by many at once is one of theirs', async () => {
    await save();
    await save(typed(undefined, { system: 'ispcube' }));
    await Promise.all(['mikrowisp', 'ispcube', 'embedded', 'mikrowisp', 'ispcube'].map((system) => activate(system)));
    expect((await list()).filter(({ active }) => active)).toHaveLength(1);
  });

  it('is in the audit log with who, before and after', async () => {
    await save();
    await activate('mikrowisp');
    await save(typed({ url: 'https://isp.example/', token: 'otra-clave-larga-5678' }, { budgetDay: 500 }));
    const log = await sql<{ action: string; actor: string; before: unknown; after: unknown }>('select action, actor, before, after from audit_log order by id');
    expect(log).toMatchObject([
      { action: 'integration.saved', actor: ours.users.administrator, before: null, after: { url: 'https://isp.example/', configured: ['token'], replaced: ['token'] } },
      { action: 'integration.activated', before: { active: 'embedded' }, after: { active: 'mikrowisp' } },
      { action: 'integration.saved', before: { budgetDay: null }, after: { budgetDay: 500, replaced: ['token'] } },
    ]);
  });

  it("is not another company's", async () => {
    await save();
    await activate('mikrowisp');
    expect((await list(theirBoss)).map(({ active, connection }) => [active, connection])).toEqual([[true, undefined], [false, undefined], [false, undefined]]);
    expect(await activate('mikrowisp', {}, theirBoss)).toMatchObject({ status: 422, body: { code: 'integration-missing' } });
    await save(typed({ url: 'https://suya.example', token: 'suya' }), theirBoss);
    expect((await of('mikrowisp')).connection!.settings).toEqual({ url: 'https://isp.example/' });
  });
});
