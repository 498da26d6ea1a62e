import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openPool } from '../../../libs/db/pool.js';
import type { EntryPage } from '../conversations/conversation.schema.js';
import { addChannel, addConversation, addMessage, addTicket, type TestConversation } from '../testing/conversations.js';
import { sessionOf, type Client, type TestCompany } from '../testing/people.js';
import { openTwoCompanies, type TwoCompanies } from '../testing/two-companies.js';
import type { ContactMergeView, ContactView } from './contact.schema.js';

let world: TwoCompanies;
let rows: pg.Pool;
let boss: Client;
let ours: TestCompany;
let channel: string;
let old: TestConversation;
let young: TestConversation;

beforeAll(async () => {
  world = await openTwoCompanies();
  ({ boss, ours } = world);
  rows = openPool(world.db.superuserUrl, () => undefined, { query_timeout: 20_000 });
  channel = await addChannel(rows, 'litoral');
});
afterAll(async () => {
  await rows.end();
  await world.close();
});
beforeEach(async () => {
  const phone = `549341${String(Math.random()).slice(2, 9)}`;
  old = await addConversation(rows, 'litoral', { channel, name: 'Ana', phone });
  young = await addConversation(rows, 'litoral', { channel, name: 'Ana G.' });
});

const contact = async (id: string, client = boss) => (await client.call('GET', `/api/contacts/${id}`)).body as ContactView;
const mergesOf = async (id: string) => (await boss.call('GET', `/api/contacts/${id}/merges`)).body as ContactMergeView[];
const merge = (one: string, other: string, client = boss) => client.call('POST', `/api/contacts/${one}/merges`, { body: { with: other } });
const undo = (id: string, client = boss) => client.call('POST', `/api/contact-merges/${id}/undo`);
const audited = async () => (await rows.query<{ action: string; subject: string }>('select action, subject from audit_log order by id desc limit 2')).rows;

describe('a contact', () => {
  it('is shown with its numbers, and a hidden one as that: no LID leaves the API', async () => {
    const view = await contact(old.contact);
    expect(view).toMatchObject({ id: old.contact, name: 'Ana', addresses: [{ kind: 'phone', phone: view.phone }, { kind: 'hidden' }] });
    expect(JSON.stringify([view, await contact(young.contact)])).not.toMatch(/lid/i);
    expect((await contact(young.contact)).addresses).toEqual([{ kind: 'hidden' }]);
  });

  it('is not another company’s, nor is what was merged; operators get nothing of it', async () => {
    const theirBoss = await sessionOf(world.db, world.api, world.theirs, 'administrator');
    const operator = await sessionOf(world.db, world.api, ours, 'operator');
    const { body } = await merge(old.contact, young.contact);
    const { id } = body as ContactMergeView;
    for (const [client, status] of [[theirBoss, 404], [operator, 403]] as const) {
      expect((await client.call('GET', `/api/contacts/${old.contact}`)).status).toBe(status);
      expect((await client.call('GET', `/api/contacts/${old.contact}/merges`)).status).toBe(status);
      expect((await merge(old.contact, young.contact, client)).status).toBe(status);
      expect((await undo(id, client)).status).toBe(status);
    }
    const foreign = await addConversation(rows, 'vecina', { channel: await addChannel(rows, 'vecina') });
    expect((await merge(old.contact, foreign.contact)).status).toBe(404);
    expect(await mergesOf(old.contact)).toMatchObject([{ id }]);
  });
});

describe('merging by hand', () => {
  it('makes two one person, whichever is named first, and tells who did it', async () => {
    expect(await merge(young.contact, old.contact)).toMatchObject({
      status: 201, body: { contact: { id: young.contact, name: 'Ana G.' }, reason: 'by-hand', by: { id: ours.users.administrator } },
    });
    expect(await contact(young.contact)).toMatchObject({ mergedInto: old.contact, addresses: [{ kind: 'hidden' }] });
    expect(await mergesOf(old.contact)).toMatchObject([{ contact: { id: young.contact } }]);
    expect(await merge(young.contact, old.contact)).toMatchObject({ status: 409, body: { code: 'same-contact' } });
    expect(await audited()).toMatchObject([{ action: 'contact.merged', subject: old.contact }, expect.anything()]);
  });

  it('shows one chat with what was said in both, in order, from either ticket', async () => {
    await addMessage(rows, old, { text: 'uno' });
    await addMessage(rows, young, { text: 'dos' });
    await addMessage(rows, old, { text: 'tres' });
    await addTicket(rows, young, { assignee: ours.users.operator, state: 'in-progress' });
    await merge(old.contact, young.contact);
    for (const { conversation } of [old, young]) {
      const { items } = (await boss.call('GET', `/api/conversations/${conversation}/messages`)).body as EntryPage;
      expect(items.filter(({ kind }) => kind === 'message').map(({ text }) => text)).toEqual(['uno', 'dos', 'tres']);
      const last = (await boss.call('GET', `/api/conversations/${conversation}/messages?limit=1`)).body as EntryPage;
      expect(last).toMatchObject({ older: true, items: expect.arrayContaining([expect.objectContaining({ text: 'tres' })]) as unknown });
    }
  });

  it('is undone once, with addresses, chats and tickets back, under one key as often as one likes', async () => {
    const ticket = await addTicket(rows, young);
    const { id } = (await merge(old.contact, young.contact)).body as ContactMergeView;
    const { rows: [merged] } = await rows.query('select contact from tickets where id = $1', [ticket.id]);
    expect(merged).toEqual({ contact: old.contact });
    const headers = { 'idempotency-key': randomUUID() };
    const answers = [await boss.call('POST', `/api/contact-merges/${id}/undo`, { headers }), await boss.call('POST', `/api/contact-merges/${id}/undo`, { headers })];
    expect(answers.map(({ status, body }) => [status, (body as ContactMergeView).undoneBy?.id])).toEqual(Array(2).fill([200, ours.users.administrator]));
    expect(await undo(id)).toMatchObject({ status: 409, body: { code: 'merge-undone' } });
    const { rows: [back] } = await rows.query('select contact from tickets where id = $1', [ticket.id]);
    expect(back).toEqual({ contact: young.contact });
    expect((await contact(young.contact)).mergedInto).toBeUndefined();
    expect(await audited()).toMatchObject([{ action: 'contact.taken-apart', subject: young.contact }, { action: 'contact.merged' }]);
  });

  it.each(['supervisor', 'administrator'] as const)('is a %s’s to do', async (role) => {
    const client = await sessionOf(world.db, world.api, ours, role);
    expect((await merge(old.contact, young.contact, client)).status).toBe(201);
  });

  it('of a group is refused: it is nobody', async () => {
    await rows.query(`insert into contact_addresses (company, address, contact) values ('litoral', $1, $2)`, [`${randomUUID()}@g.us`, young.contact]);
    expect(await merge(old.contact, young.contact)).toMatchObject({ status: 409, body: { code: 'no-person' } });
    expect((await contact(young.contact)).addresses).toEqual([{ kind: 'hidden' }, { kind: 'group' }]);
  });

  it('of nobody, or of what is no id, is refused', async () => {
    expect((await merge(old.contact, randomUUID())).status).toBe(404);
    expect((await merge(old.contact, 'x')).status).toBe(400);
    expect((await undo(randomUUID())).status).toBe(404);
  });
});
