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
