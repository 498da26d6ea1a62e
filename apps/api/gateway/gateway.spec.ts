import { randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPool } from '../../../libs/db/pool.js';
import { LocalFolder } from '../../../libs/media/local-folder.js';
import { createTestDatabase, type TestDatabase } from '../../../libs/testing/test-db.js';
import { openApi, type ApiUnderTest } from '../testing/api-under-test.js';
import { addChannel } from '../testing/conversations.js';
import { addCompanyWithPeople, sessionOf, type Client, type TestCompany } from '../testing/people.js';
import type { GivenToken } from './gateway-settings.schema.js';
import type { QueuePage } from './queue.schema.js';

let db: TestDatabase;
let api: ApiUnderTest;
let rows: pg.Pool;
let ours: TestCompany;
let boss: Client;
let theirBoss: Client;
let channel: string;
let token: GivenToken;

beforeAll(async () => {
  db = await createTestDatabase();
  rows = openPool(db.superuserUrl, () => undefined);
  ours = await addCompanyWithPeople(db, 'litoral');
  const theirs = await addCompanyWithPeople(db, 'vecina');
  api = await openApi(db.appUrl, { media: new LocalFolder(await mkdtemp(join(tmpdir(), 'hilo-gateway-'))) });
  [boss, theirBoss] = [await sessionOf(db, api, ours, 'administrator'), await sessionOf(db, api, theirs, 'administrator')];
  channel = await addChannel(rows, 'litoral');
  await rows.query(`update channels set number = '5493415550001' where id = $1`, [channel]);
  token = await newToken();
}, 120_000);
afterAll(async () => {
  await api.close();
  await rows.end();
  await db.drop();
});

async function newToken(more: object = {}, client = boss): Promise<GivenToken> {
  return (await client.call('POST', '/api/gateway/tokens', { body: { name: 'MikroWisp', ...more } })).body as GivenToken;
}
interface Call {
  query?: Record<string, string> | string;
  type?: string;
  body?: string | Buffer;
  headers?: Record<string, string>;
  path?: string;
}
/** As a panel of an ISP's system calls, from anywhere and under any host. */
async function call(method: 'GET' | 'POST', { query = {}, type, body, headers = {}, path = `/gw/litoral/${channel}/send` }: Call = {}) {
  const asked = typeof query === 'string' ? query : new URLSearchParams(query).toString();
  const response = await api.app.inject({
    method, url: `${path}${asked ? `?${asked}` : ''}`, headers: { host: 'panel.example', ...(type ? { 'content-type': type } : {}), ...headers }, ...(body === undefined ? {} : { payload: body }),
  });
  return { status: response.statusCode, headers: response.headers, body: response.json<Record<string, string>>() };
}
const bearer = (secret = token.secret) => ({ authorization: `Bearer ${secret}` });
const row = async (id: string) => (await rows.query<Record<string, unknown>>('select * from notices where id = $1', [id])).rows[0]!;
const count = async () => Number((await rows.query<{ count: string }>('select count(*) from notices')).rows[0]!.count);
let next = 0;
const somebody = () => `0341 15 5${String(100_000 + next++).slice(-6)}`;
const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n');

describe('the gateway', () => {
  it('accepts what MikroWisp sends, by GET with a token in the query, and answers with an id and a time', async () => {
    const { status, body } = await call('GET', { query: { destinatario: '0341 15 555-0100', mensaje: 'Su factura vence el 10', token: token.secret } });
    expect({ status, body }).toMatchObject({ status: 200, body: { status: 'success', estado: 'exito', id: expect.stringMatching(/^\d+$/) as string, eta: expect.stringMatching(/Z$/) as string } });
    expect(await row(body['id']!)).toMatchObject({ company: 'litoral', channel, address: '5493415550100@s.whatsapp.net', text: 'Su factura vence el 10', state: 'queued', file_state: 'none', first_contact: true });
  });

  it.each([
    ['form', 'application/x-www-form-urlencoded', (to: string) => `numero=${encodeURIComponent(to)}&texto=Hola+a+todos`],
    ['form in Latin-1', 'application/x-www-form-urlencoded', (to: string) => `phone=${encodeURIComponent(to)}&texto=Atenci%F3n%2C+se%F1ora`],
    ['form that does not say so', '', (to: string) => `phone=${encodeURIComponent(to)}&texto=Atenci%C3%B3n`],
    ['JSON', 'application/json', (to: string) => JSON.stringify({ celular: to, msg: 'Hola' })],
    ['JSON in Latin-1', 'application/json', (to: string) => Buffer.from(JSON.stringify({ celular: to, msg: 'Mañana' }), 'latin1')],
    ['JSON with a number as a number', 'application/json', () => JSON.stringify({ telefono: 5_493_415_550_777, body: 'Hola' })],
    ['multipart', 'multipart/form-data; boundary=x', (to: string) => `--x\r\nContent-Disposition: form-data; name="to"\r\n\r\n${to}\r\n--x\r\nContent-Disposition: form-data; name="message"\r\n\r\nHola\r\n--x--\r\n`],
  ])('accepts a %s by POST', async (_name, type, body) => {
    const answer = await call('POST', { type, body: body(somebody()), headers: { 'x-api-key': token.secret } });
    expect(answer).toMatchObject({ status: 200, body: { estado: 'exito' } });
    expect((await row(answer.body['id']!))['text']).toMatch(/^(Hola|Hola a todos|Atención, señora|Atención|Mañana)$/);
  });

  it('decodes what panels write for e-mail', async () => {
    const { body } = await call('POST', { type: 'application/json', headers: bearer(), body: JSON.stringify({ to: somebody(), message: '<p>Se&ntilde;or &amp;aacute;lvarez:<br/>debe <b>$ 1.500</b></p>Gracias\\n5 < 7' }) });
    expect((await row(body['id']!))['text']).toBe('Señor álvarez:\ndebe $ 1.500\nGracias\n5 < 7');
  });

  it('keeps a file that comes with it, by what it is', async () => {
    const to = somebody();
    const form = (bytes: Buffer, name: string) => Buffer.concat([
      Buffer.from(`--x\r\nContent-Disposition: form-data; name="numero"\r\n\r\n${to}\r\n--x\r\nContent-Disposition: form-data; name="adjunto"; filename="${name}"\r\nContent-Type: application/pdf\r\n\r\n`), bytes, Buffer.from('\r\n--x--\r\n')]);
    const answer = await call('POST', { type: 'multipart/form-data; boundary=x', headers: bearer(), body: form(pdf, 'factura 12.pdf') });
    expect(await row(answer.body['id']!)).toMatchObject({ text: '', file_state: 'stored', file_kind: 'document', file_mimetype: 'application/pdf', file_name: 'factura 12.pdf', file_size: String(pdf.byteLength) });
    const program = await call('POST', { type: 'multipart/form-data; boundary=x', headers: bearer(), body: form(Buffer.from('MZ\x90\0\x03'), 'factura.pdf') });
    expect(program).toMatchObject({ status: 422, body: { estado: 'error', code: 'file-refused' } });
  });

  it('holds no file of a stranger: who sends one says first who they are', async () => {
    const edge = 'frontera7MA4YWxkTrZu0gW'; // as long as clients make it: Node's parser takes a short one for found wherever its letters stand in a value
    const part = (name: string, value: string) => `--${edge}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    const body = `${part('token', token.secret)}${part('to', somebody())}${part('message', 'Hola')}`;
    const padding = `--${edge}\r\nContent-Disposition: form-data; name="adjunto"; filename="f.pdf"\r\nContent-Type: application/pdf\r\n\r\n${pdf.toString()}${' '.repeat(300_000)}\r\n`;
    const type = `multipart/form-data; boundary=${edge}`;
    expect(await call('POST', { type, body: `${body}--${edge}--\r\n` })).toMatchObject({ status: 200 });
    expect(await call('POST', { type, body: `${body}${padding}--${edge}--\r\n` })).toMatchObject({ status: 413 });
    expect(await call('POST', { type, body: `${body}${padding}--${edge}--\r\n`, headers: bearer() })).toMatchObject({ status: 200, body: { estado: 'exito' } });
  });

  it('hears a system while a stranger elsewhere sends byte by byte over many connections', async () => {
    const stalled = Array.from({ length: 25 }, () => new PassThrough());
    const strangers = stalled.map((payload) => api.app.inject({ method: 'POST', url: `/gw/litoral/${channel}/send`, headers: { host: 'panel.example' }, remoteAddress: '203.0.113.9', payload }));
    expect(await call('GET', { query: { to: somebody(), message: 'Hola' }, headers: bearer() })).toMatchObject({ status: 200 });
    for (const payload of stalled) payload.end();
    expect((await Promise.all(strangers)).map(({ statusCode }) => statusCode)).toEqual(stalled.map(() => 401));
  });

  it.each([
    ['no token', {}, {}, 401, 'token-missing'],
    ['a wrong one', { token: 'hgw_other' }, {}, 403, 'token-wrong'],
    ['no number', { mensaje: 'Hola' }, bearer, 400, 'phone-missing'],
    ['no message', { to: '3415550100' }, bearer, 400, 'message-missing'],
    ['a template that nobody filled in', { to: '{destinatario}', message: 'Hola' }, bearer, 422, 'placeholder'],
    ['one in double braces', { to: '3415550100', message: '{{mensaje}}' }, bearer, 422, 'placeholder'],
    ['no number that exists', { to: '123', message: 'Hola' }, bearer, 422, 'phone-refused'],
    ['4,097 characters', { to: '3415550100', message: 'x'.repeat(4_097) }, bearer, 422, 'message-too-long'],
    ['a file on this machine', { to: '3415550100', file: 'http://127.0.0.1:8233/' }, bearer, 422, 'url-refused'],
    ['a file at a cloud’s metadata', { to: '3415550100', file: 'http://169.254.169.254/latest' }, bearer, 422, 'url-refused'],
    ['a file behind an IPv4-mapped address', { to: '3415550100', file: 'http://[::ffff:10.0.0.1]/x.pdf' }, bearer, 422, 'url-refused'],
    ['a file of another protocol', { to: '3415550100', file: 'file:///etc/passwd' }, bearer, 422, 'url-refused'],
    ['a text that no row can hold', { to: '3415550100', message: 'a\0b' }, bearer, 400, 'bad-request'],
  ])('refuses %s, and keeps nothing of it', async (_name, query, headers, status, code) => {
    const before = await count();
    const answer = await call('GET', { query: query as Record<string, string>, headers: typeof headers === 'function' ? headers() : headers });
    expect(answer).toMatchObject({ status, body: { status: 'error', estado: 'error', code, message: expect.stringMatching(/\.$/) as string } });
    expect(await count()).toBe(before);
  });

  it('refuses what is too large, what is no JSON, and another company’s token', async () => {
    const large = await call('POST', { type: 'application/json', headers: bearer(), body: JSON.stringify({ to: somebody(), message: 'x'.repeat(300_000) }) });
    expect(large).toMatchObject({ status: 413, body: { code: 'too-large' } });
    expect(await call('POST', { type: 'application/json', headers: bearer(), body: '{"to":' })).toMatchObject({ status: 400, body: { code: 'bad-request' } });
    const theirs = await newToken({}, theirBoss);
    expect(await call('GET', { query: { to: '3415550100', message: 'Hola' }, headers: bearer(theirs.secret) })).toMatchObject({ status: 403, body: { code: 'token-wrong' } });
    const theirChannel = await addChannel(rows, 'vecina');
    expect(await call('GET', { path: `/gw/litoral/${theirChannel}/send`, query: { to: '3415550100', message: 'Hola' }, headers: bearer() })).toMatchObject({ status: 422, body: { code: 'channel-unknown' } });
  });

  it('is found by the company’s host, and its number by its digits', async () => {
    expect(await call('GET', { path: `/gw/${ours.host}/5493415550001/send`, query: { to: somebody(), message: 'Hola' }, headers: bearer() })).toMatchObject({ status: 200 });
  });

  it('takes the same for the same: under a key, or to the same person within ten minutes', async () => {
    const to = somebody();
    const ask = async (more: Record<string, string> = {}, headers: Record<string, string> = {}) => (await call('GET', { query: { to, message: 'Aviso de corte', ...more }, headers: { ...bearer(), ...headers } })).body['id'];
    const [one, again] = await Promise.all([ask(), ask()]);
    expect(again).toBe(one);
    expect(await ask({ to: `+549${to.replace(/\D/g, '').replace(/^0/, '').replace('34115', '341')}` })).toBe(one); // another spelling of the same number
    expect(await ask({ message: 'Otro aviso' })).not.toBe(one);
    await rows.query(`update notices set accepted_at = now() - interval '11 minutes' where id = $1`, [one]);
    expect(await ask()).not.toBe(one);
    const keyed = await ask({ idmensaje: 'F-12' });
    await rows.query(`update notices set accepted_at = now() - interval '2 days' where id = $1`, [keyed]);
    expect(await ask({}, { 'idempotency-key': 'F-12' })).toBe(keyed);
    expect(await call('GET', { query: { to, message: 'Otra factura', id: 'F-12' }, headers: bearer() })).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
  });

  it('says when to ask again while the bot is stopped, and takes notices in every other mode', async () => {
    const inMode = async (mode: string) => {
      await rows.query(`insert into operating_modes (company, mode) values ('litoral', $1) on conflict (company) do update set mode = $1`, [mode]);
      return call('GET', { query: { to: somebody(), message: 'Hola' }, headers: bearer() });
    };
    const stopped = await inMode('stopped');
    expect(stopped).toMatchObject({ status: 503, body: { code: 'gateway-stopped' }, headers: { 'retry-after': '300' } });
    for (const mode of ['gateway-only', 'emergency', 'complete']) expect((await inMode(mode)).status, mode).toBe(200);
  });

  it('limits each token by its own rate', async () => {
    const slow = await newToken({ name: 'lento', ratePerMinute: 1 });
    const answers: number[] = [];
    for (let i = 0; i < 12; i++) answers.push((await call('GET', { query: { to: somebody(), message: 'Hola' }, headers: bearer(slow.secret) })).status);
    expect(answers).toEqual([...Array.from({ length: 10 }, () => 200), 429, 429]);
    expect((await call('GET', { query: { to: somebody(), message: 'Hola' }, headers: bearer() })).status).toBe(200);
  });

  it('has a plain form in JSON, and tells the state of a notice to its company alone', async () => {
    const post = (body: object, headers: Record<string, string> = bearer(), host = ours.host) => api.app.inject({ method: 'POST', url: '/api/notices', headers: { host, ...headers }, payload: body });
    const made = await post({ to: somebody(), message: 'Hola', id: 'mio-1' });
    expect(made.statusCode).toBe(200);
    const { id } = made.json<{ id: string }>();
    const read = (headers: Record<string, string>, host = ours.host) => api.app.inject({ method: 'GET', url: `/api/notices/${id}`, headers: { host, ...headers } });
    expect((await read(bearer())).json()).toMatchObject({ id, key: 'mio-1', state: 'queued' });
    expect(await call('GET', { path: `/gw/litoral/x/notices/${id}`, headers: bearer() })).toMatchObject({ status: 200, body: { id, state: 'queued' } });
    const theirs = await newToken({}, theirBoss);
    expect((await read(bearer(theirs.secret), 'vecina.example')).statusCode).toBe(404);
    expect((await post({ to: somebody(), message: 'Hola' }, bearer(theirs.secret))).json()).toMatchObject({ code: 'token-wrong' });
    expect((await post({ to: 'nadie', message: 'Hola' })).json()).toMatchObject({ status: 422, code: 'phone-refused' });
    expect((await post({ message: 'Hola' })).json()).toMatchObject({ status: 400, code: 'bad-request' });
  });
});

describe('a token', () => {
  const works = async (secret: string) => (await call('GET', { query: { to: somebody(), message: 'Hola' }, headers: bearer(secret) })).status === 200;

  it('is shown once, kept as a hash, rotated with a time of grace, and revoked at once', async () => {
    const made = await newToken({ name: 'ISPCube', expiryMinutes: 60 });
    const { rows: kept } = await rows.query<{ kept: string }>(`select t::text kept from gateway_tokens t where id = $1`, [made.token.id]);
    expect(kept[0]!.kept).not.toContain(made.secret);
    const rotated = (await boss.call('POST', `/api/gateway/tokens/${made.token.id}/rotate`, { body: { graceMinutes: 60 } })).body as GivenToken;
    expect(await works(made.secret) && (await works(rotated.secret))).toBe(true);
    await rows.query('update gateway_tokens set previous_until = now() where id = $1', [made.token.id]);
    expect([await works(made.secret), await works(rotated.secret)]).toEqual([false, true]);
    expect((await boss.call('DELETE', `/api/gateway/tokens/${made.token.id}`, { body: {} })).status).toBe(204);
    expect(await works(rotated.secret)).toBe(false);
    const { rows: log } = await rows.query<{ line: string }>(`select l::text line from audit_log l where subject = $1`, [made.token.id]);
    expect(log).toHaveLength(3);
    for (const { line } of log) expect(line).not.toMatch(/hgw_/);
  });

  it('says how long its notices are worth sending', async () => {
    const short = await newToken({ expiryMinutes: 30 });
    const { body } = await call('GET', { query: { to: somebody(), message: 'Hola' }, headers: bearer(short.secret) });
    const { accepted_at: from, expires_at: until } = (await row(body['id']!)) as { accepted_at: Date; expires_at: Date };
    expect(Math.round((until.getTime() - from.getTime()) / 60_000)).toBe(30);
  });

  it("is not another company's to change, and tries itself out for an administrator", async () => {
    for (const [method, path] of [['PATCH', ''], ['POST', '/rotate'], ['DELETE', ''], ['POST', '/test']] as const) {
      const body = path === '/test' ? { to: somebody(), message: 'Hola' } : { name: 'mío' };
      expect((await theirBoss.call(method, `/api/gateway/tokens/${token.token.id}${path}`, { body })).status, path).toBe(404);
    }
    const tried = await boss.call('POST', `/api/gateway/tokens/${token.token.id}/test`, { body: { to: somebody(), message: 'Prueba' }, headers: { 'idempotency-key': randomUUID() } });
    expect(tried).toMatchObject({ status: 200, body: { id: expect.stringMatching(/^\d+$/) as string } });
  });

  it('has a callback whose secret is shown once, and never goes to a private address', async () => {
    const set = (url: string, path = '') => boss.call(path ? 'POST' : 'PUT', `/api/gateway/callback${path}`, { body: { url } });
    expect(await set('http://10.0.0.5/hook')).toMatchObject({ status: 422, body: { code: 'url-refused' } });
    const first = await set('https://isp.example/hook');
    expect(first.body).toMatchObject({ secret: expect.stringMatching(/^hgs_/) as string });
    expect((await set('https://isp.example/hook2')).body).toEqual({ url: 'https://isp.example/hook2' });
    expect((await set('https://isp.example/hook2', '/secret')).body).toMatchObject({ secret: expect.stringMatching(/^hgs_/) as string });
    expect(JSON.stringify((await boss.call('GET', '/api/gateway')).body)).not.toMatch(/hgs_|hgw_/);
    expect((await theirBoss.call('GET', '/api/gateway')).body).not.toHaveProperty('callback');
    expect((await boss.call('DELETE', '/api/gateway/callback', { body: {} })).status).toBe(204);
  });
});

describe('the day’s notices', () => {
  it('are listed, searched and counted by state, with what each number does, for their company alone', async () => {
    const to = somebody();
    const { body } = await call('GET', { query: { to, message: 'Quédate en línea' }, headers: bearer() });
    const found = (await boss.call('GET', `/api/notice-queue?q=${encodeURIComponent('en línea')}`)).body as QueuePage;
    expect(found).toMatchObject({ total: 1, items: [{ id: body['id'], text: 'Quédate en línea', state: 'queued' }], counts: { all: 1, queued: 1, failed: 0 }, batches: [{ channel: { id: channel }, state: 'running', hourLimit: 20 }] });
    await rows.query(`update notices set state = 'failed', cause = 'not-on-whatsapp' where id = $1`, [body['id']]);
    const failed = (await boss.call('GET', '/api/notice-queue?filter=failed')).body as QueuePage;
    expect(failed.items).toMatchObject([{ id: body['id'], cause: 'not-on-whatsapp', advice: 'check-number' }]);
    expect((await boss.call('GET', `/api/notice-queue/${body['id']}`)).body).toMatchObject({ token: 'MikroWisp', trail: [{ kind: 'accepted' }, { kind: 'failed', cause: 'not-on-whatsapp' }] });
    expect((await theirBoss.call('GET', `/api/notice-queue/${body['id']}`)).status).toBe(404);
    expect(((await theirBoss.call('GET', '/api/notice-queue')).body as QueuePage).total).toBe(0);
  });

  it('that will be late are told to whoever looks after them, until it is decided', async () => {
    await rows.query('update notice_batches set asked_at = now(), late = 3 where channel = $1', [channel]);
    const alertsOf = async (client: Client) => ((await client.call('GET', '/api/notifications')).body as { kind: string; text: string }[]).filter(({ kind }) => kind === 'notices-late');
    expect(await alertsOf(boss)).toMatchObject([{ text: '3 avisos no llegan a salir de «Soporte» antes de vencer: decidí en Avisos qué hacer.' }]);
    expect(await alertsOf(await sessionOf(db, api, ours, 'operator'))).toEqual([]);
    expect(await alertsOf(theirBoss)).toEqual([]);
  });
});
