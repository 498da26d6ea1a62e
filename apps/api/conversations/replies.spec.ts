import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPool } from '../../../libs/db/pool.js';
import { createTestDatabase, type TestDatabase } from '../../../libs/testing/test-db.js';
import { openApi, type ApiUnderTest } from '../testing/api-under-test.js';
import { addChannel, addConversation, addTicket, type NewTicket, type TestConversation } from '../testing/conversations.js';
import { startEngine, type EngineUnderTest } from '../testing/engine-under-test.js';
import { addCompanyWithPeople, sessionOf, type Client, type TestCompany } from '../testing/people.js';
import type { Entry } from './conversation.schema.js';

let db: TestDatabase;
let api: ApiUnderTest;
let engine: EngineUnderTest;
let rows: pg.Pool;
let litoral: TestCompany;
let vecina: TestCompany;
let operator: Client;
let channel: string;

beforeAll(async () => {
  db = await createTestDatabase();
  rows = openPool(db.superuserUrl, () => undefined, { query_timeout: 20_000 });
  litoral = await addCompanyWithPeople(db, 'litoral');
  vecina = await addCompanyWithPeople(db, 'vecina');
  engine = await startEngine(db.appUrl);
  api = await openApi(db.appUrl, { environment: { TEMPORAL_ADDRESS: engine.address } });
  operator = await sessionOf(db, api, litoral, 'operator');
  channel = await addChannel(rows, 'litoral');
}, 120_000);
afterAll(async () => {
  await api.close();
  await engine.stop();
  await rows.end();
  await db.drop();
});

async function chat(ticket: NewTicket = { state: 'in-progress', assignee: litoral.users.operator }): Promise<TestConversation> {
  const of = await addConversation(rows, 'litoral', { channel, name: 'Ana' });
  await addTicket(rows, of, ticket);
  return of;
}
const write = (client: Client, { conversation }: TestConversation, text: string, key = randomUUID()) =>
  client.call('POST', `/api/conversations/${conversation}/messages`, { body: { text }, headers: { 'idempotency-key': key } });
const written = async ({ conversation }: TestConversation) => (await rows.query<{ id: string; text: string; state: string; agent: string }>(
  'select id, text, state, agent from messages where conversation = $1 order by id', [conversation])).rows;
const accepted = async ({ conversation }: TestConversation) => (await rows.query('select 1 from outbox_texts where conversation = $1', [conversation])).rowCount;

describe('a reply', () => {
  it('becomes a message of the agent, queued', async () => {
    const of = await chat();
    const { status, body } = await write(operator, of, '  ya lo veo  ');
    expect(status).toBe(200);
    const [row] = await written(of);
    expect(row).toMatchObject({ text: 'ya lo veo', agent: litoral.users.operator });
    expect(body as Entry).toMatchObject({ id: row!.id, kind: 'message', direction: 'out', author: 'agent', agent: { name: 'operator de litoral' }, text: 'ya lo veo', state: 'queued' });
  });

  it('leaves in the order in which it was written', async () => {
    const of = await chat();
    const texts = Array.from({ length: 6 }, (_, i) => `línea ${i}`);
    for (const text of texts) expect((await write(operator, of, text)).status).toBe(200);
    expect((await written(of)).map(({ text }) => text)).toEqual(texts);
  });

  it('is one message under one key, however often it is sent', async () => {
    const of = await chat();
    const key = randomUUID();
    const answers = [await write(operator, of, 'una vez', key), await write(operator, of, 'una vez', key)];
    expect(answers[1]!.body).toEqual(answers[0]!.body);
    expect(await written(of)).toHaveLength(1);
    expect(await write(operator, of, 'otra cosa', key)).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
  });

  it('is refused to whoever does not have the ticket, with the name of who has', async () => {
    const supervisor = await sessionOf(db, api, litoral, 'supervisor');
    const theirs = await chat({ state: 'in-progress', assignee: litoral.users.colleague });
    expect(await write(supervisor, theirs, 'hola')).toMatchObject({ status: 409, body: { code: 'not-yours', owner: { name: 'colleague de litoral' } } });
    const waiting = await chat({});
    expect(await write(operator, waiting, 'hola')).toMatchObject({ status: 409, body: { code: 'not-yours' } });
    const closed = await chat({ state: 'closed', assignee: litoral.users.operator });
    expect(await write(operator, closed, 'hola')).toMatchObject({ status: 409, body: { code: 'ticket-closed' } });
    expect((await write(operator, theirs, 'hola')).status).toBe(404);
    for (const of of [theirs, waiting, closed]) expect([await written(of), await accepted(of)]).toEqual([[], 0]);
  });

  it.each(['', '   ', 'x'.repeat(70_000)])('is refused when it is no text that WhatsApp would take', async (text) => {
    expect((await write(operator, await chat(), text)).status).toBe(400);
  });

  it("is not written in another company's conversation", async () => {
    const of = await chat();
    const theirs = await sessionOf(db, api, vecina, 'administrator');
    expect((await write(theirs, of, 'hola')).status).toBe(404);
    expect([await written(of), await accepted(of)]).toEqual([[], 0]);
  });

  it('that could not be given to Temporal is not sent later with another one; one that became a message without our hearing of it is answered with that', async () => {
    const cut = await openApi(db.appUrl, { environment: { TEMPORAL_ADDRESS: '127.0.0.1:1' } });
    const [of, other, key] = [await chat(), await chat(), randomUUID()];
    const sent = await write(operator, other, 'llegó', key);
    await rows.query('delete from idempotency_keys where key = $1', [key]);
    const client = await sessionOf(db, cut, litoral, 'operator');
    const [away, repeated] = await Promise.all([write(client, of, 'se perdió'), write(client, other, 'llegó', key)]);
    expect(repeated).toMatchObject({ status: sent.status, body: { id: (sent.body as Entry).id } });
    expect(away).toMatchObject({ status: 503, body: { code: 'engine-away' }, headers: { 'retry-after': '5' } });
    await cut.close();
    await write(operator, of, 'esta sí');
    expect((await written(of)).map(({ text }) => text)).toEqual(['esta sí']);
  });
});
