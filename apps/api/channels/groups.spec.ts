import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPool } from '../../../libs/db/pool.js';
import { createTestDatabase, type TestDatabase } from '../../../libs/testing/test-db.js';
import { openApi, type ApiUnderTest } from '../testing/api-under-test.js';
import { addChannel } from '../testing/conversations.js';
import { addCompanyWithPeople, sessionOf, type Client } from '../testing/people.js';

const GROUP = '120363000000000001@g.us';

let db: TestDatabase;
let api: ApiUnderTest;
let rows: pg.Pool;
let administrator: Client;
let supervisor: Client;
let theirs: Client;
let channel: string;

beforeAll(async () => {
  db = await createTestDatabase();
  rows = openPool(db.superuserUrl, () => undefined, { query_timeout: 20_000 });
  const litoral = await addCompanyWithPeople(db, 'litoral');
  const vecina = await addCompanyWithPeople(db, 'vecina');
  api = await openApi(db.appUrl);
  administrator = await sessionOf(db, api, litoral, 'administrator');
  supervisor = await sessionOf(db, api, litoral, 'supervisor');
  theirs = await sessionOf(db, api, vecina, 'administrator');
  channel = await addChannel(rows, 'litoral');
  await rows.query(`insert into wa_groups (company, channel, jid, metadata) values ('litoral', $1, $2, '{"subject":"Soporte","participants":[{"id":"1@lid"},{"id":"2@lid"}]}')`, [channel, GROUP]);
});
afterAll(async () => {
  await api.close();
  await rows.end();
  await db.drop();
});

const list = (client: Client) => client.call('GET', `/api/channels/${channel}/groups`);
const notify = (group: string | null, client = administrator) => client.call('POST', `/api/channels/${channel}/notified-group`, { body: { group } });

describe('the groups of a number', () => {
  it('are listed, and one of them hears of tickets from then on', async () => {
    expect(await list(supervisor)).toMatchObject({ status: 200, body: [{ id: GROUP, name: 'Soporte', members: 2, notified: false }] });
    expect(await notify(GROUP)).toMatchObject({ status: 200, body: [{ notified: true }] });
    expect((await rows.query(`select action, after from audit_log where subject = $1`, [channel])).rows).toMatchObject([{ action: 'channel.group-set', after: { group: GROUP } }]);
    expect(await notify(null)).toMatchObject({ status: 200, body: [{ notified: false }] });
  });

  it('are the only ones that may hear of them', async () => {
    expect(await notify('120363000000000002@g.us')).toMatchObject({ status: 422, body: { code: 'group-unknown' } });
    expect((await notify('5493415550001@s.whatsapp.net')).status).toBe(400);
    expect((await notify(GROUP, supervisor)).status).toBe(403);
  });

  it("are not another company's", async () => {
    expect((await list(theirs)).status).toBe(404);
    expect((await notify(GROUP, theirs)).status).toBe(404);
  });
});
