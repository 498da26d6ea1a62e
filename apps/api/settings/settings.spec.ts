import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asSuperuser } from '../../../libs/testing/companies.js';
import { sessionOf } from '../testing/people.js';
import { openTwoCompanies, type TwoCompanies } from '../testing/two-companies.js';
import { cardStateReaders } from './card-states.js';
import { settingsCards, type SettingsCardView } from './settings.schema.js';

let stage: TwoCompanies;

beforeAll(async () => {
  stage = await openTwoCompanies();
});
afterAll(() => stage.close());

const sql = (text: string, values: unknown[] = []) => asSuperuser(stage.db, (client) => client.query(text, values));
const cards = async (client = stage.boss) => (await client.call('GET', '/api/settings/cards')).body as SettingsCardView[];
const card = async (name: string) => (await cards()).find((one) => one.card === name);

describe('the cards of the settings', () => {
  it('have a reader each, and are told in their order', async () => {
    expect(cardStateReaders.map((one) => one.card).sort()).toEqual([...settingsCards].sort());
    expect((await cards()).map((one) => one.card)).toEqual(cardStateReaders.map((one) => one.card));
  });

  it('say how their module is, as it is now', async () => {
    expect(await card('company')).toEqual({ card: 'company', state: 'incomplete', detail: { code: 'profile-unconfirmed', values: {} } });
    await stage.boss.call('PATCH', '/api/company', { body: { name: 'Litoral' } });
    expect(await card('company')).toMatchObject({ state: 'ready' });
    expect(await card('departments')).toMatchObject({ state: 'ready', detail: { code: 'departments-count', values: { count: 2 } } });
    await sql(`delete from user_departments where company = 'litoral'`);
    await sql(`delete from departments where company = 'litoral'`);
    expect(await card('departments')).toEqual({ card: 'departments', state: 'incomplete', detail: { code: 'departments-none', values: {} } });
    expect(await card('users')).toMatchObject({ detail: { code: 'users-active', values: { count: 4 } } });
  });

  it("are not another company's", async () => {
    const before = await card('users');
    await sql(`update users set active = false where company = 'vecina'`);
    expect(await card('users')).toEqual(before);
    await sql(`update users set active = true where company = 'vecina'`);
    const theirs = await cards(await sessionOf(stage.db, stage.api, stage.theirs, 'administrator'));
    expect(theirs.find((one) => one.card === 'departments')).toMatchObject({ detail: { values: { count: 2 } } });
  });
});

describe('what of a customer agents see', () => {
  const path = '/api/settings/customer-fields';

  it('is what a company begins with until somebody chooses, and tells everything that there is', async () => {
    const operator = await sessionOf(stage.db, stage.api, stage.ours, 'operator');
    expect((await operator.call('GET', path)).body).toMatchObject({
      layout: expect.arrayContaining([{ group: 'account', fields: ['balance', 'due-on'] }]) as unknown,
      all: expect.arrayContaining([{ group: 'service', fields: expect.arrayContaining(['ip']) as unknown }]) as unknown, fixed: ['name'],
    });
  });

  it('is chosen and ordered by an administrator, audited, and told to screens', async () => {
    const layout = [{ group: 'account', fields: ['due-on', 'balance'] }, { group: 'customer', fields: ['document'] }];
    const answer = await stage.boss.call('PUT', path, { body: { layout } });
    const complete = (answer.body as { layout: { group: string; fields: string[] }[] }).layout;
    expect(complete.slice(0, 2)).toEqual([layout[0], { group: 'customer', fields: ['name', 'document'] }]);
    expect((await stage.boss.call('GET', path)).body).toMatchObject({ layout: complete });
    const { rows } = await sql(`select action, actor, after from audit_log where company = 'litoral' order by id desc limit 1`);
    expect(rows).toEqual([{ action: 'customer-fields.changed', actor: stage.ours.users.administrator, after: { shown: expect.arrayContaining(['customer: name, document']) as unknown } }]);
    const { rows: told } = await sql(`select subject from changes where company = 'litoral' and topic = 'company'`);
    expect(told).toContainEqual({ subject: 'litoral' });
  });

  it('is no list of other words, and nothing of another company', async () => {
    expect(await stage.boss.call('PUT', path, { body: { layout: [{ group: 'account', fields: ['password'] }] } })).toMatchObject({ status: 400, body: { code: 'bad-request' } });
    const theirs = await sessionOf(stage.db, stage.api, stage.theirs, 'administrator');
    expect((await theirs.call('GET', path)).body).toMatchObject({ layout: expect.arrayContaining([{ group: 'account', fields: ['balance', 'due-on'] }]) as unknown });
  });
});
