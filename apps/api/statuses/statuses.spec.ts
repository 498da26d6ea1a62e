import { randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPool } from '../../../libs/db/pool.js';
import { localTimeOf } from '../../../libs/domain/time/local-time.js';
import { LocalFolder } from '../../../libs/media/local-folder.js';
import { createTestDatabase, type TestDatabase } from '../../../libs/testing/test-db.js';
import { openApi, type ApiUnderTest } from '../testing/api-under-test.js';
import { addChannel, addConversation } from '../testing/conversations.js';
import { startEngine, type EngineUnderTest } from '../testing/engine-under-test.js';
import { addCompanyWithPeople, sessionOf, type Client, type TestCompany } from '../testing/people.js';
import type { StatusPage, StatusView } from './status.schema.js';

const ZONE = 'America/Argentina/Buenos_Aires';
let db: TestDatabase;
let api: ApiUnderTest;
let engine: EngineUnderTest;
let rows: pg.Pool;
let ours: TestCompany;
let channel: string;
let sofia: Client;
let boss: Client;
let theirBoss: Client;

beforeAll(async () => {
  db = await createTestDatabase();
  rows = openPool(db.superuserUrl, () => undefined);
  ours = await addCompanyWithPeople(db, 'litoral');
  const theirs = await addCompanyWithPeople(db, 'vecina');
  engine = await startEngine(db.appUrl);
  const media = new LocalFolder(await mkdtemp(join(tmpdir(), 'hilo-status-images-')));
  api = await openApi(db.appUrl, { environment: { DATABASE_URL: db.appUrl, TEMPORAL_ADDRESS: engine.address }, media });
  [sofia, boss, theirBoss] = [
    await sessionOf(db, api, ours, 'supervisor'), await sessionOf(db, api, ours, 'administrator'), await sessionOf(db, api, theirs, 'administrator'),
  ];
  channel = await addChannel(rows, 'litoral');
}, 120_000);
afterAll(async () => {
  await api.close();
  await engine.stop();
  await rows.end();
  await db.drop();
});

const inHours = (hours: number) => localTimeOf(Date.now() + hours * 3_600_000, ZONE);
const send = (method: string, path: string, body: object = {}, client = sofia, key: string = randomUUID()) =>
  client.call(method, `/api/statuses${path}`, { body, headers: { 'idempotency-key': key } });
const create = (more: object = {}) => send('POST', '', { channel, text: 'Mañana hay mantenimiento', colour: 'blue', publishAt: inHours(2), ...more });
const made = async (more: object = {}) => (await create(more)).body as StatusView;
const list = async (query: string, client = sofia) => (await client.call('GET', `/api/statuses?${query}`)).body as StatusPage;
const state = async (id: string) => (await rows.query<{ state: string }>('select state from statuses where id = $1', [id])).rows[0]!.state;
const drafts = async () => (await rows.query('select 1 from status_drafts')).rowCount;
const put = (bytes: Buffer, client = sofia) => api.app.inject({
  method: 'POST', url: '/api/statuses/images', payload: bytes,
  headers: { host: ours.host, origin: `http://${ours.host}`, cookie: client.cookie, 'x-csrf-token': client.csrf, 'content-type': 'image/jpeg' },
});

describe('a status over HTTP', () => {
  it('is planned at a time on the company’s clocks, once under its key, and listed', async () => {
    const key = randomUUID();
    const publishAt = inHours(3);
    const body = { channel, text: '  Cortamos de 3 a 4  ', colour: 'pink', publishAt };
    const [one, again] = [await send('POST', '', body, sofia, key), await send('POST', '', body, sofia, key)];
    expect(one).toMatchObject({ status: 200, body: { state: 'scheduled', text: 'Cortamos de 3 a 4', colour: 'pink', publishAtLocal: publishAt, views: 0, createdBy: { name: 'supervisor de litoral' } } });
    expect(again.body).toEqual(one.body);
    const planned = await list('filter=planned&q=cortamos');
    expect(planned.items).toEqual([one.body]);
    expect(planned).toMatchObject({ total: 1, missed: 'ask', counts: { planned: 1, history: 0 } });
    expect(await drafts()).toBe(0);
  });

  it('is moved and changed, cancelled, and then refused in words', async () => {
    const { id } = await made();
    expect(await send('PUT', `/${id}`, { text: 'Otro', colour: 'red', publishAt: inHours(5) })).toMatchObject({ status: 200, body: { text: 'Otro', colour: 'red' } });
    expect(await send('POST', `/${id}/cancel`)).toMatchObject({ status: 200, body: { state: 'cancelled' } });
    expect(await send('PUT', `/${id}`, { text: 'Tarde', colour: 'red' })).toMatchObject({ status: 409, body: { code: 'status-ended' } });
    const out = await made();
    await rows.query(`update statuses set state = 'published', published_at = now() where id = $1`, [out.id]);
    expect(await send('PUT', `/${out.id}`, { text: 'Tarde', colour: 'red' })).toMatchObject({ status: 409, body: { code: 'status-published', detail: expect.stringContaining('ya salió') as string } });
    expect(await send('POST', `/${out.id}/remove`)).toMatchObject({ status: 200, body: { state: 'removing' } });
    const failed = await made();
    await rows.query(`update statuses set state = 'failed', cause = 'ack-479', ended_at = now() where id = $1`, [failed.id]);
    expect(await send('POST', `/${failed.id}/retry`)).toMatchObject({ status: 200, body: { state: 'scheduled' } });
    expect(await send('POST', `/${(await made()).id}/remove`)).toMatchObject({ status: 409, body: { code: 'status-not-published' } });
    expect(await drafts()).toBe(0);
  });

  it.each([
    ['without a text', { text: '  ' }, 422, 'status-empty'],
    ['longer than people can count to', { text: 'ñ'.repeat(701) }, 422, 'status-too-long'],
    ['in the past', { publishAt: '2020-01-01T10:00' }, 422, 'status-time-past'],
    ['at a time that does not exist', { publishAt: '2030-02-31T10:00' }, 422, 'status-time-none'],
    ['in a fifth colour', { colour: 'black' }, 400, 'bad-request'],
    ['of two kinds', { image: 'a'.repeat(64) }, 400, 'bad-request'],
    ['with an image that nobody put up', { colour: undefined, image: 'a'.repeat(64) }, 422, 'image-unknown'],
    ['over nobody’s number', { channel: randomUUID() }, 422, 'channel-unknown'],
  ])('%s is refused, and nothing of it is kept', async (_name, more, status, code) => {
    expect(await create(more)).toMatchObject({ status, body: { code } });
    expect(await drafts()).toBe(0);
  });

  it('leaves nothing behind when the workflow engine is away', async () => {
    const cut = await openApi(db.appUrl, { environment: { DATABASE_URL: db.appUrl, TEMPORAL_ADDRESS: '127.0.0.1:1' } });
    const client = await sessionOf(db, cut, ours, 'supervisor');
    expect(await send('POST', '', { channel, text: 'Nada', colour: 'red' }, client)).toMatchObject({ status: 503, body: { code: 'engine-away' } });
    await cut.close();
    expect(await drafts()).toBe(0);
    expect((await list('filter=planned&q=Nada')).total).toBe(0);
  });

  it("is not another company's to see, change or publish over", async () => {
    const { id } = await made();
    for (const [method, path] of [['PUT', `/${id}`], ['POST', `/${id}/cancel`], ['POST', `/${id}/publish`], ['GET', `/${id}/views`]] as const) {
      const answer = method === 'GET' ? await theirBoss.call(method, `/api/statuses${path}`) : await send(method, path, { text: 'x', colour: 'red' }, theirBoss);
      expect(answer.status, path).toBe(404);
    }
    expect(await send('POST', '', { channel, text: 'x', colour: 'red' }, theirBoss)).toMatchObject({ status: 422, body: { code: 'channel-unknown' } });
    expect((await list('filter=planned', theirBoss)).counts.planned).toBe(0);
    expect(await state(id)).toBe('scheduled');
  });
});

describe('images', () => {
  it('are judged by content, kept once, and shown to their company alone', async () => {
    const jpeg = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#0B7A75' } }).jpeg().toBuffer();
    const answer = await put(jpeg);
    expect(answer.statusCode).toBe(200);
    const { sha256 } = answer.json<{ sha256: string }>();
    expect((await put(jpeg)).json()).toMatchObject({ sha256, mimetype: 'image/jpeg', size: jpeg.byteLength });
    expect(await create({ text: '', colour: undefined, image: sha256 })).toMatchObject({ status: 200, body: { kind: 'image', image: sha256 } });
    expect(await sofia.call('GET', `/api/statuses/images/${sha256}`)).toMatchObject({ status: 200, headers: { 'content-type': 'image/jpeg' } });
    expect((await theirBoss.call('GET', `/api/statuses/images/${sha256}`)).status).toBe(404);
  });

  it('that are none, or too large, are refused', async () => {
    expect((await put(Buffer.from('<svg onload="alert(1)">'))).json()).toMatchObject({ status: 415, code: 'unsupported-media-type' });
    expect((await put(Buffer.alloc(5_000_001, 1))).json()).toMatchObject({ status: 413, code: 'too-large' });
    expect(await send('POST', '/images', {})).toMatchObject({ status: 415 });
  });
});

describe('the history', () => {
  it('tells who has seen it, each person once, and is forgotten on request, what still lives excepted', async () => {
    await rows.query('delete from statuses');
    const [over, living] = [await made({ text: 'Terminado' }), await made({ text: 'Vive' })];
    const chat = await addConversation(rows, 'litoral', { channel, name: 'Ana', phone: '5493415550001' });
    const { rows: addresses } = await rows.query<{ address: string }>('select address from contact_addresses where contact = $1', [chat.contact]);
    for (const { address } of [...addresses, { address: '999@lid' }]) {
      await rows.query(`insert into status_views values ('litoral', $1, $2, now())`, [over.id, address]);
    }
    await rows.query(`update statuses set state = 'expired', published_at = now(), ended_at = now(), audience = 3 where id = $1`, [over.id]);
    expect((await list('q=terminado')).items).toMatchObject([{ id: over.id, state: 'expired', views: 2, audience: 3 }]);
    const viewers = (await sofia.call('GET', `/api/statuses/${over.id}/views`)).body as { name?: string }[];
    expect(viewers.map(({ name }) => name ?? '?').sort()).toEqual(['?', 'Ana']);
    expect((await list('filter=error')).total).toBe(0);
    expect((await send('POST', '/clear', {}, theirBoss)).body).toEqual({ cleared: 0 });
    expect((await send('POST', '/clear')).body).toEqual({ cleared: 1 });
    expect((await list('')).counts).toMatchObject({ history: 0, planned: 1 });
    expect(await state(living.id)).toBe('scheduled');
    expect((await rows.query(`select actor_name, after from audit_log where action = 'statuses.cleared'`)).rows).toEqual([{ actor_name: 'supervisor de litoral', after: { cleared: 1 } }]);
  });

  it('of what is missed is decided by the administrator', async () => {
    expect((await send('PUT', '/missed', { missed: 'late' })).status).toBe(403);
    expect(await send('PUT', '/missed', { missed: 'late' }, boss)).toMatchObject({ status: 200, body: { missed: 'late' } });
    expect((await list('')).missed).toBe('late');
    expect((await list('', theirBoss)).missed).toBe('ask');
  });
});
