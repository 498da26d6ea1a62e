import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPool } from '../../../libs/db/pool.js';
import { createTestDatabase, type TestDatabase } from '../../../libs/testing/test-db.js';
import { waitFor } from '../../../libs/testing/wait-for.js';
import { openApi, type ApiUnderTest } from '../testing/api-under-test.js';
import { addChannel } from '../testing/conversations.js';
import { startEngine, type EngineUnderTest } from '../testing/engine-under-test.js';
import { addCompanyWithPeople, sessionOf, type Client } from '../testing/people.js';
import type { GivenToken } from './gateway-settings.schema.js';
import { NoticeWakes } from './notice-wakes.js';
import type { NoticeDetail, QueuePage } from './queue.schema.js';

let db: TestDatabase;
let api: ApiUnderTest;
let engine: EngineUnderTest;
let rows: pg.Pool;
let boss: Client;
let sofia: Client;
let secret: string;
let channel: string;

beforeAll(async () => {
  db = await createTestDatabase();
  rows = openPool(db.superuserUrl, () => undefined);
  const ours = await addCompanyWithPeople(db, 'litoral');
  engine = await startEngine(db.appUrl);
  api = await openApi(db.appUrl, { environment: { DATABASE_URL: db.appUrl, TEMPORAL_ADDRESS: engine.address } });
  [boss, sofia] = [await sessionOf(db, api, ours, 'administrator'), await sessionOf(db, api, ours, 'supervisor')];
  channel = await addChannel(rows, 'litoral');
  await rows.query(`update channel_safety set quiet_from = '00:00', quiet_until = '00:00' where channel = $1`, [channel]);
  secret = ((await boss.call('POST', '/api/gateway/tokens', { body: { name: 'ISPCube' } })).body as GivenToken).secret;
}, 120_000);
afterAll(async () => {
  await api.close();
  await engine.stop();
  await rows.end();
  await db.drop();
});

let next = 0;
async function accepted(): Promise<string> {
  const url = `/gw/litoral/${channel}/send?to=549341555${String(1_000 + next++)}&message=${encodeURIComponent(`Aviso ${next}`)}`;
  return (await api.app.inject({ method: 'GET', url, headers: { authorization: `Bearer ${secret}` } })).json<{ id: string }>().id;
}
const post = (path: string, body: object = {}, client = sofia) => client.call('POST', `/api/notice-queue${path}`, { body, headers: { 'idempotency-key': randomUUID() } });
const queue = async () => (await sofia.call('GET', '/api/notice-queue')).body as QueuePage;
const order = async (command: string) => post(`/batches/${channel}`, { day: (await queue()).day, command });
const inLane = async (id: string) => ((await rows.query('select 1 from notices where id = $1 and message is not null', [id])).rowCount ?? 0) > 0;

describe('a notice that the API accepts', () => {
  it('is handed on by its day’s workflow, which nobody had to start, and does what supervisors ask', async () => {
    const [one, two] = [await accepted(), await accepted()];
    await waitFor('it is in the lane', async () => (await inLane(one)) && inLane(two), 20_000);
    expect(await order('pause')).toMatchObject({ status: 200, body: { state: 'paused' } });
    expect(await inLane(one)).toBe(false);
    expect(await queue()).toMatchObject({ counts: { held: 2, queued: 0 }, batches: [{ state: 'paused', waiting: 2 }] });
    expect(await post(`/${one}/cancel`)).toMatchObject({ status: 200, body: { state: 'cancelled', cause: 'cancelled' } });
    expect(await post(`/${one}/cancel`)).toMatchObject({ status: 409, body: { code: 'notice-settled' } });
    expect(await post(`/${one}/resend`)).toMatchObject({ status: 200, body: { state: 'held' } });
    expect(await order('resume')).toMatchObject({ body: { state: 'running' } });
    await waitFor('both are in the lane', async () => (await inLane(one)) && inLane(two), 20_000);
    await rows.query(`update messages set state = 'sent' where id = (select message from notices where id = $1)`, [two]);
    expect(await post(`/${two}/resend`)).toMatchObject({ status: 409, body: { code: 'notice-sent' } });
    const { trail } = (await sofia.call('GET', `/api/notice-queue/${one}`)).body as NoticeDetail;
    expect(trail.map(({ kind, by }) => (by === undefined ? kind : `${kind} by ${by}`))).toEqual(['accepted', 'cancelled', 'queued by supervisor de litoral']);
    expect(await order('cancel')).toMatchObject({ body: { state: 'running' } });
    expect((await queue()).counts).toMatchObject({ cancelled: 1, sent: 1 });
  }, 90_000);

  it('is looked after although nobody heard of it: the sweep finds what was lost', async () => {
    const id = await accepted();
    await waitFor('it is in the lane', () => inLane(id), 20_000);
    await order('cancel');
    await waitFor('its workflow ends', async () => (await queue()).batches[0]!.state === 'ended', 20_000);
    await rows.query(`insert into notices (company, token, channel, day, fingerprint, address, first_contact, text, expires_at)
      select company, token, channel, day, 'z', '5493415559999@s.whatsapp.net', true, 'Perdido', now() + interval '1 day' from notices where id = $1`, [id]);
    // The batch had ended, and looks no more by itself; whoever accepted died before it could tell.
    expect((await rows.query('select next_at::text from notice_batches')).rows).toEqual([{ next_at: 'infinity' }]);
    await rows.query(`update notices set accepted_at = now() - interval '2 minutes' where text = 'Perdido'`);
    await api.app.get(NoticeWakes).sweep();
    await waitFor('it is in the lane', async () => ((await rows.query(`select 1 from notices where text = 'Perdido' and message is not null`)).rowCount ?? 0) > 0, 20_000);
  }, 90_000);
});
