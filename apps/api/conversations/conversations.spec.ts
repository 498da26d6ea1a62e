import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPool } from '../../../libs/db/pool.js';
import { createTestDatabase, type TestDatabase } from '../../../libs/testing/test-db.js';
import { openApi, type ApiUnderTest } from '../testing/api-under-test.js';
import { addChannel, addConversation, addMessage, addTicket, type TestConversation } from '../testing/conversations.js';
import { addCompanyWithPeople, sessionOf, type Client, type TestCompany } from '../testing/people.js';
import type { CustomerPanel, Entry, EntryPage } from './conversation.schema.js';
import { merged } from './entries.queries.js';

let db: TestDatabase;
let api: ApiUnderTest;
let rows: pg.Pool;
let litoral: TestCompany;
let vecina: TestCompany;
let operator: Client;
let supervisor: Client;
let channel: string;

beforeAll(async () => {
  db = await createTestDatabase();
  rows = openPool(db.superuserUrl, () => undefined, { query_timeout: 20_000 });
  litoral = await addCompanyWithPeople(db, 'litoral');
  vecina = await addCompanyWithPeople(db, 'vecina');
  api = await openApi(db.appUrl);
  operator = await sessionOf(db, api, litoral, 'operator');
  supervisor = await sessionOf(db, api, litoral, 'supervisor');
  channel = await addChannel(rows, 'litoral');
});
afterAll(async () => {
  await api.close();
  await rows.end();
  await db.drop();
});

const chat = (name?: string, phone?: string) => addConversation(rows, 'litoral', { channel, ...(name ? { name } : {}), ...(phone ? { phone } : {}) });
const read = (client: Client, { conversation }: TestConversation, rest = '') => client.call('GET', `/api/conversations/${conversation}${rest}`);
const page = async (client: Client, of: TestConversation, query = '') => (await read(client, of, `/messages${query}`)).body as EntryPage;

describe('a picture that was looked at as a proof of payment', () => {
  it('says what became of it, to whoever sees the chat, and of no other company', async () => {
    const of = await chat('Ana');
    await addTicket(rows, of, { department: litoral.departments.support });
    const [picture, text] = [await addMessage(rows, of, { kind: 'image' }), await addMessage(rows, of)];
    const { rows: [receipt] } = await rows.query<{ id: string }>(
      `insert into receipts (company, source, conversation, message, state, read) values ('litoral', 'chat', $1, $2, 'review', '{}') returning id`, [of.conversation, picture]);
    await rows.query(`insert into receipts (company, source, message, state, read) values ('vecina', 'chat', $1, 'accepted', '{}')`, [text]);
    const { items } = await page(operator, of);
    expect(items.find(({ id }) => id === picture)).toMatchObject({ receipt: { id: receipt!.id, state: 'review' } });
    expect(items.find(({ id }) => id === text)).not.toHaveProperty('receipt');
  });
});

describe('a conversation', () => {
  it('says with whom it is, who speaks, and its open ticket', async () => {
    const of = await chat('Ana', '5493415550201');
    expect(await read(supervisor, of)).toMatchObject({ status: 200, body: {
      id: of.conversation, owner: 'bot', channel: { id: channel, name: 'Soporte' }, contact: { id: of.contact, name: 'Ana', phone: '5493415550201' },
    } });
    await rows.query('update conversations set state = $2 where id = $1', [of.conversation, { v: 1, ownerUntilMs: Date.now() + 60_000 }]);
    expect((await read(supervisor, of)).body).toMatchObject({ owner: 'owner' });
    const ticket = await addTicket(rows, of);
    expect((await read(supervisor, of)).body).toMatchObject({ owner: 'agent', ticket: { id: ticket.id, state: 'pending' } });
  });

  it('calls who hides the number by their name, and who has neither so', async () => {
    expect((await read(supervisor, await chat('Sol'))).body).toMatchObject({ contact: { name: 'Sol' } });
    expect((await read(supervisor, await chat())).body).toMatchObject({ contact: { name: 'Sin nombre' } });
    expect((await read(supervisor, await chat(undefined, '5493415550202'))).body).toMatchObject({ contact: { name: '+5493415550202' } });
  });

  it('is there for an operator while its newest ticket is theirs to see, and else as little as one that does not exist', async () => {
    const of = await chat('Ana');
    expect((await read(operator, of)).status).toBe(404);
    const first = await addTicket(rows, of, { department: litoral.departments.support });
    for (const part of ['', '/messages', '/customer']) expect((await read(operator, of, part)).status, part).toBe(200);
    await rows.query(`update tickets set state = 'closed', assignee = $2, closed_at = now() where id = $1`, [first.id, litoral.users.operator]);
    expect((await read(operator, of)).status).toBe(200);
    await addTicket(rows, of, { state: 'in-progress', assignee: litoral.users.colleague });
    for (const part of ['', '/messages', '/customer']) expect((await read(operator, of, part)).status, part).toBe(404);
    expect((await supervisor.call('GET', `/api/conversations/${randomUUID()}`)).status).toBe(404);
  });

  it("is not another company's", async () => {
    const theirs = await sessionOf(db, api, vecina, 'administrator');
    const of = await chat('Ana');
    for (const part of ['', '/messages', '/customer']) expect((await read(theirs, of, part)).status, part).toBe(404);
    expect((await theirs.call('POST', `/api/conversations/${of.conversation}/messages`, { body: { text: 'hola' } })).status).toBe(404);
  });
});

describe('its messages', () => {
  it('come in pages from the newest back, each entry once, notes and events where they belong', async () => {
    const of = await chat('Ana');
    const at = (second: number) => new Date(Date.UTC(2026, 0, 5, 12, 0, second));
    const ticket = await addTicket(rows, of, { state: 'in-progress', assignee: litoral.users.operator });
    await rows.query('update ticket_events set at = $2 where ticket = $1', [ticket.id, at(35)]);
    await rows.query(`insert into notes (company, id, conversation, ticket, author, text, at) values ('litoral', $1, $2, $3, $4, 'ojo', $5)`,
      [randomUUID(), of.conversation, ticket.id, litoral.users.supervisor, at(72)]);
    const written: string[] = [];
    for (let i = 0; i < 12; i++) written.push(await addMessage(rows, of, { text: `m${i}`, at: at(i * 10) }));
    const all: Entry[] = [];
    let before = '';
    for (;;) {
      const { items, older } = await page(operator, of, `?limit=5${before}`);
      all.unshift(...items);
      if (!older) break;
      expect(items[0]!.kind).toBe('message');
      before = `&before=${items[0]!.id}`;
    }
    const words = all.map(({ kind, text, contentKind }) => (kind === 'event' ? contentKind : text));
    expect(words).toEqual(['m0', 'm1', 'm2', 'm3', 'opened', 'm4', 'm5', 'm6', 'm7', 'ojo', 'm8', 'm9', 'm10', 'm11']);
    expect(all.filter(({ kind }) => kind === 'message').map(({ id }) => id)).toEqual(written);
    expect(all.find(({ kind }) => kind === 'note')).toMatchObject({ author: 'agent', agent: { name: 'supervisor de litoral' } });
  });

  it('say who wrote them and what became of them', async () => {
    const of = await chat('Ana');
    await addTicket(rows, of, { state: 'in-progress', assignee: litoral.users.operator });
    await addMessage(rows, of, { text: 'hola' });
    await addMessage(rows, of, { author: 'bot', text: '¡Hola!', state: 'read' });
    const failed = await addMessage(rows, of, { author: 'agent', agent: litoral.users.operator, text: 'ya lo veo', state: 'failed' });
    await rows.query(`update messages set cause = '463' where id = $1`, [failed]);
    const { items } = await page(operator, of);
    expect(items.filter(({ kind }) => kind === 'message')).toMatchObject([
      { author: 'customer', direction: 'in', text: 'hola', contentKind: 'text' }, { author: 'bot', direction: 'out', state: 'read' },
      { id: failed, author: 'agent', agent: { id: litoral.users.operator, name: 'operator de litoral' }, state: 'failed', cause: '463' },
    ]);
    expect(items[0]).not.toHaveProperty('state');
  });

  it('keep the order of the journal where a customer’s clock counts seconds only', () => {
    const entry = (id: string, at: string, kind: Entry['kind'] = 'message'): Entry => ({ id, kind, at, author: 'x' });
    const messages = [entry('1', '10:00:05.500'), entry('2', '10:00:05.000'), entry('3', '10:00:07.000')];
    expect(merged(messages, [entry('n', '10:00:05.200', 'note'), entry('m', '10:00:06.000', 'note')]).map(({ id }) => id)).toEqual(['n', '1', '2', 'm', '3']);
  });
});

describe('the customer beside the chat', () => {
  const [customer, plan, service] = [randomUUID(), randomUUID(), randomUUID()];
  beforeAll(async () => {
    await rows.query(`insert into customers (company, id, number, document, name, phones, phone_keys) values ('litoral', $1, '1042', '30111222', 'Ana Gómez', '{5493415550301}', '{543415550301}')`, [customer]);
    await rows.query(`insert into plans (company, id, name, down_mbps, up_mbps, price, currency) values ('litoral', $1, 'Fibra 300', 300, 100, 18900.50, 'ARS')`, [plan]);
    await rows.query(`insert into services (company, id, customer, number, plan, address, status, online, signal_dbm, online_since)
      values ('litoral', $1, $2, '77', $3, 'Mitre 12', 'active', true, -21.5, '2026-01-05T12:00:00Z')`, [service, customer, plan]);
    await rows.query(`insert into invoices (company, customer, number, issued_on, due_on, amount, currency) values ('litoral', $1, 'A-1', '2026-01-01', '2026-01-10', 18900.50, 'ARS')`, [customer]);
  });

  it('is whoever has the phone, with services and account, the document masked', async () => {
    const of = await chat('Ani', '5493415550301');
    const { body } = await read(supervisor, of, '/customer');
    expect(body).toMatchObject({ found: true, customers: [{
      name: 'Ana Gómez', number: '1042', document: '•••••222', balance: { amount: '18900.50', currency: 'ARS' }, dueOn: '2026-01-10',
      phones: ['5493415550301'], status: 'active',
      services: [{ plan: 'Fibra 300', address: 'Mitre 12', number: '77', price: { amount: '18900.50', currency: 'ARS' }, status: 'active', online: true, since: '2026-01-05T12:00:00.000Z', signalDbm: -21.5 }],
      invoices: [{ number: 'A-1', dueOn: '2026-01-10', amount: { amount: '18900.50', currency: 'ARS' }, state: 'open' }],
    }], sendsInvoices: true });
    expect((body as CustomerPanel).layout.map(({ group }) => group)).toContain('invoices');
    expect(JSON.stringify(body)).not.toContain('30111222');
    expect(body).not.toHaveProperty('unavailable');
    await rows.query(
      `insert into receipts (company, source, state, customer, invoice_number, read) values ('litoral', 'panel', 'review', $1, 'A-1', '{}'), ('vecina', 'panel', 'review', $1, 'A-1', '{}')`, [customer]);
    const invoices = async () => ((await read(supervisor, of, '/customer')).body as CustomerPanel).customers[0]!.invoices;
    expect(await invoices()).toMatchObject([{ number: 'A-1', state: 'in-review' }]);
    await rows.query(`update receipts set state = 'accepted' where company = 'litoral'`);
    expect(await invoices()).toMatchObject([{ number: 'A-1', state: 'open' }]);
  });

  it('is nobody for a stranger and for who hides the number', async () => {
    for (const of of [await chat('X', '5493415559999'), await chat('Y')]) {
      expect((await read(supervisor, of, '/customer')).body).toMatchObject({ found: false, customers: [] });
    }
  });

  it('is told as not known, and not as nobody, while the system does not answer', async () => {
    const of = await chat('Ani', '5493415550311');
    await rows.query('alter table customers rename to customers_away');
    try {
      expect((await read(supervisor, of, '/customer')).body as CustomerPanel).toMatchObject({ found: false, unavailable: true });
    } finally {
      await rows.query('alter table customers_away rename to customers');
    }
  });

  it("is never another company's customer with the same phone", async () => {
    const theirChannel = await addChannel(rows, 'vecina');
    const of = await addConversation(rows, 'vecina', { channel: theirChannel, phone: '5493415550302' });
    await rows.query(`insert into contact_addresses select 'vecina', '5493415550301@s.whatsapp.net', $1`, [of.contact]);
    const theirs = await sessionOf(db, api, vecina, 'supervisor');
    expect((await read(theirs, of, '/customer')).body).toMatchObject({ found: false });
  });
});
