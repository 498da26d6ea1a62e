import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeAudit } from '../../../libs/db/audit.js';
import { forCompany } from '../../../libs/db/company.js';
import { asSuperuser } from '../../../libs/testing/companies.js';
import { openOrm } from '../../../libs/db/orm.js';
import { sessionOf, type Client } from '../testing/people.js';
import { openTwoCompanies, type TwoCompanies } from '../testing/two-companies.js';
import type { AuditPage } from './audit.schema.js';

let stage: TwoCompanies;

beforeAll(async () => {
  stage = await openTwoCompanies();
  const orm = await openOrm(stage.db.appUrl);
  const write = (person: 'administrator' | 'supervisor', change: Omit<Parameters<typeof writeAudit>[2], 'subject'>, subject: string) =>
    forCompany(orm, 'litoral', (em) => writeAudit(em, { company: 'litoral', id: stage.ours.users[person], name: person }, { ...change, subject }));
  await write('administrator', { action: 'user.created', after: { name: 'Ana 100%' } }, stage.ours.users.operator);
  await write('supervisor', { action: 'user.changed', before: { role: 'operator' }, after: { role: 'supervisor', password: 'x' } }, stage.ours.users.operator);
  await write('administrator', { action: 'department.created', after: { name: 'Cobranzas' } }, stage.ours.departments.sales);
  await orm.close();
  // 2026-03-02T02:30Z is still the first of March in Buenos Aires.
  await asSuperuser(stage.db, (client) => client.query(
    `insert into audit_log (company, at, action, subject, after) values ('litoral', '2026-03-02T02:30Z', 'company.changed', 'litoral', '{"name": "Vieja"}'),
      ('vecina', now(), 'company.changed', 'vecina', '{"name": "Vecina"}')`));
});
afterAll(() => stage.close());

const ask = async (query = '', client: Client = stage.boss) => (await client.call('GET', `/api/audit${query}`)).body as AuditPage;
const actions = async (query: string) => (await ask(query)).entries.map(({ action }) => action);

describe('the audit log', () => {
  it('is told newest first, with who, what about, before and after, without secrets', async () => {
    const { entries, next } = await ask();
    expect(entries.map(({ action }) => action)).toEqual(['company.changed', 'department.created', 'user.changed', 'user.created']);
    expect(entries[2]).toMatchObject({
      by: { id: stage.ours.users.supervisor, name: 'supervisor' }, subjectName: 'operator de litoral', before: { role: 'operator' }, after: { role: 'supervisor', password: '••••' },
    });
    expect(entries[0]).toMatchObject({ by: {}, after: { name: 'Vieja' } });
    expect(next).toBeUndefined();
  });

  it.each([
    ['?kind=user', ['user.changed', 'user.created']], ['?kind=department.created', ['department.created']], ['?q=cobran', ['department.created']],
    ['?q=100%25', ['user.created']], ['?q=%25%25', []], ['?q=operator', ['user.changed', 'user.created']],
    ['?from=2026-03-01&to=2026-03-01', ['company.changed']], ['?from=2026-03-02&to=2026-03-02', []], ['?to=2026-03-31&kind=user', []],
  ])('%s finds %j', async (query, found) => expect(await actions(query)).toEqual(found));

  it('is narrowed to a person', async () => {
    expect(await actions(`?person=${stage.ours.users.supervisor}`)).toEqual(['user.changed']);
    expect(await actions(`?person=${stage.theirs.users.administrator}`)).toEqual([]);
  });

  it('goes on where a page ended, whatever was written since', async () => {
    const first = await ask('?limit=2');
    expect(first.entries).toHaveLength(2);
    await stage.boss.call('PATCH', '/api/company', { body: { name: 'Nueva' } });
    const second = await ask(`?limit=2&before=${first.next!}`);
    expect([...first.entries, ...second.entries].map(({ action }) => action)).toEqual(['company.changed', 'department.created', 'user.changed', 'user.created']);
    expect(second.next).toBeUndefined();
  });

  it.each(['?kind=nada', '?from=ayer', '?limit=0', '?before=x', '?person=yo'])('refuses %s', async (query) => {
    expect((await stage.boss.call('GET', `/api/audit${query}`)).status).toBe(400);
  });

  it("is not another company's", async () => {
    const theirs = await sessionOf(stage.db, stage.api, stage.theirs, 'administrator');
    expect((await ask('', theirs)).entries.map(({ after }) => after)).toEqual([{ name: 'Vecina' }]);
  });
});
