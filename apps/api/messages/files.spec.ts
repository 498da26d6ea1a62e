import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPool } from '../../../libs/db/pool.js';
import { LocalFolder } from '../../../libs/media/local-folder.js';
import { MediaUnavailable } from '../../../libs/media/media-store.js';
import { createTestDatabase, type TestDatabase } from '../../../libs/testing/test-db.js';
import type { EntryPage } from '../conversations/conversation.schema.js';
import { openApi, type ApiUnderTest } from '../testing/api-under-test.js';
import { addChannel, addConversation, addMessage, addTicket, type TestConversation } from '../testing/conversations.js';
import { addCompanyWithPeople, sessionOf, type Client, type TestCompany } from '../testing/people.js';

const PNG = Buffer.concat([Buffer.from([0x89]), Buffer.from('PNG\r\n\x1a\n0123456789')]);
let db: TestDatabase;
let api: ApiUnderTest;
let rows: pg.Pool;
let folder: string;
let store: LocalFolder;
let broken = false;
/** Most bytes that the store was asked for at once. */
let most = 0;
let litoral: TestCompany;
let vecina: TestCompany;
let supervisor: Client;
let theirs: Client;
let chat: TestConversation;

beforeAll(async () => {
  db = await createTestDatabase();
  rows = openPool(db.superuserUrl, () => undefined, { query_timeout: 20_000 });
  folder = await mkdtemp(join(tmpdir(), 'hilo-files-'));
  store = new LocalFolder(folder);
  litoral = await addCompanyWithPeople(db, 'litoral');
  vecina = await addCompanyWithPeople(db, 'vecina');
  api = await openApi(db.appUrl, { media: {
    put: (company, bytes) => store.put(company, bytes),
    open: (company, sha, part) => {
      most = Math.max(most, part ? part.last - part.first + 1 : Infinity);
      return broken ? Promise.reject(new MediaUnavailable('away')) : store.open(company, sha, part);
    },
    has: (company, sha) => store.has(company, sha),
  } });
  supervisor = await sessionOf(db, api, litoral, 'supervisor');
  chat = await addConversation(rows, 'litoral', { channel: await addChannel(rows, 'litoral'), name: 'Ana' });
});
afterAll(async () => {
  await api.close();
  await rows.end();
  await rm(folder, { recursive: true, force: true });
  await db.drop();
});

interface FileRow { state?: string; reason?: string; mimetype?: string; fileName?: string; bytes?: Buffer }

/** A picture's message with its file, as the gateway leaves them. */
async function addFile({ state = 'stored', reason, mimetype = 'image/png', fileName, bytes = PNG }: FileRow = {}): Promise<string> {
  const message = await addMessage(rows, chat, { kind: 'image', text: 'mirá', details: { media: { mimetype: 'image/jpeg', width: 3, height: 2 } } });
  const stored = state === 'stored' ? await store.put('litoral', bytes) : undefined;
  await rows.query(
    `insert into media_files (company, message, direction, state, reason, sha256, size, mimetype, file_name) values ('litoral', $1, 'in', $2, $3, $4, $5, $6, $7)`,
    [message, state, reason ?? null, stored?.sha256 ?? null, stored?.size ?? null, mimetype, fileName ?? null]);
  return message;
}
const hostOf = (client: Client) => (client === theirs ? vecina : litoral).host;
const read = async (client: Client, message: string, headers: Record<string, string> = {}) => {
  const response = await api.app.inject({ method: 'GET', url: `/api/messages/${message}/file`, headers: { host: hostOf(client), cookie: client.cookie, ...headers } });
  return { status: response.statusCode, headers: response.headers, bytes: response.rawPayload };
};

describe('the file of a message', () => {
  it('is served as what it is, and can do nothing where it is shown', async () => {
    const { status, headers, bytes } = await read(supervisor, await addFile());
    expect(status).toBe(200);
    expect(bytes).toEqual(PNG);
    expect(headers).toMatchObject({
      'content-type': 'image/png', 'content-length': String(PNG.byteLength), 'x-content-type-options': 'nosniff',
      'content-security-policy': `default-src 'none'; sandbox`, 'content-disposition': `inline; filename="archivo"; filename*=UTF-8''archivo`,
    });
  });

  it.each<[string, string, string, string]>([
    ['a document is saved', 'application/pdf', 'application/pdf', 'attachment'],
    ['a text is not shown', 'text/plain', 'text/plain', 'attachment'],
    ['what is a page is bytes', 'text/html', 'application/octet-stream', 'attachment'],
    ['so is a drawing that could run', 'image/svg+xml', 'application/octet-stream', 'attachment'],
    ['sound is played', 'audio/ogg', 'audio/ogg', 'inline'],
  ])('%s', async (_name, mimetype, type, disposition) => {
    const { headers } = await read(supervisor, await addFile({ mimetype }));
    expect(headers['content-type']).toBe(type);
    expect(headers['content-disposition']).toMatch(new RegExp(`^${disposition};`));
  });

  it('keeps its name, whatever is in it', async () => {
    const { headers } = await read(supervisor, await addFile({ mimetype: 'application/pdf', fileName: '../señal "1"\r\nx: y 📄.pdf' }));
    expect(headers['content-disposition']).toBe(
      `attachment; filename=".._senal _1___x: y _.pdf"; filename*=UTF-8''.._se%C3%B1al%20%221%22__x%3A%20y%20%F0%9F%93%84.pdf`);
  });

  it('is given in ranges, so that one can seek in a film, and not again to who has it', async () => {
    const message = await addFile();
    const part = await read(supervisor, message, { range: 'bytes=8-11' });
    expect([part.status, part.headers['content-range'], part.bytes.toString()]).toEqual([206, `bytes 8-11/${PNG.byteLength}`, '0123']);
    const film = Buffer.alloc(3 * 1024 * 1024, 7);
    const piece = await read(supervisor, await addFile({ bytes: film, mimetype: 'video/mp4' }), { range: 'bytes=0-' });
    expect([piece.status, piece.bytes.byteLength, piece.headers['content-range']]).toEqual([206, 2 * 1024 * 1024, `bytes 0-${2 * 1024 * 1024 - 1}/${film.byteLength}`]);
    const none = await read(supervisor, message, { range: 'bytes=900-' });
    expect([none.status, none.headers['content-range']]).toEqual([416, `bytes */${PNG.byteLength}`]);
    const etag = String(part.headers.etag);
    expect((await read(supervisor, message, { 'if-none-match': etag })).status).toBe(304);
    expect((await read(supervisor, message, { range: 'bytes=8-11', 'if-range': '"another"' })).status).toBe(200);
  });

  it('is read piece by piece, however big it is', async () => {
    const film = randomBytes(5 * 1024 * 1024 + 3);
    const message = await addFile({ bytes: film, mimetype: 'video/mp4' });
    most = 0;
    const { status, headers, bytes } = await read(supervisor, message);
    expect([status, headers['content-length'], bytes.equals(film)]).toEqual([200, String(film.byteLength), true]);
    expect(most).toBe(2 * 1024 * 1024);
  });

  it.each([['wanted', undefined, 'file-pending'], ['failed', 'wrong-type', 'file-failed'], ['expired', 'not-on-phone', 'file-expired']])(
    'that is %s is told as that', async (state, reason, code) => {
      const message = await addFile({ state, ...(reason ? { reason } : {}) });
      expect(await supervisor.call('GET', `/api/messages/${message}/file`)).toMatchObject({ status: 409, body: { code } });
    });

  it('that the store has lost, or cannot give, is told as that; a message without one has none', async () => {
    const message = await addFile({ bytes: Buffer.from('se pierde') });
    await rows.query(`update media_files set sha256 = $2 where message = $1`, [message, 'f'.repeat(64)]);
    expect(await supervisor.call('GET', `/api/messages/${message}/file`)).toMatchObject({ status: 404, body: { code: 'file-lost' } });
    broken = true;
    expect(await supervisor.call('GET', `/api/messages/${message}/file`)).toMatchObject({ status: 503, body: { code: 'files-away' } });
    broken = false;
    expect(await supervisor.call('GET', `/api/messages/${await addMessage(rows, chat)}/file`)).toMatchObject({ status: 404 });
    expect(await supervisor.call('GET', '/api/messages/uno/file')).toMatchObject({ status: 400 });
  });

  it('is theirs who may see the conversation', async () => {
    const operator = await sessionOf(db, api, litoral, 'operator');
    const message = await addFile();
    expect((await read(operator, message)).status).toBe(404);
    await addTicket(rows, chat, { department: litoral.departments.support });
    expect((await read(operator, message)).status).toBe(200);
  });

  it('is theirs who see the chat in which it is shown since two contacts were merged', async () => {
    const operator = await sessionOf(db, api, litoral, 'operator');
    const message = await addFile({ bytes: Buffer.concat([PNG, Buffer.from('merged')]) });
    await rows.query(`update tickets set state = 'in-progress', assignee = $2 where conversation = $1`, [chat.conversation, litoral.users.colleague]);
    expect((await read(operator, message)).status).toBe(404);
    const other = await addConversation(rows, 'litoral', { channel: chat.channel, name: 'Ana G.' });
    await addTicket(rows, other, { assignee: litoral.users.operator, state: 'in-progress' });
    await rows.query(`select contact_merge('litoral', $1, $2, null, 'by-hand')`, [chat.contact, other.contact]);
    expect((await read(operator, message)).status).toBe(200);
  });

  it("is not another company's", async () => {
    theirs = await sessionOf(db, api, vecina, 'administrator');
    expect((await read(theirs, await addFile())).status).toBe(404);
  });

  it('is told of in the chat, with what the message holds', async () => {
    const message = await addFile({ fileName: 'foto.png' });
    const { items } = (await supervisor.call('GET', `/api/conversations/${chat.conversation}/messages`)).body as EntryPage;
    expect(items.find(({ id }) => id === message)).toMatchObject({
      contentKind: 'image', text: 'mirá', details: { media: { mimetype: 'image/jpeg', width: 3, height: 2 } },
      file: { state: 'stored', mimetype: 'image/png', size: PNG.byteLength, fileName: 'foto.png' },
    });
  });
});
