import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultReceiptPolicy } from '../../../libs/domain/receipt/policy.js';
import { asSuperuser } from '../../../libs/testing/companies.js';
import { sessionOf } from '../testing/people.js';
import { openTwoCompanies, type TwoCompanies } from '../testing/two-companies.js';
import type { ReceiptSettingsView } from './receipt-policy.schema.js';

let stage: TwoCompanies;

beforeAll(async () => {
  stage = await openTwoCompanies();
});
afterAll(() => stage.close());

const path = '/api/receipt-settings';
const read = async (client = stage.boss) => (await client.call('GET', path)).body as ReceiptSettingsView;
const save = (body: object, client = stage.boss) => client.call('PUT', path, { body });

describe('what happens to receipts without a person', () => {
  it('is ours until a company chooses, then theirs alone, with who chose it in the audit log', async () => {
    expect(await read()).toMatchObject({ version: 0, policy: defaultReceiptPolicy, texts: {}, accounts: 0, currency: 'ARS' });
    const policy = { ...defaultReceiptPolicy, mode: 'manual', maxAgeDays: 9 };
    expect(await save({ version: 0, policy, texts: { review: 'Lo miramos, {{nombre}}.', refunded: '' } })).toMatchObject({ status: 200, body: { version: 1, policy } });
    expect(await read()).toMatchObject({ version: 1, policy, texts: { review: 'Lo miramos, {{nombre}}.', refunded: '' } });
    expect(await read(await sessionOf(stage.db, stage.api, stage.theirs, 'administrator'))).toMatchObject({ version: 0, policy: defaultReceiptPolicy, texts: {} });
    const { rows } = await asSuperuser(stage.db, (client) => client.query<{ before: object; after: object }>(
      `select before, after from audit_log where company = 'litoral' and action = 'receipt-policy.changed'`));
    expect(rows).toEqual([{ before: { mode: 'auto_if_verified', maxAgeDays: 5, texts: {} }, after: { mode: 'manual', maxAgeDays: 9, texts: { review: 'Lo miramos, {{nombre}}.', refunded: '' } } }]);
  });

  it('is not overwritten by who saw an older one', async () => {
    const { version } = await read();
    for (const stale of [0, version + 1]) expect((await save({ version: stale, policy: defaultReceiptPolicy, texts: {} })).status).toBe(409);
    expect((await save({ version, policy: defaultReceiptPolicy, texts: {} })).status).toBe(200);
    expect((await read()).version).toBe(version + 1);
  });

  it.each([
    ['a variable that there is not', { texts: { accepted: 'Hola {{nombe}}' } }],
    ['a text that there is not', { texts: { praise: 'Hola' } }],
    ['no kind of file', { policy: { ...defaultReceiptPolicy, files: [] } }],
    ['an amount in floats', { policy: { ...defaultReceiptPolicy, cleanCap: 100 } }],
    ['everything sure', { policy: { ...defaultReceiptPolicy, minConfidence: 0 } }],
  ])('refuses %s and changes nothing', async (_, wrong) => {
    const before = await read();
    expect((await save({ version: before.version, policy: before.policy, texts: {}, ...wrong })).status).toBe(400);
    expect(await read()).toEqual(before);
  });
});
