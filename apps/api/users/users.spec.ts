import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { asSuperuser } from '../../../libs/testing/companies.js';
import type { TestDatabase } from '../../../libs/testing/test-db.js';
import type { ApiUnderTest } from '../testing/api-under-test.js';
import { clientOf, sessionOf, signInAs, type Client, type TestCompany } from '../testing/people.js';
import { openTwoCompanies, type TwoCompanies } from '../testing/two-companies.js';
import type { CreatedUser, UserView } from './user.schema.js';

let db: TestDatabase;
let api: ApiUnderTest;
let ours: TestCompany;
let theirs: TestCompany;
let boss: Client;
let close: TwoCompanies['close'];

beforeAll(async () => {
  ({ db, api, ours, theirs, boss, close } = await openTwoCompanies());
});
afterAll(() => close());
beforeEach(() => sql('delete from login_failures'));

const sql = <T extends object>(text: string, values: unknown[] = []): Promise<T[]> =>
  asSuperuser(db, async (client) => (await client.query<T>(text, values)).rows);
const list = async (client = boss) => (await client.call('GET', '/api/users')).body as UserView[];
const create = (body: object) => boss.call('POST', '/api/users', { body });
const change = (id: string, body: object, client = boss) => client.call('PATCH', `/api/users/${id}`, { body });
const alive = async (client: Client) => (await client.call('GET', '/api/session')).status === 200;

describe('the company’s people', () => {
  it('are listed with role and departments, without anything secret, and without another company’s', async () => {
    const people = await list();
    expect(people.map(({ login }) => login).sort()).toEqual(['administrator', 'colleague', 'operator', 'supervisor']);
    expect(people.find(({ login }) => login === 'operator')).toEqual({
      id: ours.users.operator, login: 'operator', name: 'operator de litoral', role: 'operator', phone: null, departments: [ours.departments.support],
      active: true, mustChangePassword: false, createdAt: expect.any(String) as string,
    });
    expect(JSON.stringify(people)).not.toMatch(/vecina|argon2/);
  });

  it('grow by somebody with a password for once, who has to change it', async () => {
    const answer = await create({ login: 'Juan.Perez', name: ' Juan Pérez ', role: 'operator', departments: [ours.departments.sales] });
    expect(answer).toMatchObject({ status: 201, body: { user: { login: 'juan.perez', name: 'Juan Pérez', departments: [ours.departments.sales], mustChangePassword: true } } });
    const { temporaryPassword } = answer.body as CreatedUser;
    const juan = await signInAs(api, ours, 'juan.perez', temporaryPassword);
    expect(await juan.call('GET', '/api/agents')).toMatchObject({ status: 403, body: { code: 'password-change-required' } });
    expect(await clientOf(api, theirs).call('POST', '/api/session', { body: { login: 'juan.perez', password: temporaryPassword } })).toMatchObject({ status: 401 });
  });

  it.each([
    [{ login: 'operator', name: 'Otro', role: 'operator' }, 409, 'login-taken'],
    [{ login: 'con espacio', name: 'Otro', role: 'operator' }, 400, 'bad-request'],
    [{ login: 'otro', name: '   ', role: 'operator' }, 400, 'bad-request'],
    [{ login: 'otro', name: 'Otro', role: 'owner' }, 400, 'bad-request'],
    [{ login: 'otro', name: 'Otro', role: 'operator', departments: [randomUUID()] }, 422, 'department-unknown'],
  ])('do not grow by %j', async (body, status, code) => {
    expect(await create(body)).toMatchObject({ status, body: { code } });
    expect((await list()).some(({ login }) => login === 'otro')).toBe(false);
  });

  it('cannot be put into another company’s department', async () => {
    expect(await create({ login: 'intruso', name: 'Intruso', role: 'operator', departments: [theirs.departments.support] })).toMatchObject({ status: 422 });
    expect(await change(ours.users.colleague, { departments: [theirs.departments.support] })).toMatchObject({ status: 422, body: { code: 'department-unknown' } });
    expect(await sql('select 1 from user_departments where department = $1 and company = \'litoral\'', [theirs.departments.support])).toEqual([]);
  });

  it('may have a login that somebody has at another company', async () => {
    await sql(`insert into users (company, login, name, role, password_hash) values ('vecina', 'gemela', 'Gemela', 'operator', 'x')`);
    expect((await create({ login: 'gemela', name: 'Gemela', role: 'operator' })).status).toBe(201);
  });
});

describe('changing somebody', () => {
  it('changes only what is said', async () => {
    const { status, body } = await change(ours.users.colleague, { departments: [ours.departments.sales, ours.departments.sales] });
    expect({ status, body }).toMatchObject({ status: 200, body: { name: 'colleague de litoral', role: 'operator', active: true, departments: [ours.departments.sales] } });
    expect((await change(ours.users.colleague, {})).body).toMatchObject({ departments: [ours.departments.sales] });
  });

  it('ends their sessions with a new role or a deactivation, not with a new name or department', async () => {
    const session = () => sessionOf(db, api, ours, 'colleague');
    const [a, b] = [await session(), await session()];
    await change(ours.users.colleague, { name: 'Colega', departments: [], role: 'operator', active: true });
    expect([await alive(a), await alive(b)]).toEqual([true, true]);
    await change(ours.users.colleague, { role: 'supervisor' });
    expect([await alive(a), await alive(b)]).toEqual([false, false]);
    const c = await session();
    await change(ours.users.colleague, { active: false });
    expect(await alive(c)).toBe(false);
    expect(await clientOf(api, ours).call('POST', '/api/session', { body: { login: 'colleague', password: 'x' } })).toMatchObject({ status: 401 });
    await change(ours.users.colleague, { active: true, role: 'operator' });
  });

  it('tells at once whoever listens that a session is over', async () => {
    const heard: string[] = [];
    await asSuperuser(db, async (client) => {
      client.on('notification', ({ payload }) => heard.push(payload ?? ''));
      await client.query('listen sessions_ended');
      const { id } = await sessionOf(db, api, ours, 'colleague');
      await boss.call('POST', `/api/users/${ours.users.colleague}/password-reset`);
      await client.query('select 1');
      expect(heard).toContain(id);
    });
  });

  it('resets a password: the old one, the sessions and the slow-down are gone', async () => {
    const session = await sessionOf(db, api, ours, 'operator');
    await sql(`insert into login_failures values ('litoral', 'account:operator', 50, now())`);
    const { status, body } = await boss.call('POST', `/api/users/${ours.users.operator}/password-reset`);
    expect(status).toBe(200);
    expect(await alive(session)).toBe(false);
    const client = await signInAs(api, ours, 'operator', (body as { temporaryPassword: string }).temporaryPassword);
    expect((await client.call('GET', '/api/session')).body).toMatchObject({ mustChangePassword: true });
  });

  it('never leaves the company without an active administrator', async () => {
    const lost = { status: 409, body: { code: 'last-administrator' } };
    expect(await change(ours.users.administrator, { active: false })).toMatchObject(lost);
    expect(await change(ours.users.administrator, { role: 'supervisor' })).toMatchObject(lost);
    expect(await change(ours.users.administrator, { name: 'La jefa' })).toMatchObject({ status: 200 });
  });

  it('lets only one of two administrators deactivate the other at the same moment', async () => {
    await change(ours.users.supervisor, { role: 'administrator' });
    const second = await sessionOf(db, api, ours, 'supervisor');
    const answers = await Promise.all([change(ours.users.supervisor, { active: false }), change(ours.users.administrator, { active: false }, second)]);
    const left = await sql<{ login: string }>(`select login from users where company = 'litoral' and role = 'administrator' and active`);
    expect(left).toHaveLength(1);
    expect(answers.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1);
    await sql(`update users set active = true, role = login where company = 'litoral' and login in ('administrator', 'supervisor')`);
    boss = await sessionOf(db, api, ours, 'administrator');
  });
});

describe('commands under a key', () => {
  const keyed = (key: string, body: object, client = boss) => client.call('POST', '/api/users', { body, headers: { 'idempotency-key': key } });
  const person = (login: string) => ({ login, name: 'Persona', role: 'operator' });

  it('are done once, and answered with the same each time', async () => {
    const key = randomUUID();
    const first = await keyed(key, person('unica'));
    const again = await keyed(key, person('unica'));
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
    expect([first.headers['idempotency-replayed'], again.headers['idempotency-replayed']]).toEqual([undefined, 'true']);
  });

  it('keep no password readable', async () => {
    const key = randomUUID();
    const { body } = await keyed(key, person('sellada'));
    const [row] = await sql<{ answer: Buffer }>('select answer from idempotency_keys where key = $1', [key]);
    expect(row!.answer.toString('latin1')).not.toContain((body as CreatedUser).temporaryPassword);
  });

  it('are done once, however many come at once', async () => {
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 8 }, () => keyed(key, person('carrera'))));
    for (const { status, body } of answers) expect([[201, undefined], [409, 'request-running']]).toContainEqual([status, (body as { code?: string }).code]);
    expect(answers.some(({ status }) => status === 201)).toBe(true);
    expect((await keyed(key, person('carrera'))).status).toBe(201);
  });

  it('that were refused may be tried again under the same key', async () => {
    const key = randomUUID();
    expect((await keyed(key, person('operator'))).status).toBe(409);
    await sql(`update users set login = 'operador' where company = 'litoral' and login = 'operator'`);
    expect((await keyed(key, person('operator'))).status).toBe(201);
  });

  it('are somebody else’s own, and another company’s own', async () => {
    const key = randomUUID();
    await keyed(key, person('primera'));
    const boss2 = await sessionOf(db, api, theirs, 'administrator');
    const elsewhere = await keyed(key, person('primera'), boss2);
    expect(elsewhere).toMatchObject({ status: 201, headers: {} });
    expect(elsewhere.headers['idempotency-replayed']).toBeUndefined();
  });

  it('refuse the key for another command, and a key that is none', async () => {
    const key = randomUUID();
    await keyed(key, person('otra-vez'));
    expect(await keyed(key, person('distinta'))).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
    expect(await keyed('no-es-uuid', person('distinta'))).toMatchObject({ status: 400 });
  });

  it('go on where a process died in the middle, after a minute', async () => {
    const key = randomUUID();
    await keyed(key, person('muerta'));
    await sql(`update idempotency_keys set answer = null where key = $1`, [key]);
    await sql(`delete from users where login = 'muerta'`);
    expect(await keyed(key, person('muerta'))).toMatchObject({ status: 409, body: { code: 'request-running' } });
    await sql(`update idempotency_keys set made_at = now() - interval '61 seconds' where key = $1`, [key]);
    expect((await keyed(key, person('muerta'))).status).toBe(201);
  });
});
