import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPool } from '../../../libs/db/pool.js';
import { createTestDatabase, type TestDatabase } from '../../../libs/testing/test-db.js';
import { openApi, type ApiUnderTest } from '../testing/api-under-test.js';
import { addChannel, addConversation, addTicket } from '../testing/conversations.js';
import { addCompanyWithPeople, sessionOf, type Client, type TestCompany } from '../testing/people.js';
import type { Notification } from '../notifications/notification.schema.js';
import type { Found } from './search.schema.js';

let db: TestDatabase;
let api: ApiUnderTest;
let rows: pg.Pool;
let litoral: TestCompany;
let operator: Client;
let supervisor: Client;
let theirs: Client;
let channel: string;

beforeAll(async () => {
  db = await createTestDatabase();
  rows = openPool(db.superuserUrl, () => undefined, { query_timeout: 20_000 });
  litoral = await addCompanyWithPeople(db, 'litoral');
  const vecina = await addCompanyWithPeople(db, 'vecina');
  api = await openApi(db.appUrl);
  operator = await sessionOf(db, api, litoral, 'operator');
  supervisor = await sessionOf(db, api, litoral, 'supervisor');
  theirs = await sessionOf(db, api, vecina, 'administrator');
  channel = await addChannel(rows, 'litoral');
});
afterAll(async () => {
  await api.close();
  await rows.end();
  await db.drop();
});
const find = async (client: Client, q: string) => (await client.call('GET', `/api/search?q=${encodeURIComponent(q)}`)).body as Found;

describe('search', () => {
  it('finds people by name without accents or by phone, and tickets open ones first, within what one may see', async () => {
    const jose = await addConversation(rows, 'litoral', { channel, name: 'José Núñez', phone: '5493415550401' });
    const hidden = await addConversation(rows, 'litoral', { channel, name: 'Josefina', phone: '5493415550402' });
    const closed = await addTicket(rows, jose, { state: 'closed', assignee: litoral.users.colleague });
    const open = await addTicket(rows, jose, { department: litoral.departments.support });
    await addTicket(rows, hidden, { department: litoral.departments.sales });
    expect((await find(supervisor, 'jose')).people).toMatchObject([{ name: 'José Núñez', phone: '5493415550401', conversation: jose.conversation }, { name: 'Josefina' }]);
    expect((await find(supervisor, 'nunez')).tickets.map(({ id }) => id)).toEqual([open.id, closed.id]);
    expect((await find(operator, 'jose')).people.map(({ name }) => name)).toEqual(['José Núñez']);
    expect((await find(operator, 'nunez')).tickets.map(({ id }) => id)).toEqual([open.id]);
    expect((await find(supervisor, '550402')).people).toMatchObject([{ name: 'Josefina' }]);
    for (const typed of ['0341 15 555-0402', '(0341) 555 0402', '+54 341 555-0402', '54 9 341 5550402', '341-15-5550402']) {
      expect((await find(supervisor, typed)).people.map(({ name }) => name), typed).toEqual(['Josefina']);
      expect((await find(supervisor, typed)).tickets.map(({ contact }) => contact.name), typed).toEqual(['Josefina']);
      expect((await find(operator, typed)).people, typed).toEqual([]);
      expect(await find(theirs, typed), typed).toEqual({ people: [], tickets: [] });
    }
    expect(await find(theirs, 'jose')).toEqual({ people: [], tickets: [] });
  });

  it.each(['', 'j', '%', '_', '%%'])('finds nobody for «%s»', async (q) => expect(await find(supervisor, q)).toEqual({ people: [], tickets: [] }));
});

describe('notifications', () => {
  it('are what others did that concerns me, in words', async () => {
    await rows.query('update conversations set ticket = null; truncate ticket_events, tickets cascade');
    const chat = (name: string) => addConversation(rows, 'litoral', { channel, name });
    const event = (ticket: string, kind: string, actor: string, data: object = {}) =>
      rows.query(`insert into ticket_events (company, ticket, kind, actor, data) values ('litoral', $1, $2, $3, $4)`, [ticket, kind, actor, data]);
    const { operator: me, colleague } = litoral.users;
    const waiting = await addTicket(rows, await chat('Ana'), { department: litoral.departments.support });
    const mine = await addTicket(rows, await chat('Beto'), { state: 'in-progress', assignee: me });
    await event(mine.id, 'taken', me);
    await event(mine.id, 'noted', me);
    await event(mine.id, 'noted', colleague);
    await event(mine.id, 'transferred', colleague, { agent: me });
    const others = await addTicket(rows, await chat('Carla'), { state: 'in-progress', assignee: colleague });
    await event(others.id, 'noted', litoral.users.supervisor);
    const { body } = await operator.call('GET', '/api/notifications');
    expect((body as Notification[]).map(({ kind, text, ticket }) => [kind, text, ticket?.id])).toEqual([
      ['transferred', 'colleague de litoral te transfirió el ticket de Beto', mine.id],
      ['noted', 'colleague de litoral dejó una nota sobre Beto', mine.id],
      ['opened', 'Ana espera a una persona', waiting.id],
    ]);
    expect((await theirs.call('GET', '/api/notifications')).body).toEqual([]);
  });
});
