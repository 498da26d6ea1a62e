import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openPool } from '../../../libs/db/pool.js';
import { createTestDatabase, type TestDatabase } from '../../../libs/testing/test-db.js';
import { openApi, type ApiUnderTest } from '../testing/api-under-test.js';
import { addChannel, addConversation, addMessage, addTicket, type NewTicket } from '../testing/conversations.js';
import { addCompanyWithPeople, sessionOf, type Client, type TestCompany } from '../testing/people.js';
import type { TicketPage, TicketView } from './ticket.schema.js';

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
beforeEach(async () => {
  await rows.query('update conversations set ticket = null; truncate ticket_events, tickets, notes, outbox_texts, contact_addresses cascade');
});
afterAll(async () => {
  await api.close();
  await rows.end();
  await db.drop();
});

const chat = (name?: string, phone?: string) => addConversation(rows, 'litoral', { channel, ...(name ? { name } : {}), ...(phone ? { phone } : {}) });
const ticket = async (more: NewTicket = {}, name?: string, phone?: string) => addTicket(rows, await chat(name, phone), more);
async function list(client: Client, query = ''): Promise<TicketPage> {
  const { status, body } = await client.call('GET', `/api/tickets${query}`);
  expect(status).toBe(200);
  return body as TicketPage;
}
const ids = ({ items }: TicketPage) => items.map(({ id }) => id);

describe('the queue', () => {
  it('is what an operator may see, counted', async () => {
    const { operator: me, colleague } = litoral.users;
    const waiting = await ticket({ department: litoral.departments.support });
    const anybodys = await ticket();
    await ticket({ department: litoral.departments.sales });
    const mine = await ticket({ state: 'in-progress', assignee: me, department: litoral.departments.sales });
    await ticket({ state: 'in-progress', assignee: colleague });
    expect(await list(operator)).toMatchObject({ counts: { pending: 2, inProgress: 1, mine: 1 } });
    expect(ids(await list(operator, '?state=pending'))).toEqual([waiting.id, anybodys.id]);
    expect(ids(await list(operator, '?mine=1'))).toEqual([mine.id]);
    expect(await list(supervisor)).toMatchObject({ counts: { pending: 3, inProgress: 2, mine: 0 } });
  });

  it('shows who waits, since when, and what was last said', async () => {
    const of = await chat('Ana Gómez', '5493415550101');
    const opened = await addTicket(rows, of, { department: litoral.departments.support, summary: 'Sin señal' });
    await addMessage(rows, of, { text: 'hola?' });
    await addMessage(rows, of, { author: 'agent', agent: litoral.users.operator, text: 'ya lo veo' });
    await addMessage(rows, of, { text: 'gracias' });
    await addMessage(rows, of, { text: 'sigo esperando' });
    expect((await list(supervisor)).items).toMatchObject([{
      id: opened.id, number: opened.number, state: 'pending', summary: 'Sin señal', conversation: of.conversation, unread: 2,
      contact: { id: of.contact, name: 'Ana Gómez', phone: '5493415550101' }, department: { id: litoral.departments.support, name: 'support' },
      lastMessage: { text: 'sigo esperando', author: 'customer' },
    }]);
    expect((await list(supervisor)).items[0]).not.toHaveProperty('assignee');
  });

  it('begins with the longest wait, and goes on from a cursor without a gap or a repetition', async () => {
    const made = [];
    for (let i = 0; i < 7; i++) made.push((await ticket()).id);
    await rows.query(`update tickets set waiting_since = null where id = $1`, [made[1]]);
    await rows.query(`update tickets set waiting_since = '2020-01-01' where id = $1`, [made[4]]);
    const expected = [made[4], made[0], made[2], made[3], made[5], made[6], made[1]];
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list(supervisor, `?state=pending&limit=2${cursor ? `&cursor=${cursor}` : ''}`);
      seen.push(...ids(page));
      cursor = page.cursor;
    } while (cursor);
    expect(seen).toEqual(expected);
  });

  it('shows closed ones newest first, only when they are asked for', async () => {
    const [first, second] = [await ticket({ state: 'closed' }), await ticket({ state: 'closed' })];
    expect((await list(supervisor)).items).toEqual([]);
    expect(ids(await list(supervisor, '?state=closed'))).toEqual([second.id, first.id]);
  });

  it.each([['gomez', 'Ana Gómez'], ['GÓM', 'Ana Gómez'], ['555 0199', 'Beto'], ['fibra', 'Carla'], ['100%', 'Dora']])('finds «%s»', async (q, name) => {
    const made = new Map([
      ['Ana Gómez', await ticket({}, 'Ana Gómez')], ['Beto', await ticket({}, 'Beto', '5493415550199')],
      ['Carla', await ticket({ summary: 'Se cortó la FIBRA' }, 'Carla')], ['Dora', await ticket({ summary: 'pierdo 100% de paquetes' }, 'Dora')],
    ]);
    expect(ids(await list(supervisor, `?q=${encodeURIComponent(q)}`))).toEqual([made.get(name)!.id]);
  });

  it('finds a ticket by its number, and is narrowed to a department', async () => {
    const sales = await ticket({ department: litoral.departments.sales });
    await ticket();
    expect(ids(await list(supervisor, `?q=${encodeURIComponent(`#${sales.number}`)}`))).toContain(sales.id);
    expect(ids(await list(supervisor, `?department=${litoral.departments.sales}`))).toEqual([sales.id]);
  });

  it('refuses what is no query of ours', async () => {
    for (const query of ['?state=lost', '?limit=0', '?limit=1000', '?cursor=x', '?department=1']) {
      expect((await supervisor.call('GET', `/api/tickets${query}`)).status, query).toBe(400);
    }
  });

  it("is not another company's", async () => {
    await ticket();
    const theirs = await sessionOf(db, api, vecina, 'administrator');
    expect(await list(theirs)).toEqual({ items: [], counts: { pending: 0, inProgress: 0, mine: 0 } });
  });
});

describe('one ticket', () => {
  it('has its trail, and the earlier ones of the same customer that one may see', async () => {
    const of = await chat('Ana');
    const earlier = await addTicket(rows, of, { state: 'closed', assignee: litoral.users.operator });
    await addTicket(rows, of, { state: 'closed', assignee: litoral.users.colleague });
    const open = await addTicket(rows, of, { state: 'in-progress', assignee: litoral.users.operator });
    await rows.query(`insert into ticket_events (company, ticket, kind, actor, data) values ('litoral', $1, 'transferred', $2, $3)`,
      [open.id, litoral.users.supervisor, { agent: litoral.users.operator }]);
    const { status, body } = await operator.call('GET', `/api/tickets/${open.id}`);
    expect(status).toBe(200);
    const view = body as TicketView;
    expect(view.events).toMatchObject([
      { kind: 'opened' }, { kind: 'transferred', actor: { name: 'supervisor de litoral' }, to: { id: litoral.users.operator, name: 'operator de litoral' } },
    ]);
    expect(view.earlier.map(({ id }) => id)).toEqual([earlier.id]);
    expect((await supervisor.call('GET', `/api/tickets/${open.id}`)).body).toHaveProperty('earlier.length', 2);
  });

  it('is as little there for who may not see it as one that does not exist', async () => {
    const hidden = await ticket({ department: litoral.departments.sales });
    const [one, none] = [await operator.call('GET', `/api/tickets/${hidden.id}`), await operator.call('GET', `/api/tickets/${randomUUID()}`)];
    const anonymous = (answer: typeof one) => ({ ...answer, headers: {}, body: { ...(answer.body as object), requestId: '' } });
    expect(anonymous(one)).toEqual(anonymous(none));
    expect(one.status).toBe(404);
    for (const action of ['take', 'notes', 'close', 'reopen']) {
      const answer = await operator.call('POST', `/api/tickets/${hidden.id}/${action}`, { body: { text: 'x' } });
      expect(answer.status, action).toBe(404);
    }
  });

  it("is not another company's", async () => {
    const theirs = await sessionOf(db, api, vecina, 'administrator');
    const { id } = await ticket();
    expect((await theirs.call('GET', `/api/tickets/${id}`)).status).toBe(404);
  });

  it('leads an administrator to its workflow where there is one company, and nobody else', async () => {
    const { id } = await ticket();
    const administrator = await sessionOf(db, api, litoral, 'administrator');
    expect((await administrator.call('GET', `/api/tickets/${id}`)).body).not.toHaveProperty('workflowUrl');
  });
});
