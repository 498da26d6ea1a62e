import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Role } from '../../../libs/domain/roles.js';
import { asSuperuser } from '../../../libs/testing/companies.js';
import type { TestDatabase } from '../../../libs/testing/test-db.js';
import { hashPassword } from '../../../libs/vault/passwords.js';
import { newCompanyKey } from '../../../libs/vault/vault.js';
import { TEST_MASTER_KEY, type ApiUnderTest } from './api-under-test.js';

/** What everybody in specs signs in with. */
export const PASSWORD = 'una clave de prueba';
let hashed: Promise<string> | undefined;

/** A company with a host, a key, two departments and one person of each role, and a second operator. */
export interface TestCompany {
  id: string;
  host: string;
  users: Record<Role | 'colleague', string>;
  departments: { support: string; sales: string };
}

/** Adds a company as the operator would; logins are the roles' names, and `colleague` for the second operator. */
export async function addCompanyWithPeople(db: TestDatabase, id: string): Promise<TestCompany> {
  const company: TestCompany = {
    id, host: `${id}.example`,
    users: { administrator: randomUUID(), supervisor: randomUUID(), operator: randomUUID(), colleague: randomUUID() },
    departments: { support: randomUUID(), sales: randomUUID() },
  };
  const { users, departments } = company;
  const hash = await (hashed ??= hashPassword(PASSWORD));
  const key = newCompanyKey(TEST_MASTER_KEY, id);
  await asSuperuser(db, async (client) => {
    await client.query('insert into companies (id, name) values ($1, $2)', [id, `Empresa ${id}`]);
    await client.query('insert into company_hosts (host, company) values ($1, $2)', [company.host, id]);
    await client.query('insert into company_keys (company, id, wrapped) values ($1, $2, $3)', [id, key.id, key.wrapped]);
    for (const [login, user] of Object.entries(users)) {
      const role = login === 'colleague' ? 'operator' : login;
      await client.query('insert into users (company, id, login, name, role, password_hash) values ($1, $2, $3, $4, $5, $6)', [id, user, login, `${login} de ${id}`, role, hash]);
    }
    for (const [name, department] of Object.entries(departments)) {
      await client.query('insert into departments (company, id, name) values ($1, $2, $3)', [id, department, name]);
    }
    await client.query('insert into user_departments (company, member, department) values ($1, $2, $3)', [id, users.operator, departments.support]);
  });
  return company;
}

export interface Answer {
  status: number;
  headers: Record<string, unknown>;
  body: unknown;
}

export interface CallOptions {
  body?: object;
  headers?: Record<string, string>;
}

/** A browser that may be signed in at one company. */
export interface Client {
  readonly csrf: string;
  readonly cookie: string;
  /** Sends what a page of the company's host would send. */
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
}

interface Browser {
  host: string;
  cookie?: string;
  csrf?: string;
}

/** A browser with the cookie and token given, if any. */
export function clientOf(api: ApiUnderTest, { host, cookie = '', csrf = '' }: Browser): Client {
  return {
    csrf,
    cookie,
    call: async (method, path, { body, headers = {} } = {}) => {
      const own = { host, origin: `http://${host}`, ...(cookie ? { cookie } : {}), ...(csrf ? { 'x-csrf-token': csrf } : {}) };
      const response = await api.app.inject({ method: method as 'GET', url: path, headers: { ...own, ...headers }, ...(body ? { payload: body } : {}) });
      const isJson = String(response.headers['content-type']).includes('json');
      return { status: response.statusCode, headers: response.headers, body: isJson ? response.json<unknown>() : response.body };
    },
  };
}

/** The session's cookie as the browser keeps it. */
export const cookieOf = ({ headers }: Answer): string => String(headers['set-cookie']).split(';')[0]!;

/** Signs in at a company's host. */
export async function signInAs(api: ApiUnderTest, { host }: Pick<TestCompany, 'host'>, login: string, password = PASSWORD): Promise<Client> {
  const answer = await clientOf(api, { host }).call('POST', '/api/session', { body: { login, password } });
  if (answer.status !== 200) throw new Error(`${login} could not sign in: ${answer.status}`);
  return clientOf(api, { host, cookie: cookieOf(answer), csrf: (answer.body as { csrf: string }).csrf });
}

/** A session as a row, without the work that a password costs: for specs that need many. */
export async function sessionOf(db: TestDatabase, api: ApiUnderTest, company: TestCompany, person: keyof TestCompany['users']): Promise<Client & { id: string }> {
  const [token, csrf, id] = [randomBytes(32).toString('base64url'), randomBytes(32).toString('base64url'), randomUUID()];
  const hash = createHash('sha256').update(token).digest();
  await asSuperuser(db, (client) => client.query(
    `insert into sessions (company, id, owner, token_sha256, csrf, remember, expires_at) values ($1, $2, $3, $4, $5, false, now() + interval '1 hour')`,
    [company.id, id, company.users[person], hash, csrf]));
  return { ...clientOf(api, { host: company.host, cookie: `hilo_session=${token}`, csrf }), id };
}
