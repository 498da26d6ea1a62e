import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { permissionsOf } from '../../../libs/domain/permissions.js';
import { asSuperuser } from '../../../libs/testing/companies.js';
import { createTestDatabase, type TestDatabase } from '../../../libs/testing/test-db.js';
import { openApi, type ApiUnderTest } from '../testing/api-under-test.js';
import { addCompanyWithPeople, clientOf, cookieOf, PASSWORD, signInAs, type Client, type TestCompany } from '../testing/people.js';

let db: TestDatabase;
let api: ApiUnderTest;
let ours: TestCompany;
let theirs: TestCompany;

beforeAll(async () => {
  db = await createTestDatabase();
  ours = await addCompanyWithPeople(db, 'litoral');
  theirs = await addCompanyWithPeople(db, 'vecina');
  api = await openApi(db.appUrl, { environment: { TRUSTED_PROXIES: '10.0.0.1' } });
});
afterAll(async () => {
  await api.close();
  await db.drop();
});
beforeEach(() => asSuperuser(db, (client) => client.query('delete from sessions; delete from login_failures')));

const sql = <T extends object>(text: string, values: unknown[] = []): Promise<T[]> =>
  asSuperuser(db, async (client) => (await client.query<T>(text, values)).rows);
const login = (body: object, headers: Record<string, string> = {}, host = ours.host) =>
  clientOf(api, { host }).call('POST', '/api/session', { body, headers });
const alive = async (client: Client) => (await client.call('GET', '/api/session')).status === 200;

describe('signing in', () => {
  it('tells who one is, at which company, and what one may do', async () => {
    const answer = await login({ login: 'supervisor', password: PASSWORD });
    expect(answer).toMatchObject({ status: 200, body: {
      user: { id: ours.users.supervisor, login: 'supervisor', role: 'supervisor', departments: [] },
      company: { id: 'litoral', name: 'Empresa litoral', timeZone: 'America/Argentina/Buenos_Aires', locale: 'es-AR', currency: 'ARS' },
      mustChangePassword: false,
      permissions: permissionsOf('supervisor'),
    } });
    expect(JSON.stringify(answer.body)).not.toContain('hash');
  });

  it('takes the login in any case and with blanks around it', async () => {
    expect((await login({ login: ' Operator ', password: PASSWORD })).status).toBe(200);
  });

  it('answers the same to a wrong password, an unknown login, a deactivated user and another company’s user', async () => {
    await sql('update users set active = false where id = $1', [ours.users.colleague]);
    await sql(`update users set login = 'solo-vecina' where id = $1`, [theirs.users.colleague]);
    const wrong = [
      { login: 'operator', password: 'no es esa' }, { login: 'nadie', password: PASSWORD },
      { login: 'colleague', password: PASSWORD }, { login: 'solo-vecina', password: PASSWORD },
    ];
    const answers = await Promise.all(wrong.map((body) => login(body)));
    const told = answers.map(({ status, body }) => ({ status, body: { ...(body as object), requestId: '' } }));
    for (const one of told) expect(one).toEqual(told[0]);
    expect(told[0]).toMatchObject({ status: 401, body: { code: 'login-failed', detail: 'El usuario o la contraseña no son correctos.' } });
    await sql(`update users set active = true, login = 'colleague'  where id = any($1)`, [[ours.users.colleague, theirs.users.colleague]]);
  });

  it('sets a cookie that scripts cannot read, until the browser is closed, or for thirty days', async () => {
    const short = String((await login({ login: 'operator', password: PASSWORD })).headers['set-cookie']);
    expect(short).toMatch(/^hilo_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
    const long = String((await login({ login: 'operator', password: PASSWORD, remember: true })).headers['set-cookie']);
    expect(long).toMatch(/Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax/);
    const [row] = await sql<{ days: number }>('select extract(epoch from expires_at - now()) / 86400 as days from sessions where remember');
    expect(Number(row!.days)).toBeCloseTo(30, 1);
  });

  it('marks the cookie as secure, and promises TLS, only where there is TLS', async () => {
    const secure = await api.app.inject({
      method: 'POST', url: '/api/session', remoteAddress: '10.0.0.1', payload: { login: 'operator', password: PASSWORD },
      headers: { host: ours.host, 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.9' },
    });
    expect(secure.headers['set-cookie']).toContain('; Secure');
    expect(secure.headers['strict-transport-security']).toMatch(/^max-age=31536000/);
    const liar = await login({ login: 'operator', password: PASSWORD }, { 'x-forwarded-proto': 'https' });
    expect(liar.headers['set-cookie']).not.toContain('Secure');
    expect(liar.headers['strict-transport-security']).toBeUndefined();
    const [row] = await sql<{ address: string }>(`select address from sessions where address like '203%'`);
    expect(row!.address).toBe('203.0.113.9');
  });

  it('stores no token, only its SHA-256', async () => {
    const answer = await login({ login: 'operator', password: PASSWORD });
    const token = cookieOf(answer).split('=')[1]!;
    const [row] = await sql<{ text: string }>('select sessions::text as text from sessions');
    expect(row!.text).not.toContain(token);
    expect(row!.text).not.toContain(Buffer.from(token, 'base64url').toString('hex'));
    expect((await login({ login: 'operator', password: 'x'.repeat(201) })).status).toBe(400);
  });
});

describe('a session', () => {
  it('is nobody’s at another company’s host', async () => {
    const { cookie, csrf } = await signInAs(api, ours, 'administrator');
    const elsewhere = clientOf(api, { host: theirs.host, cookie, csrf });
    expect(await elsewhere.call('GET', '/api/session')).toMatchObject({ status: 401, body: { code: 'not-signed-in' } });
    expect(await elsewhere.call('GET', '/api/users')).toMatchObject({ status: 401 });
  });

  it('ends by signing out, and the cookie is taken back', async () => {
    const client = await signInAs(api, ours, 'operator');
    const answer = await client.call('DELETE', '/api/session');
    expect(answer.status).toBe(204);
    expect(answer.headers['set-cookie']).toMatch(/^hilo_session=;.*Expires=Thu, 01 Jan 1970/);
    expect(await alive(client)).toBe(false);
  });

  it('ends by itself, and is worth nothing from then on', async () => {
    const client = await signInAs(api, ours, 'operator');
    await sql(`update sessions set expires_at = now() - interval '1 second'`);
    expect(await alive(client)).toBe(false);
  });

  it('lives on while it is used, but a remembered one ends after its thirty days', async () => {
    const client = await signInAs(api, ours, 'operator');
    await sql(`update sessions set seen_at = now() - interval '2 minutes', expires_at = now() + interval '1 minute'`);
    await client.call('GET', '/api/session');
    const hours = async () => Number((await sql<{ hours: number }>('select extract(epoch from expires_at - now()) / 3600 as hours from sessions'))[0]!.hours);
    expect(await hours()).toBeCloseTo(24, 1);
    await sql(`update sessions set remember = true, seen_at = now() - interval '2 minutes', expires_at = now() + interval '1 hour'`);
    await client.call('GET', '/api/session');
    expect(await hours()).toBeCloseTo(1, 1);
  });

  it('lists where one is signed in, ends another browser, and never anybody else’s', async () => {
    const [laptop, phone, boss] = [await signInAs(api, ours, 'operator'), await signInAs(api, ours, 'operator'), await signInAs(api, ours, 'administrator')];
    const list = (await laptop.call('GET', '/api/sessions')).body as { id: string; current: boolean }[];
    expect(list.map(({ current }) => current).sort()).toEqual([false, true]);
    const other = list.find(({ current }) => !current)!;
    expect((await boss.call('DELETE', `/api/sessions/${other.id}`)).status).toBe(404);
    expect((await (await signInAs(api, theirs, 'operator')).call('DELETE', `/api/sessions/${other.id}`)).status).toBe(404);
    expect((await laptop.call('DELETE', `/api/sessions/${randomUUID()}`)).status).toBe(404);
    expect((await laptop.call('DELETE', `/api/sessions/${other.id}`)).status).toBe(204);
    expect([await alive(laptop), await alive(phone), await alive(boss)]).toEqual([true, false, true]);
  });
});

describe('the password', () => {
  const change = (client: Client, current: string, next: string) => client.call('POST', '/api/password', { body: { current, next } });
  const seeded = async () => {
    const [{ password_hash: hash } = { password_hash: '' }] = await sql<{ password_hash: string }>('select password_hash from users where id = $1', [ours.users.colleague]);
    await sql('update users set must_change_password = true where id = $1', [ours.users.administrator]);
    return () => sql('update users set must_change_password = false, password_hash = $1 where id = $2', [hash, ours.users.administrator]);
  };

  it('that somebody was given has to be changed before anything else works', async () => {
    const restore = await seeded();
    const client = await signInAs(api, ours, 'administrator');
    expect(await client.call('GET', '/api/session')).toMatchObject({ status: 200, body: { mustChangePassword: true } });
    for (const path of ['/api/users', '/api/sessions', '/api/departments', '/api/setup']) {
      expect(await client.call('GET', path)).toMatchObject({ status: 403, body: { code: 'password-change-required' } });
    }
    expect(await change(client, PASSWORD, 'otra clave larga')).toMatchObject({ status: 200, body: { mustChangePassword: false, csrf: client.csrf } });
    const after = await signInAs(api, ours, 'administrator', 'otra clave larga');
    expect((await after.call('GET', '/api/users')).status).toBe(200);
    await restore();
  });

  it('keeps to the rules', async () => {
    const client = await signInAs(api, ours, 'administrator');
    const codes = async (current: string, next: string) => ((await change(client, current, next)).body as { code: string }).code;
    expect(await codes(PASSWORD, 'corta')).toBe('password-too-short');
    expect(await codes(PASSWORD, 'administrator')).toBe('password-is-login');
    expect(await codes(PASSWORD, PASSWORD)).toBe('password-unchanged');
    expect(await codes('no es la actual', 'una nueva muy larga')).toBe('password-wrong');
    expect(await alive(client)).toBe(true);
  });

  it('changed, ends the other sessions, and the old cookie of this one', async () => {
    const [here, there] = [await signInAs(api, ours, 'colleague'), await signInAs(api, ours, 'colleague')];
    const answer = await change(here, PASSWORD, 'cambiada para siempre');
    const renewed = clientOf(api, { host: ours.host, cookie: cookieOf(answer), csrf: here.csrf });
    expect([await alive(here), await alive(there), await alive(renewed)]).toEqual([false, false, true]);
    expect((await renewed.call('POST', '/api/password', { body: { current: 'cambiada para siempre', next: PASSWORD } })).status).toBe(200);
  });
});
