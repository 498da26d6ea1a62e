import { createHmac, randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { nextTryMs } from '../libs/domain/notices/retry.js';
import { HttpFailure, type HttpRequest, type HttpResponse } from '../libs/http/http-client.js';
import { LocalFolder } from '../libs/media/local-folder.js';
import { MediaUnavailable, type MediaStore } from '../libs/media/media-store.js';
import { newCompanyKey, openVault, type Vault } from '../libs/vault/vault.js';
import { CALLBACK_CONTEXT, createNoticeCallbackActivities } from './notice-callbacks.js';
import { createNoticeFileActivities } from './notice-files.js';
import { FrontDesks, type Row } from './testing/front-desk.js';

const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n');
const masterKey = Buffer.alloc(32, 7);
let desks: FrontDesks;
let vault: Vault;
let token: string;
let channel: string;
let day: string;
let calls: (HttpRequest & { company: string })[];
let answer: (request: HttpRequest) => Partial<HttpResponse>;
let files: ReturnType<typeof createNoticeFileActivities>;
let callbacks: ReturnType<typeof createNoticeCallbackActivities>;

beforeAll(async () => {
  desks = await FrontDesks.open();
  vault = openVault({ masterKey, loadKeys: (company) => Promise.resolve([newKey(company)]) });
  const httpFor = (company: string) => (request: HttpRequest) => {
    calls.push({ ...request, company });
    return Promise.resolve().then(() => ({ status: 200, headers: {}, body: new Uint8Array(), url: request.url, ...answer(request) }));
  };
  files = createNoticeFileActivities({ orm: desks.orm, media: new LocalFolder(await mkdtemp(join(tmpdir(), 'hilo-notice-files-'))), httpFor });
  callbacks = createNoticeCallbackActivities({ orm: desks.orm, vault, now: () => Date.now(), httpFor });
  token = (await desks.run('ours', `insert into gateway_tokens (company, name, sha256, hint) values ('ours', 'MikroWisp', 'x', 'abcd') returning id`, []))[0]!['id'] as string;
  channel = randomUUID();
  await desks.run('ours', `insert into channels (company, id, name) values ('ours', ?, 'Soporte')`, [channel]);
});
const keys = new Map<string, ReturnType<typeof newCompanyKey>>();
const newKey = (company: string) => {
  const known = keys.get(company) ?? newCompanyKey(masterKey, company);
  keys.set(company, known);
  return known;
};
afterAll(() => desks.close());
beforeEach(async () => {
  calls = [];
  answer = () => ({});
  await desks.look('delete from notices');
});

async function accepted(more: object = {}): Promise<string> {
  const notice = { token, channel, key: 'F-1', fingerprint: randomUUID().replace(/-/g, ''), address: '5493415550100@s.whatsapp.net', text: 'Su factura', expiry_minutes: 1_440, url: null, ...more };
  const [row] = await desks.run('ours', `select id::text, batch_day::text from notice_accept('ours', ?::jsonb, interval '10 minutes')`, [JSON.stringify(notice)]);
  day = row!['batch_day'] as string;
  return row!['id'] as string;
}
const row = async (id: string): Promise<Row> => (await desks.look('select * from notices where id = $1', [id]))[0]!;
const fetchFiles = () => files.fetchNoticeFiles({ company: 'ours', channel, day });
const due = () => desks.look('update notices set file_next_at = now(); update notice_events set next_at = now()');

describe('files that come as addresses', () => {
  const url = 'https://isp.example/f/12?clave=secreta';

  it('are fetched, checked by what they are, and kept under the name that their server tells', async () => {
    const id = await accepted({ url });
    answer = () => ({ body: pdf, headers: { 'content-disposition': 'attachment; filename="Factura 12.pdf"', 'content-type': 'text/html' } });
    await fetchFiles();
    expect(await row(id)).toMatchObject({ file_state: 'stored', file_kind: 'document', file_mimetype: 'application/pdf', file_name: 'Factura 12.pdf', state: 'queued' });
    expect(calls).toMatchObject([{ company: 'ours', url }]);
    await fetchFiles();
    expect(calls).toHaveLength(1);
  });

  it.each([
    ['at a private address', () => { throw new HttpFailure('address', 'x', false); }, 'file-address'],
    ['too large', () => { throw new HttpFailure('too-large', 'x', true); }, 'too-large'],
    ['a program', () => ({ body: Buffer.from('MZ\x90\0\x03\0') }), 'file-refused'],
    ['nothing', () => ({}), 'file-refused'],
  ] as const)('fail their notice at once when they are %s', async (_name, said, cause) => {
    const id = await accepted({ url });
    answer = said as () => Partial<HttpResponse>;
    await fetchFiles();
    expect(await row(id)).toMatchObject({ state: 'failed', cause });
  });

  it('are tried again when their server does not give them, and given up in the end', async () => {
    const id = await accepted({ url });
    answer = () => ({ status: 503, body: pdf });
    for (let attempt = 1; nextTryMs(attempt, 'file') !== undefined; attempt++) {
      await fetchFiles();
      expect(await row(id)).toMatchObject({ state: 'queued', file_attempts: attempt });
      await fetchFiles(); // not before its time
      expect(calls).toHaveLength(attempt);
      await due();
    }
    await fetchFiles();
    expect(await row(id)).toMatchObject({ state: 'failed', cause: 'file-not-fetched' });
  });
});

describe('files while our store is away', () => {
  it('use up no try and keep their notice, however long it lasts', async () => {
    const id = await accepted({ url: 'https://isp.example/f/12' });
    answer = () => ({ body: pdf });
    const away = createNoticeFileActivities({
      orm: desks.orm, media: { put: () => Promise.reject(new MediaUnavailable('away')) } as unknown as MediaStore,
      httpFor: () => (request) => Promise.resolve({ status: 200, headers: {}, body: pdf, url: request.url }),
    });
    for (let times = 0; times < 8; times++) {
      await away.fetchNoticeFiles({ company: 'ours', channel, day });
      expect(await row(id)).toMatchObject({ state: 'queued', file_state: 'wanted', file_attempts: 0 });
      await away.fetchNoticeFiles({ company: 'ours', channel, day }); // not before its time
      await due();
    }
    await fetchFiles();
    expect(await row(id)).toMatchObject({ file_state: 'stored' });
  });
});

describe('what a company’s system is told', () => {
  const tell = () => callbacks.tellCallbacks({ company: 'ours' });
  const events = (id: string) => desks.look('select kind, callback, attempts, answer from notice_events where notice = $1 order by id', [id]);
  const to = (state: string, id: string, cause: string | null = null) => desks.look('update notices set state = $2, cause = $3 where id = $1', [id, state, cause]);
  beforeEach(async () => {
    const sealed = (await vault.forCompany('ours')).seal(Buffer.from('hgs_secreto'), CALLBACK_CONTEXT).toString('hex');
    await desks.run('ours', `insert into gateway_callbacks (company, url, secret) values ('ours', 'https://isp.example/hook', decode(?, 'hex')) on conflict (company) do nothing`, [sealed]);
  });

  it('is each state of a notice in order, signed with the company’s secret over time and body', async () => {
    const id = await accepted();
    await to('sent', id);
    await to('delivered', id);
    expect(await tell()).toEqual({ dueInMs: 0 });
    expect(await tell()).toEqual({});
    expect(calls.map(({ body }) => JSON.parse(body as string) as object)).toMatchObject([
      { id, key: 'F-1', to: '5493415550100', state: 'sent', estado: 'enviado' }, { id, state: 'delivered', estado: 'entregado' },
    ]);
    const { headers, body } = calls[0]!;
    const [, seconds, signature] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(headers!['x-hilo-signature']!)!;
    expect(createHmac('sha256', 'hgs_secreto').update(`${seconds}.${body as string}`).digest('hex')).toBe(signature);
    expect(Math.abs(Number(seconds) - Date.now() / 1_000)).toBeLessThan(60);
    expect(await events(id)).toEqual([{ kind: 'sent', callback: 'told', attempts: 1, answer: '200' }, { kind: 'delivered', callback: 'told', attempts: 1, answer: '200' }]);
  });

  it('is told again until it is heard; a later state waits for the earlier one, and another notice does not', async () => {
    const [id, other] = [await accepted(), await accepted({ key: 'F-2' })];
    await to('failed', id, 'not-on-whatsapp');
    await to('queued', id);
    await to('sent', id);
    await to('sent', other);
    answer = ({ body }) => ((JSON.parse(body as string) as { id: string }).id === id ? { status: 500 } : {});
    expect((await tell()).dueInMs).toBeGreaterThan(1_000);
    expect(await events(id)).toMatchObject([{ kind: 'failed', callback: 'due', attempts: 1, answer: '500' }, { kind: 'queued', callback: 'none' }, { kind: 'sent', callback: 'due', attempts: 0 }]);
    expect(await events(other)).toMatchObject([{ kind: 'sent', callback: 'told' }]);
    await due();
    answer = () => { throw new HttpFailure('timeout', 'x', true); };
    await tell();
    expect(await events(id)).toMatchObject([{ attempts: 2, answer: 'timeout' }, {}, {}]);
    await due();
    answer = () => ({});
    await tell();
    await tell();
    expect(await events(id)).toMatchObject([{ callback: 'told', attempts: 3 }, {}, { callback: 'told' }]);
    expect(JSON.parse(calls.find(({ body }) => (body as string).includes('failed'))!.body as string)).toMatchObject({ cause: 'not-on-whatsapp', advice: 'check-number' });
  });

  it('is given up after a day and a half, and nothing once nobody wants to be told', async () => {
    const id = await accepted();
    await to('sent', id);
    answer = () => ({ status: 404 });
    for (let attempt = 0; attempt < 20; attempt++) {
      await tell();
      await due();
    }
    expect(await events(id)).toMatchObject([{ callback: 'given-up', answer: '404' }]);
    await to('delivered', id);
    await desks.run('ours', 'delete from gateway_callbacks where company = ?', ['ours']);
    expect(await tell()).toEqual({});
    expect(await events(id)).toMatchObject([{}, { callback: 'none' }]);
  });

  it("is never another company's", async () => {
    const id = await accepted();
    await to('sent', id);
    expect(await callbacks.tellCallbacks({ company: 'theirs' })).toEqual({});
    expect(calls).toEqual([]);
    await files.fetchNoticeFiles({ company: 'theirs', channel, day });
    expect(calls).toEqual([]);
  });
});
