import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { asSuperuser } from '../../../libs/testing/companies.js';
import { addChannel, addConversation } from '../testing/conversations.js';
import { sessionOf, type Client } from '../testing/people.js';
import { openTwoCompanies, type TwoCompanies } from '../testing/two-companies.js';

let two: TwoCompanies;
let sofia: Client;
let operator: Client;
let theirBoss: Client;

beforeAll(async () => {
  two = await openTwoCompanies();
  [sofia, operator] = [await sessionOf(two.db, two.api, two.ours, 'supervisor'), await sessionOf(two.db, two.api, two.ours, 'operator')];
  theirBoss = await sessionOf(two.db, two.api, two.theirs, 'administrator');
});
afterAll(() => two.close());
beforeEach(() => sql('truncate operating_modes, emergency_texts, audit_log'));

const sql = <T extends object>(text: string, values: unknown[] = []): Promise<T[]> =>
  asSuperuser(two.db, async (client) => (await client.query<T>(text, values)).rows);
const audit = () => sql<Record<string, unknown>>('select company, actor, actor_name, action, subject, before, after, request, address from audit_log order by id');
const mode = async (client = sofia) => (await client.call('GET', '/api/tools/mode')).body;
const begin = (name: string, client = sofia) => client.call('PUT', '/api/tools/mode', { body: { mode: name } });
const message = async (client = sofia) => (await client.call('GET', '/api/tools/emergency-message')).body;
const save = (text: string, client = sofia) => client.call('PUT', '/api/tools/emergency-message', { body: { text } });
const bySofia = () => ({ id: two.ours.users.supervisor, name: 'supervisor de litoral' });

describe('the mode', () => {
  it('is COMPLETE until somebody changes it, which is written down with who, from where, before and after', async () => {
    expect(await mode()).toEqual({ mode: 'complete', kept: 0 });
    expect(await begin('stopped')).toMatchObject({ status: 200, body: { mode: 'stopped', by: bySofia(), since: expect.any(String) as string } });
    expect(await mode(operator)).toMatchObject({ mode: 'stopped', by: bySofia() });
    expect(await audit()).toEqual([{
      company: 'litoral', actor: two.ours.users.supervisor, actor_name: 'supervisor de litoral', action: 'mode.changed', subject: 'litoral',
      before: { mode: 'complete' }, after: { mode: 'stopped' }, request: expect.any(String) as string, address: expect.any(String) as string,
    }]);
  });

  it('that is on already stays as it is: nothing changes, nothing is written down', async () => {
    const first = (await begin('gateway-only')).body;
    expect((await begin('gateway-only', two.boss)).body).toEqual(first);
    expect(await audit()).toHaveLength(1);
  });

  it('changed by several at once is one of theirs, and the log tells them in order', async () => {
    await Promise.all(['stopped', 'gateway-only', 'complete'].map((name) => begin(name, two.boss)));
    const changes = (await audit()).map(({ before, after }) => [(before as { mode: string }).mode, (after as { mode: string }).mode]);
    const path = ['complete', ...changes.map(([, after]) => after!)];
    expect(changes.map(([before]) => before)).toEqual(path.slice(0, -1));
    expect(await mode()).toMatchObject({ mode: path.at(-1) });
  });

  it('of an emergency begins when there is a message to tell, and not before', async () => {
    expect(await begin('emergency')).toMatchObject({ status: 409, body: { code: 'emergency-message-missing' } });
    expect(await mode()).toEqual({ mode: 'complete', kept: 0 });
    expect(await audit()).toEqual([]);
    await save('Hay un corte');
    expect(await begin('emergency')).toMatchObject({ status: 200, body: { mode: 'emergency' } });
    expect((await audit()).at(-1)).toMatchObject({ action: 'mode.changed', after: { mode: 'emergency', emergencyMessage: 1 } });
  });

  it('tells how many conversations are kept for people', async () => {
    const { conversation } = await asSuperuser(two.db, async (client) => addConversation(client, 'litoral', { channel: await addChannel(client, 'litoral') }));
    await sql('update conversations set kept_since = now() where id = $1', [conversation]);
    expect(await mode()).toMatchObject({ kept: 1 });
    expect(await mode(theirBoss)).toMatchObject({ kept: 0 });
    await sql('update conversations set kept_since = null');
  });

  it("is never another company's", async () => {
    await begin('stopped');
    expect(await mode(theirBoss)).toEqual({ mode: 'complete', kept: 0 });
    await begin('gateway-only', theirBoss);
    expect(await mode()).toMatchObject({ mode: 'stopped' });
    expect((await audit()).map(({ company }) => company)).toEqual(['litoral', 'vecina']);
  });

  it.each([{ mode: 'COMPLETE' }, { mode: 'pilot' }, {}, { mode: null }])('is refused as %j', async (body) => {
    expect((await sofia.call('PUT', '/api/tools/mode', { body })).status).toBe(400);
  });
});

describe('the emergency message', () => {
  it('has versions: a new text is a new one, the same text is not', async () => {
    expect(await message()).toEqual({ longest: 1000 });
    expect((await save('  Hay un corte  ')).body).toMatchObject({ saved: { version: 1, text: 'Hay un corte', by: bySofia() } });
    await save('Hay un corte');
    expect((await save('Ya vuelve')).body).toMatchObject({ saved: { version: 2, text: 'Ya vuelve' } });
    expect(await sql('select version, text from emergency_texts order by 1')).toEqual([{ version: 1, text: 'Hay un corte' }, { version: 2, text: 'Ya vuelve' }]);
    expect((await audit()).map(({ action, before, after }) => ({ action, before, after }))).toEqual([
      { action: 'emergency-message.saved', before: null, after: { version: 1, text: 'Hay un corte' } },
      { action: 'emergency-message.saved', before: { version: 1, text: 'Hay un corte' }, after: { version: 2, text: 'Ya vuelve' } },
    ]);
  });

  it('saved by several at once makes a version of each', async () => {
    await Promise.all(['uno', 'dos', 'tres'].map((text) => save(text)));
    expect(await sql('select version from emergency_texts order by 1')).toEqual([{ version: 1 }, { version: 2 }, { version: 3 }]);
  });

  it("is never another company's", async () => {
    await save('Hay un corte');
    expect(await message(theirBoss)).toEqual({ longest: 1000 });
    expect(await begin('emergency', theirBoss)).toMatchObject({ status: 409 });
  });

  it.each(['', '   ', 'x'.repeat(1001)])('is refused where it is empty or too long (%#)', async (text) => {
    expect((await save(text)).status).toBe(400);
  });
});

describe('the audit log', () => {
  const last = async () => (await audit()).at(-1);
  const done = async (call: Promise<{ status: number; body: unknown }>): Promise<Record<string, unknown>> => {
    const { status, body } = await call;
    expect(status).toBeLessThan(300);
    return body as Record<string, unknown>;
  };

  it('knows what became of people, and never a password', async () => {
    const { user } = await done(two.boss.call('POST', '/api/users', { body: { login: 'ana', name: 'Ana', role: 'operator', departments: [two.ours.departments.sales] } }));
    const { id } = user as { id: string };
    expect(await last()).toMatchObject({ action: 'user.created', subject: id, before: null, after: { login: 'ana', role: 'operator', departments: [two.ours.departments.sales] } });
    await done(two.boss.call('PATCH', `/api/users/${id}`, { body: { role: 'supervisor', departments: [], phone: '5493415550100' } }));
    expect(await last()).toMatchObject({
      action: 'user.changed', before: { role: 'operator', phone: null, departments: [two.ours.departments.sales] },
      after: { role: 'supervisor', phone: '5493415550100', departments: [] }, // whoever has it takes tickets in the group
    });
    const { temporaryPassword } = await done(two.boss.call('POST', `/api/users/${id}/password-reset`, { body: {} }));
    expect(await last()).toMatchObject({ action: 'user.password-reset', subject: id, actor: two.ours.users.administrator });
    expect(JSON.stringify(await audit())).not.toMatch(new RegExp(`argon2|${String(temporaryPassword)}`, 'u'));
  });

  it('knows departments, the company, its first run, and numbers', async () => {
    const { id } = await done(two.boss.call('POST', '/api/departments', { body: { name: 'Cobranzas' } }));
    await done(two.boss.call('PATCH', `/api/departments/${String(id)}`, { body: { name: 'Pagos' } }));
    await done(two.boss.call('DELETE', `/api/departments/${String(id)}`));
    await done(two.boss.call('PATCH', '/api/company', { body: { name: 'Litoral Fibra' } }));
    await done(two.boss.call('POST', '/api/setup/finish', { body: {} }));
    const channel = await asSuperuser(two.db, (client) => addChannel(client, 'litoral'));
    await done(two.boss.call('POST', `/api/channels/${channel}/link`, { body: { code: '5493415550100' } }));
    await done(sofia.call('POST', `/api/channels/${channel}/restart`, { body: {} }));
    await done(sofia.call('POST', `/api/channels/${channel}/unlink`, { body: {} }));
    expect((await audit()).map(({ action, before, after }) => [action, before, after])).toEqual([
      ['department.created', null, { name: 'Cobranzas' }],
      ['department.renamed', { name: 'Cobranzas' }, { name: 'Pagos' }],
      ['department.removed', { name: 'Pagos' }, null],
      ['company.changed', { name: 'Empresa litoral' }, { name: 'Litoral Fibra' }],
      ['setup.finished', null, null],
      ['channel.link-asked', { wanted: false }, { wanted: true }],
      ['channel.restarted', expect.anything(), { restartAskedAt: expect.any(String) as string }],
      ['channel.unlinked', { wanted: true }, { wanted: false }],
    ]);
    expect(JSON.stringify(await audit())).not.toContain('5493415550100');
  });

  it('has nothing of what was refused', async () => {
    expect((await two.boss.call('PATCH', `/api/users/${two.ours.users.administrator}`, { body: { active: false } })).status).toBe(409);
    expect((await two.boss.call('PATCH', `/api/departments/${two.theirs.departments.sales}`, { body: { name: 'Otra' } })).status).toBe(404);
    expect(await audit()).toEqual([]);
  });
});
