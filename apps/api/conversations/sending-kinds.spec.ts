import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openPool } from '../../../libs/db/pool.js';
import { LocalFolder } from '../../../libs/media/local-folder.js';
import { createTestDatabase, type TestDatabase } from '../../../libs/testing/test-db.js';
import { openApi, type ApiUnderTest } from '../testing/api-under-test.js';
import { addChannel, addConversation, addTicket, type TestConversation } from '../testing/conversations.js';
import { startEngine, type EngineUnderTest } from '../testing/engine-under-test.js';
import { addCompanyWithPeople, sessionOf, type Client, type TestCompany } from '../testing/people.js';
import type { Entry, Upload } from './conversation.schema.js';

const PDF = Buffer.from('%PDF-1.7 una factura');

let db: TestDatabase;
let api: ApiUnderTest;
let engine: EngineUnderTest;
let rows: pg.Pool;
let folder: string;
let litoral: TestCompany;
let operator: Client;
let theirs: Client;
let channel: string;
let of: TestConversation;

beforeAll(async () => {
  db = await createTestDatabase();
  rows = openPool(db.superuserUrl, () => undefined, { query_timeout: 20_000 });
  folder = await mkdtemp(join(tmpdir(), 'hilo-uploads-'));
  litoral = await addCompanyWithPeople(db, 'litoral');
  const vecina = await addCompanyWithPeople(db, 'vecina');
  engine = await startEngine(db.appUrl);
  api = await openApi(db.appUrl, { environment: { TEMPORAL_ADDRESS: engine.address }, media: new LocalFolder(folder) });
  operator = await sessionOf(db, api, litoral, 'operator');
  theirs = await sessionOf(db, api, vecina, 'administrator');
  channel = await addChannel(rows, 'litoral');
}, 120_000);
beforeEach(async () => {
  of = await addConversation(rows, 'litoral', { channel, name: 'Ana' });
  await addTicket(rows, of, { state: 'in-progress', assignee: litoral.users.operator });
});
afterAll(async () => {
  await api.close();
  await engine.stop();
  await rows.end();
  await db.drop();
  await rm(folder, { recursive: true, force: true });
});

const write = (body: object, client = operator, key = randomUUID()) =>
  client.call('POST', `/api/conversations/${of.conversation}/messages`, { body, headers: { 'idempotency-key': key } });
const upload = (bytes: Buffer, query = 'kind=document&name=Factura%2012.pdf', client = operator) =>
  client.call('POST', `/api/conversations/${of.conversation}/files?${query}`, { body: bytes, headers: { 'content-type': 'application/octet-stream' } });
const uploaded = async () => (await upload(PDF)).body as Upload;
const rowsMade = async () => (await rows.query<{ id: string; kind: string; text: string; details: object; sha256: string | null }>(
  `select m.id::text, m.kind, m.text, m.details, f.sha256 from messages m left join media_files f on f.company = m.company and f.message = m.id
    where m.conversation = $1 and m.direction = 'out' order by m.id`, [of.conversation])).rows;
async function fromCustomer(text: string): Promise<{ id: string; waId: string }> {
  const waId = randomUUID();
  const { rows: [row] } = await rows.query<{ id: string }>(
    `insert into messages (company, conversation, channel, direction, author, wa_id, from_me, kind, text) values ('litoral', $1, $2, 'in', 'customer', $3, false, 'text', $4) returning id`,
    [of.conversation, channel, waId, text]);
  return { id: row!.id, waId };
}

describe('a reply of each kind becomes a row', () => {
  it('a file that was put up, with its text', async () => {
    const { id, ...about } = await uploaded();
    expect(about).toEqual({ kind: 'document', mimetype: 'application/pdf', size: PDF.byteLength, name: 'Factura 12.pdf' });
    const { status, body } = await write({ file: { upload: id }, text: 'tu factura' });
    expect(status).toBe(200);
    expect(body as Entry).toMatchObject({ contentKind: 'document', text: 'tu factura', state: 'queued', file: { state: 'stored', mimetype: 'application/pdf', fileName: 'Factura 12.pdf' } });
    const [row] = await rowsMade();
    expect(Buffer.from((await new LocalFolder(folder).open('litoral', row!.sha256!))!)).toEqual(PDF);
  });

  it.each<[string, object, object]>([
    ['a place', { location: { latitude: -32.9, longitude: -60.6, name: 'Oficina', address: '' } },
      { kind: 'location', text: 'Oficina', details: { location: { latitude: -32.9, longitude: -60.6, name: 'Oficina' } } }],
    ['a contact card', { contact: { name: 'Técnico', phones: ['+54 341 555-0100'] } },
      { kind: 'contact', text: 'Técnico', details: { contacts: [{ name: 'Técnico', phones: ['+54 341 555-0100'] }] } }],
  ])('%s', async (_name, body, expected) => {
    expect((await write(body)).status).toBe(200);
    expect(await rowsMade()).toMatchObject([expected]);
  });

  it('a quote and a reaction, by the message that they are about', async () => {
    const { id, waId } = await fromCustomer('no anda');
    expect((await write({ text: 'ya lo veo', quote: id })).status).toBe(200);
    expect((await write({ reaction: { message: id, emoji: '👍🏽' } })).status).toBe(200);
    expect(await rowsMade()).toMatchObject([
      { kind: 'text', text: 'ya lo veo', details: { quote: { waId, kind: 'text', text: 'no anda', fromMe: false } } },
      { kind: 'reaction', text: '👍🏽', details: { target: waId } },
    ]);
  });

  it('in the order in which they were written, whatever they are, and each once under its key', async () => {
    const { id } = await uploaded();
    const key = randomUUID();
    for (const body of [{ text: 'uno' }, { file: { upload: id } }, { text: 'tres' }]) expect((await write(body)).status).toBe(200);
    const place = { location: { latitude: 1, longitude: 2 } };
    expect((await write(place, operator, key)).body).toEqual((await write(place, operator, key)).body);
    expect((await rowsMade()).map(({ kind }) => kind)).toEqual(['text', 'document', 'text', 'location']);
  });
});

describe('refused is', () => {
  it.each([
    [{}], [{ text: ' ' }], [{ text: 'a', location: { latitude: 1, longitude: 2 } }], [{ location: { latitude: 91, longitude: 2 } }],
    [{ contact: { name: 'x', phones: [] } }], [{ reaction: { message: '1', emoji: 'hola' } }], [{ reaction: { message: '1', emoji: '👍' }, quote: '1' }],
  ])('what is no message: %j', async (body) => expect((await write(body)).status).toBe(400));

  it('a file that is not what it says, is a program or is empty', async () => {
    expect(await upload(Buffer.from('MZ\x90\0\x03'), 'kind=image')).toMatchObject({ status: 422, body: { code: 'file-refused' } });
    expect(await upload(Buffer.from('MZ\x90\0\x03'), 'kind=document&name=factura.pdf')).toMatchObject({ status: 422, body: { code: 'file-refused', detail: 'Los programas no se mandan.' } });
    expect(await upload(Buffer.alloc(2 * 1024 * 1024 + 1), 'kind=sticker')).toMatchObject({ status: 413, body: { code: 'too-large' } });
    expect((await upload(PDF, 'kind=poll')).status).toBe(400);
  });

  it('no message of the same chat to quote, whichever conversation it came in; a reaction to one of another is', async () => {
    const { id, waId } = await fromCustomer('antes de unirlos');
    const before = of;
    of = await addConversation(rows, 'litoral', { channel, name: 'Ana G.' });
    await addTicket(rows, of, { state: 'in-progress', assignee: litoral.users.operator });
    await rows.query(`select contact_merge('litoral', $1, $2, null, 'by-hand')`, [before.contact, of.contact]);
    expect((await write({ text: 'sobre esto', quote: id })).status).toBe(200);
    expect(await rowsMade()).toMatchObject([{ details: { quote: { waId, text: 'antes de unirlos' } } }]);
    expect(await write({ reaction: { message: id, emoji: '👍' } })).toMatchObject({ status: 422, body: { code: 'message-unknown' } });
  });

  it('a file that is too large, in words that reach a client which still sends', async () => {
    await api.app.listen(0, '127.0.0.1');
    const { port } = api.app.getHttpServer().address() as AddressInfo;
    const asked = request({
      port, host: '127.0.0.1', method: 'POST', path: `/api/conversations/${of.conversation}/files?kind=sticker`,
      headers: { host: litoral.host, cookie: operator.cookie, 'x-csrf-token': operator.csrf, 'content-type': 'application/octet-stream' },
    });
    asked.end(Buffer.alloc(24 * 1024 * 1024));
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    expect([answer.statusCode, await json(answer)]).toMatchObject([413, { code: 'too-large', detail: 'El archivo es más grande de lo que se puede mandar.' }]);
  });

  it('a file of somebody else, of yesterday or of nobody', async () => {
    const { id } = await uploaded();
    await rows.query(`update uploads set owner = $2 where id = $1`, [id, litoral.users.colleague]);
    const old = await uploaded();
    await rows.query(`update uploads set at = now() - interval '25 hours' where id = $1`, [old.id]);
    for (const one of [id, old.id, randomUUID()]) expect(await write({ file: { upload: one } })).toMatchObject({ status: 422, body: { code: 'upload-unknown' } });
    expect(await rowsMade()).toEqual([]);
  });

  it('a message of another conversation to quote', async () => {
    const { id } = await fromCustomer('otra');
    of = await addConversation(rows, 'litoral', { channel, name: 'Beto' });
    await addTicket(rows, of, { state: 'in-progress', assignee: litoral.users.operator });
    expect(await write({ text: 'x', quote: id })).toMatchObject({ status: 422, body: { code: 'message-unknown' } });
    expect(await write({ reaction: { message: id, emoji: '👍' } })).toMatchObject({ status: 422, body: { code: 'message-unknown' } });
  });

  it("another company's conversation, for files and for messages", async () => {
    expect((await upload(PDF, 'kind=document', theirs)).status).toBe(404);
    expect((await write({ location: { latitude: 1, longitude: 2 } }, theirs)).status).toBe(404);
    expect(await rowsMade()).toEqual([]);
  });
});

describe('an invoice of the ISP system', () => {
  const [customer, stranger, invoice, foreign] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const phones = ['5493415550371', '5493415550372', '5493415550373'];
  let chat: TestConversation;
  beforeAll(async () => {
    for (const [id, number, all] of [[customer, '2042', phones], [stranger, '2043', ['5493415550378']]] as const) {
      await rows.query(`insert into customers (company, id, number, document, name, phones, phone_keys) values ('litoral', $1, $2, $2, 'Ana Gómez', $3, $4)`,
        [id, number, all, all.map((one) => one.replace('549', '54'))]);
    }
    for (const [id, owner, number] of [[invoice, customer, 'B-1'], [foreign, stranger, 'B-2']] as const) {
      await rows.query(`insert into invoices (company, id, customer, number, issued_on, due_on, amount, currency) values ('litoral', $1, $2, $3, '2026-01-01', '2026-01-10', 18900.50, 'ARS')`, [id, owner, number]);
    }
  });
  beforeEach(async () => {
    chat = await addConversation(rows, 'litoral', { channel, name: 'Ana', phone: phones.pop()! });
    await addTicket(rows, chat, { state: 'in-progress', assignee: litoral.users.operator });
  });
  const send = (body: object, key = randomUUID(), client = operator) =>
    client.call('POST', `/api/conversations/${chat.conversation}/invoices`, { body, headers: { 'idempotency-key': key } });

  it('is one message of the agent with the document, however often it is asked for', async () => {
    const key = randomUUID();
    const first = await send({ customer, invoice }, key);
    expect(first).toMatchObject({ status: 200, body: { kind: 'message', author: 'agent', text: 'Factura N.º B-1' } });
    expect((await send({ customer, invoice }, key)).body).toEqual(first.body);
    const { rows: sent } = await rows.query<{ sha256: string; kind: string }>(
      'select m.kind, f.sha256 from messages m join media_files f on f.message = m.id where m.conversation = $1', [chat.conversation]);
    expect(sent).toMatchObject([{ kind: 'document' }]);
    expect(Buffer.from((await new LocalFolder(folder).open('litoral', sent[0]!.sha256))!).subarray(0, 5).toString()).toBe('%PDF-');
  });

  it("is never somebody else's: neither their customer nor their invoice under one's own", async () => {
    expect(await send({ customer: stranger, invoice: foreign })).toMatchObject({ status: 422, body: { code: 'customer-not-theirs' } });
    expect(await send({ customer, invoice: foreign })).toMatchObject({ status: 422, body: { code: 'invoice-without-document' } });
    expect((await send({ customer, invoice }, randomUUID(), theirs)).status).toBe(404);
  });

  it('is not sent by who does not have the ticket, nor while the system does not answer', async () => {
    await rows.query('alter table customers rename to customers_away');
    try {
      expect(await send({ customer, invoice })).toMatchObject({ status: 503, body: { code: 'isp-away' } });
    } finally {
      await rows.query('alter table customers_away rename to customers');
    }
    await rows.query('update tickets set assignee = $2 where conversation = $1', [chat.conversation, litoral.users.colleague]);
    expect((await send({ customer, invoice })).status).not.toBe(200);
    const { rows: none } = await rows.query('select from messages where conversation = $1', [chat.conversation]);
    expect(none).toEqual([]);
  });
});
