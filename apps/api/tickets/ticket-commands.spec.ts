import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPool } from '../../../libs/db/pool.js';
import { waitFor } from '../../../libs/testing/wait-for.js';
import { createTestDatabase, type TestDatabase } from '../../../libs/testing/test-db.js';
import { openApi, type ApiUnderTest } from '../testing/api-under-test.js';
import { addChannel, addConversation, addTicket, type NewTicket, type TestTicket } from '../testing/conversations.js';
import { startEngine, type EngineUnderTest } from '../testing/engine-under-test.js';
import { addCompanyWithPeople, sessionOf, type Client, type TestCompany } from '../testing/people.js';
import { listening } from '../testing/screen.js';

let db: TestDatabase;
let api: ApiUnderTest;
let engine: EngineUnderTest;
let rows: pg.Pool;
let litoral: TestCompany;
let vecina: TestCompany;
let channel: string;
let operator: Client;
let colleague: Client;
let supervisor: Client;

beforeAll(async () => {
  db = await createTestDatabase();
  rows = openPool(db.superuserUrl, () => undefined, { query_timeout: 20_000 });
  litoral = await addCompanyWithPeople(db, 'litoral');
  vecina = await addCompanyWithPeople(db, 'vecina');
  engine = await startEngine(db.appUrl);
  api = await openApi(db.appUrl, { environment: { DATABASE_URL: db.appUrl, TEMPORAL_ADDRESS: engine.address } });
  operator = await sessionOf(db, api, litoral, 'operator');
  colleague = await sessionOf(db, api, litoral, 'colleague');
  supervisor = await sessionOf(db, api, litoral, 'supervisor');
  channel = await addChannel(rows, 'litoral');
}, 120_000);
afterAll(async () => {
  await api.close();
  await engine.stop();
  await rows.end();
  await db.drop();
});

async function ticket(more: NewTicket = {}): Promise<TestTicket> {
  return addTicket(rows, await addConversation(rows, 'litoral', { channel, name: 'Ana' }), more);
}
const post = (client: Client, { id }: TestTicket, action: string, body: object = {}, key = randomUUID()) =>
  client.call('POST', `/api/tickets/${id}/${action}`, { body, headers: { 'idempotency-key': key } });
const row = async ({ id }: TestTicket) => (await rows.query<{ state: string; assignee: string | null; close_comment: string | null }>(
  'select state, assignee, close_comment from tickets where id = $1', [id])).rows[0]!;
const counted = async (table: 'outbox_texts' | 'notes' | 'ticket_events', { id }: TestTicket) =>
  Number((await rows.query<{ n: string }>(`select count(*) n from ${table} where ticket = $1`, [id])).rows[0]!.n);

describe('a ticket over HTTP', () => {
  it('is taken, noted, transferred with a note, taken back, closed with a comment and opened again', async () => {
    const it_ = await ticket({ department: litoral.departments.support });
    expect(await post(operator, it_, 'take')).toMatchObject({ status: 200, body: { ticket: { id: it_.id, state: 'in-progress', assignee: { id: litoral.users.operator, name: 'operator de litoral' } } } });
    expect((await post(operator, it_, 'notes', { text: 'es reincidente' })).status).toBe(200);
    expect(await post(operator, it_, 'transfer', { to: { department: litoral.departments.sales }, note: 'quiere cambiar de plan' })).toMatchObject({
      status: 200, body: { ticket: { state: 'pending', department: { id: litoral.departments.sales, name: 'sales' } } },
    });
    expect(await counted('notes', it_)).toBe(2);
    expect((await post(supervisor, it_, 'transfer', { to: { agent: litoral.users.operator } })).status).toBe(200);
    expect(await post(operator, it_, 'close', { comment: 'resuelto' })).toMatchObject({ status: 200, body: { ticket: { state: 'closed' } } });
    expect(await row(it_)).toMatchObject({ state: 'closed', close_comment: 'resuelto' });
    expect(await post(operator, it_, 'reopen')).toMatchObject({ status: 200, body: { ticket: { state: 'in-progress', assignee: { id: litoral.users.operator } } } });
    const trail = (await operator.call('GET', `/api/tickets/${it_.id}`)).body as { events: { kind: string; comment?: string }[] };
    expect(trail.events.map(({ kind }) => kind)).toEqual(['opened', 'taken', 'noted', 'transferred', 'transferred', 'closed', 'reopened']);
    expect(trail.events.find(({ kind }) => kind === 'closed')).toMatchObject({ comment: 'resuelto' });
  });

  it('is done once under one key, however often it is asked', async () => {
    const it_ = await ticket();
    const key = randomUUID();
    const answers = [await post(operator, it_, 'take', {}, key), await post(operator, it_, 'take', {}, key)];
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await counted('ticket_events', it_)).toBe(2); // opened, taken
  });

  it('names who was faster, and since when', async () => {
    const it_ = await ticket();
    await post(colleague, it_, 'take');
    await rows.query(`update tickets set taken_at = now() - interval '2 seconds' where id = $1`, [it_.id]);
    expect(await post(operator, it_, 'take')).toMatchObject({
      status: 409,
      body: { code: 'ticket-taken', owner: { id: litoral.users.colleague, name: 'colleague de litoral' }, detail: expect.stringMatching(/^Lo tomó colleague de litoral hace [23] s$/) as string },
    });
  });

  it('is refused in words for what cannot be, and leaves no text behind', async () => {
    const taken = await ticket({ state: 'in-progress', assignee: litoral.users.colleague });
    const closed = await ticket({ state: 'closed', assignee: litoral.users.operator });
    const mine = await ticket({ state: 'in-progress', assignee: litoral.users.operator });
    expect(await post(operator, closed, 'take')).toMatchObject({ status: 409, body: { code: 'ticket-closed' } });
    expect(await post(operator, closed, 'notes', { text: 'tarde' })).toMatchObject({ status: 409, body: { code: 'ticket-closed' } });
    expect(await post(operator, mine, 'reopen')).toMatchObject({ status: 409, body: { code: 'ticket-open' } });
    expect(await post(operator, mine, 'transfer', { to: { agent: randomUUID() }, note: 'a nadie' })).toMatchObject({ status: 422, body: { code: 'target-unknown' } });
    expect((await post(operator, taken, 'close', { comment: 'no es mío' })).status).toBe(404);
    for (const one of [taken, closed, mine]) expect(await counted('outbox_texts', one)).toBe(0);
  });

  it("is not given to another company's people, nor taken by them", async () => {
    const mine = await ticket({ state: 'in-progress', assignee: litoral.users.operator });
    expect(await post(operator, mine, 'transfer', { to: { agent: vecina.users.operator } })).toMatchObject({ status: 422 });
    expect(await post(operator, mine, 'transfer', { to: { department: vecina.departments.sales } })).toMatchObject({ status: 422 });
    const theirs = await sessionOf(db, api, vecina, 'administrator');
    for (const [action, body] of [['take', {}], ['notes', { text: 'x' }], ['close', {}], ['reopen', {}], ['transfer', { to: { agent: vecina.users.operator } }]] as const) {
      expect((await post(theirs, mine, action, body)).status, action).toBe(404);
    }
    expect(await row(mine)).toMatchObject({ state: 'in-progress', assignee: litoral.users.operator });
  });
});

describe('a thousand takes of one ticket at once', () => {
  it('are one 200 and 999 answers that name the owner', async () => {
    const it_ = await ticket({ department: litoral.departments.support });
    const port = await listening(api);
    const agent = new Agent({ keepAlive: true, maxSockets: 1_000 });
    const clients = [operator, supervisor, await sessionOf(db, api, litoral, 'administrator')];
    const take = (client: Client) => new Promise<{ status: number; body: { code?: string; owner?: { name: string } } }>((resolve, reject) => {
      const headers = {
        host: litoral.host, origin: `http://${litoral.host}`, cookie: client.cookie, 'x-csrf-token': client.csrf, 'idempotency-key': randomUUID(),
        'content-type': 'application/json', 'content-length': '2',
      };
      const asked = request({ port, host: '127.0.0.1', agent, method: 'POST', path: `/api/tickets/${it_.id}/take`, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.on('end', () => resolve({ status: response.statusCode!, body: JSON.parse(text) as { code?: string } }));
      });
      asked.on('error', reject);
      asked.end('{}');
    });
    const beganAt = performance.now();
    const answers = await Promise.all(Array.from({ length: 1_000 }, (_, i) => take(clients[i % clients.length]!)));
    const tookMs = Math.round(performance.now() - beganAt);
    agent.destroy();
    const count = (wanted: number) => answers.filter(({ status }) => status === wanted).length;
    expect({ taken: count(200), refused: count(409), all: answers.length }, `after ${tookMs} ms`).toEqual({ taken: 1, refused: 999, all: 1_000 });
    const { assignee } = await row(it_);
    const { rows: [owner] } = await rows.query<{ name: string }>('select name from users where id = $1', [assignee]);
    const refused = answers.filter(({ status }) => status === 409);
    expect(new Set(refused.map(({ body }) => `${body.code} ${body.owner?.name}`))).toEqual(new Set([`ticket-taken ${owner!.name}`]));
    expect(await counted('ticket_events', it_)).toBe(2);
  }, 120_000);
});

describe('while the workflow does not answer in time', () => {
  /** Holds rows against the worker until they are let go. */
  async function holding(...tickets: TestTicket[]): Promise<() => Promise<void>> {
    const holder = await rows.connect();
    await holder.query('begin');
    await holder.query('select from tickets where id = any($1) for no key update', [tickets.map(({ id }) => id)]);
    return async () => {
      await holder.query('commit');
      holder.release();
    };
  }

  it('a note is taken back and said to be undone, and what has no text is said to be unknown; both are done once when they are sent again', async () => {
    const noted = await ticket({ state: 'in-progress', assignee: litoral.users.operator });
    const taken = await ticket();
    const keys = [randomUUID(), randomUUID()] as const;
    const note = () => post(operator, noted, 'notes', { text: 'una nota' }, keys[0]);
    const take = () => post(operator, taken, 'take', {}, keys[1]);
    const letGo = await holding(noted, taken);
    try {
      const [undone, unknown] = await Promise.all([note(), take()]);
      expect(undone).toMatchObject({ status: 503, body: { code: 'engine-away' } });
      expect(unknown).toMatchObject({ status: 503, body: { code: 'engine-late' }, headers: { 'retry-after': '5' } });
      expect(await counted('outbox_texts', noted)).toBe(0);
    } finally {
      await letGo();
    }
    // What was asked first ends meanwhile, without its text; what is asked now must not get that answer.
    await waitFor('the ticket to be taken', async () => (await row(taken)).state === 'in-progress');
    expect(await note()).toMatchObject({ status: 200 });
    expect(await counted('notes', noted)).toBe(1);
    expect(await take()).toMatchObject({ status: 409, body: { code: 'ticket-taken', owner: { id: litoral.users.operator } } });
    expect(await counted('ticket_events', taken)).toBe(2);
  }, 60_000);
});

describe('while Temporal is away', () => {
  it('a command that was done before is answered as done, and its text stays', async () => {
    const cut = await openApi(db.appUrl, { environment: { DATABASE_URL: db.appUrl, TEMPORAL_ADDRESS: '127.0.0.1:1' } });
    const client = await sessionOf(db, cut, litoral, 'operator');
    const mine = await ticket({ state: 'in-progress', assignee: litoral.users.operator });
    const key = randomUUID();
    await rows.query(`insert into ticket_events (company, ticket, kind, data) values ('litoral', $1, 'noted', $2)`, [mine.id, { command: key }]);
    await rows.query(
      `insert into outbox_texts (company, request, conversation, ticket, agent, kind, text, settled_at) select 'litoral', $1, conversation, id, $2, 'note', 'una nota', now() from tickets where id = $3`,
      [key, litoral.users.operator, mine.id]);
    expect(await post(client, mine, 'notes', { text: 'una nota' }, key)).toMatchObject({ status: 200 });
    expect(await counted('outbox_texts', mine)).toBe(1);
    await cut.close();
  }, 60_000);

  it('a command is refused with 503 and Retry-After, and nothing is half done', async () => {
    const cut = await openApi(db.appUrl, { environment: { DATABASE_URL: db.appUrl, TEMPORAL_ADDRESS: '127.0.0.1:1' } });
    const client = await sessionOf(db, cut, litoral, 'operator');
    const mine = await ticket({ state: 'in-progress', assignee: litoral.users.operator });
    const key = randomUUID();
    const away = await post(client, mine, 'notes', { text: 'una nota' }, key);
    expect(away).toMatchObject({ status: 503, body: { code: 'engine-away' }, headers: { 'retry-after': '5' } });
    expect(await counted('outbox_texts', mine)).toBe(0);
    expect((await client.call('GET', `/api/tickets/${mine.id}`)).status).toBe(200);
    await cut.close();
    expect((await post(operator, mine, 'notes', { text: 'una nota' }, key)).status).toBe(200);
    expect(await counted('notes', mine)).toBe(1);
  });
});
