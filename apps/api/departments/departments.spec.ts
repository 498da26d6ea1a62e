import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asSuperuser } from '../../../libs/testing/companies.js';
import type { TestDatabase } from '../../../libs/testing/test-db.js';
import type { ApiUnderTest } from '../testing/api-under-test.js';
import { sessionOf, type Client, type TestCompany } from '../testing/people.js';
import { openTwoCompanies, type TwoCompanies } from '../testing/two-companies.js';
import type { AgentView, DepartmentView } from './department.schema.js';

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

const sql = <T extends object>(text: string, values: unknown[] = []): Promise<T[]> =>
  asSuperuser(db, async (client) => (await client.query<T>(text, values)).rows);
const create = (name: string) => boss.call('POST', '/api/departments', { body: { name } });

describe('departments', () => {
  it('are listed for everybody of the company, without another company’s', async () => {
    const operator = await sessionOf(db, api, ours, 'operator');
    const list = (await operator.call('GET', '/api/departments')).body as DepartmentView[];
    expect(list).toEqual([{ id: ours.departments.sales, name: 'sales' }, { id: ours.departments.support, name: 'support' }]);
  });

  it('are made and renamed, each name once a company', async () => {
    const made = await create('  Cobranzas ');
    expect(made).toMatchObject({ status: 201, body: { name: 'Cobranzas' } });
    expect(await create('Cobranzas')).toMatchObject({ status: 409, body: { code: 'name-taken' } });
    const { id } = made.body as DepartmentView;
    expect(await boss.call('PATCH', `/api/departments/${id}`, { body: { name: 'Pagos' } })).toMatchObject({ status: 200, body: { id, name: 'Pagos' } });
    expect(await boss.call('PATCH', `/api/departments/${id}`, { body: { name: 'sales' } })).toMatchObject({ status: 409, body: { code: 'name-taken' } });
    const theirBoss = await sessionOf(db, api, theirs, 'administrator');
    expect((await theirBoss.call('POST', '/api/departments', { body: { name: 'Pagos' } })).status).toBe(201);
  });

  it('go once under one key: the repetition is answered like the first', async () => {
    const { id } = (await create('Repetido')).body as DepartmentView;
    const headers = { 'idempotency-key': randomUUID() };
    const answers = [await boss.call('DELETE', `/api/departments/${id}`, { headers }), await boss.call('DELETE', `/api/departments/${id}`, { headers })];
    expect(answers.map(({ status, body }) => [status, body])).toEqual([[204, ''], [204, '']]);
  });

  it('go, and their people stay; not while a ticket names them', async () => {
    const gone = (await create('Efímero')).body as DepartmentView;
    await sql(`insert into user_departments values ('litoral', $1, $2)`, [ours.users.colleague, gone.id]);
    expect((await boss.call('DELETE', `/api/departments/${gone.id}`)).status).toBe(204);
    expect((await boss.call('DELETE', `/api/departments/${gone.id}`)).status).toBe(404);
    expect(await sql('select active from users where id = $1', [ours.users.colleague])).toEqual([{ active: true }]);
    await sql(`with h as (insert into channels (company, name) values ('litoral', 'x') returning id),
      k as (insert into contacts (company) values ('litoral') returning id)
      insert into conversations (company, channel, contact) select 'litoral', h.id, k.id from h, k`);
    await sql(`insert into tickets (company, number, conversation, channel, contact, department, summary)
      select company, 1, id, channel, contact, $1, 'x' from conversations`, [ours.departments.support]);
    expect(await boss.call('DELETE', `/api/departments/${ours.departments.support}`)).toMatchObject({ status: 409, body: { code: 'department-in-use' } });
  });
});

describe('GET /api/agents', () => {
  it('lists the active colleagues of the company, without oneself', async () => {
    const operator = await sessionOf(db, api, ours, 'operator');
    const names = async () => ((await operator.call('GET', '/api/agents')).body as AgentView[]).map(({ name }) => name);
    expect(await names()).toEqual(['administrator de litoral', 'colleague de litoral', 'supervisor de litoral']);
    await sql('update users set active = false where id = $1', [ours.users.colleague]);
    expect(await names()).toEqual(['administrator de litoral', 'supervisor de litoral']);
  });

  it('says where each works', async () => {
    const agents = (await boss.call('GET', '/api/agents')).body as AgentView[];
    expect(agents.find(({ id }) => id === ours.users.operator)).toEqual({ id: ours.users.operator, name: 'operator de litoral', role: 'operator', departments: [ours.departments.support] });
  });
});
