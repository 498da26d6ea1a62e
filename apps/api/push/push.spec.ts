import type pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openPool } from '../../../libs/db/pool.js';
import { createTestDatabase, type TestDatabase } from '../../../libs/testing/test-db.js';
import { waitFor } from '../../../libs/testing/wait-for.js';
import { openApi, type ApiUnderTest } from '../testing/api-under-test.js';
import { addChannel, addConversation, addMessage, addTicket, type TestConversation } from '../testing/conversations.js';
import { addCompanyWithPeople, clientOf, signInAs, type Client, type TestCompany } from '../testing/people.js';
import { listening, refusal, Screen, type ScreenOptions } from '../testing/screen.js';

let db: TestDatabase;
let api: ApiUnderTest;
let rows: pg.Pool;
let port: number;
let litoral: TestCompany;
let vecina: TestCompany;
let supervisor: Client;
let operator: Client;
let chat: TestConversation;
const screens: Screen[] = [];

async function open(client: Client, company = litoral, more: Partial<ScreenOptions> = {}): Promise<Screen> {
  const screen = await Screen.open({ port, host: company.host, client, ...more });
  screens.push(screen);
  return screen;
}
const newChat = async (company = litoral): Promise<TestConversation> =>
  addConversation(rows, company.id, { channel: await addChannel(rows, company.id) });

beforeAll(async () => {
  db = await createTestDatabase();
  rows = openPool(db.superuserUrl, () => undefined, { query_timeout: 20_000 });
  litoral = await addCompanyWithPeople(db, 'litoral');
  vecina = await addCompanyWithPeople(db, 'vecina');
  api = await openApi(db.appUrl, { environment: { DATABASE_URL: db.appUrl } });
  port = await listening(api);
  supervisor = await signInAs(api, litoral, 'supervisor');
  operator = await signInAs(api, litoral, 'operator');
  chat = await newChat();
});
afterEach(async () => {
  await Promise.all(screens.splice(0).map((screen) => screen.cut()));
});
afterAll(async () => {
  await api.close();
  await rows.end();
  await db.drop();
});

describe('the door', () => {
  it('is closed without a session, from another site, and for a request that wants no socket', async () => {
    expect(await refusal({ port, host: litoral.host, client: { cookie: '' } })).toBe(401);
    expect(await refusal({ port, host: litoral.host, client: supervisor, origin: 'http://evil.example' })).toBe(403);
    expect(await supervisor.call('GET', '/api/push')).toMatchObject({ status: 426, body: { code: 'upgrade-required' } });
  });

  it("is closed with another company's session", async () => {
    expect(await refusal({ port, host: vecina.host, client: supervisor })).toBe(401);
  });
});

describe('a screen', () => {
  it('is told what happens, each thing once', async () => {
    const screen = await open(supervisor);
    const message = await addMessage(rows, chat);
    await screen.until(message);
    expect(screen.changes).toEqual([{ topic: 'message', subject: message, conversation: chat.conversation }]);
  });

  it('of anybody in the company is told when the bot’s mode changes, and when the mode keeps something', async () => {
    const ours = await Promise.all([open(supervisor), open(operator)]);
    const theirs = await open(await signInAs(api, vecina, 'supervisor'), vecina);
    await rows.query(`insert into operating_modes (company, mode) values ('litoral', 'stopped')`);
    for (const screen of ours) await screen.until('litoral');
    await rows.query('update conversations set kept_since = now() where id = $1', [chat.conversation]);
    await waitFor('news of what is kept', () => ours.every((screen) => screen.changes.filter(({ topic }) => topic === 'mode').length >= 2));
    await rows.query(`insert into operating_modes (company, mode) values ('vecina', 'stopped')`);
    await theirs.until('vecina');
    expect(theirs.subjects).toEqual(['vecina']);
  });

  it('that is cut again and again misses nothing and hears nothing twice', async () => {
    let screen = await open(supervisor);
    const heard: string[] = [];
    const written: string[] = [];
    const writers = [1, 2, 3].map(async () => {
      const of = await newChat();
      for (let i = 0; i < 40; i++) written.push(await addMessage(rows, of));
    });
    const over = Promise.all(writers).then(() => true);
    for (let cuts = 0; cuts < 8; cuts++) {
      const before = screen.said.length;
      await waitFor('some news', () => screen.said.length > before || written.length === 120);
      await screen.cut();
      heard.push(...screen.changes.filter(({ topic }) => topic === 'message').map(({ subject }) => subject));
      screen = await open(supervisor, litoral, { cursor: screen.cursor });
    }
    await over;
    await waitFor('the last message', () => screen.subjects.includes(written.at(-1)!) || heard.includes(written.at(-1)!));
    await waitFor('all of them', () => heard.length + screen.changes.filter(({ topic }) => topic === 'message').length >= written.length);
    heard.push(...screen.changes.filter(({ topic }) => topic === 'message').map(({ subject }) => subject));
    expect(heard).toHaveLength(new Set(heard).size);
    expect([...heard].sort()).toEqual([...written].sort());
    expect(screen.wasReset).toBe(false);
  });

  it('hears of a change that commits late, though later ones have lower or higher numbers', async () => {
    const screen = await open(supervisor);
    const [early, late] = [await rows.connect(), await rows.connect()];
    try {
      await early.query('begin');
      await late.query('begin');
      await early.query('select pg_current_xact_id()');
      await late.query('select pg_current_xact_id()');
      const low = await addMessage(late, chat); // lower number, younger transaction, commits last
      const high = await addMessage(early, chat);
      await early.query('commit');
      await screen.until(high);
      expect(screen.subjects).not.toContain(low);
      const after = await addMessage(rows, chat); // committed at once, but younger than the open transaction
      const cursor = screen.cursor;
      await late.query('commit');
      await screen.until(after);
      await screen.until(low);
      expect(screen.subjects.filter((subject) => [low, high, after].includes(subject)).sort()).toEqual([low, high, after].sort());
      const resumed = await open(supervisor, litoral, { cursor });
      await resumed.until(after);
      expect(resumed.subjects).toContain(low);
      expect(resumed.subjects).not.toContain(high);
    } finally {
      early.release();
      late.release();
    }
  });

  it("is told nothing of another company's", async () => {
    const theirs = await open(await signInAs(api, vecina, 'administrator'), vecina);
    const ours = await open(supervisor);
    const message = await addMessage(rows, chat);
    await ours.until(message);
    const own = await addMessage(rows, await newChat(vecina));
    await theirs.until(own);
    expect(theirs.subjects).not.toContain(message);
    expect(ours.subjects).not.toContain(own);
  });

  it("does not take another company's word for a cursor of its own", async () => {
    const ours = await open(supervisor);
    const message = await addMessage(rows, chat);
    await ours.until(message);
    const theirs = await open(await signInAs(api, vecina, 'administrator'), vecina, { cursor: 0 });
    expect(theirs.subjects).not.toContain(message);
  });

  it.each([['from the future', 900_000_000_000_000], ['that is none', Number.NaN]])('starts over with a cursor %s', async (_, cursor) => {
    const screen = await open(supervisor, litoral, { cursor });
    expect(screen.said[0]).toMatchObject({ reset: true });
    expect(screen.cursor).toBeLessThan(900_000_000_000_000);
  });

  it('starts over when the log does not go back so far', async () => {
    const first = await open(supervisor);
    const { cursor } = first;
    const message = await addMessage(rows, chat);
    await first.until(message);
    await rows.query(`update changes set at = now() - interval '2 days' where company = 'litoral'`);
    await rows.query(`select forget_changes('litoral', interval '1 day')`);
    expect((await open(supervisor, litoral, { cursor })).said[0]).toMatchObject({ reset: true });
    const { rows: left } = await rows.query(`select 1 from changes where company = 'litoral'`);
    expect(left).toHaveLength(1);
  });

  it('reads its lists again instead of a thousand changes', async () => {
    const screen = await open(supervisor);
    await rows.query(
      `insert into changes (company, topic, subject) select 'litoral', 'channel', gen_random_uuid()::text from generate_series(1, 1000)`);
    await rows.query(`select pg_notify('changes', 'litoral')`);
    await waitFor('the reset', () => screen.wasReset);
    expect(screen.changes).toEqual([]);
  });

  it('goes on when the listening connection is killed', async () => {
    const screen = await open(supervisor);
    const { rows: killed } = await rows.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'hilo-listen' and datname = current_database()`);
    expect(killed).toHaveLength(2); // the screens' and the notices'
    const message = await addMessage(rows, chat);
    await screen.until(message);
  });
});

describe('what an operator is told', () => {
  it('is what waits in their departments or in none, and what is theirs', async () => {
    const screen = await open(operator);
    const [mine, unsorted, others, plain] = [await newChat(), await newChat(), await newChat(), await newChat()];
    const support = await addTicket(rows, mine, { department: litoral.departments.support });
    const anybodys = await addTicket(rows, unsorted);
    const sales = await addTicket(rows, others, { department: litoral.departments.sales });
    const texts = [await addMessage(rows, mine), await addMessage(rows, unsorted), await addMessage(rows, others), await addMessage(rows, plain)];
    await screen.until(texts[1]!);
    await waitFor('the tickets', () => screen.subjects.includes(support.id) && screen.subjects.includes(anybodys.id));
    expect(screen.subjects).toContain(texts[0]);
    const last = await addMessage(rows, mine);
    await screen.until(last);
    for (const hidden of [sales.id, texts[2]!, texts[3]!]) expect(screen.subjects).not.toContain(hidden);
    expect(screen.changes.filter(({ topic }) => topic === 'channel')).toEqual([]);
  });

  it('is also that a ticket has left their sight, and nothing of it afterwards', async () => {
    const of = await newChat();
    const ticket = await addTicket(rows, of, { department: litoral.departments.support });
    const screen = await open(operator);
    await rows.query(`update tickets set state = 'in-progress', assignee = $2 where id = $1`, [ticket.id, litoral.users.colleague]);
    await screen.until(ticket.id);
    const secret = await addMessage(rows, of);
    await rows.query(`update tickets set waiting_since = null where id = $1`, [ticket.id]);
    const visible = await addTicket(rows, await newChat());
    await screen.until(visible.id);
    expect(screen.subjects).not.toContain(secret);
    expect(screen.subjects.filter((subject) => subject === ticket.id)).toHaveLength(1);
  });

  it('starts over when they get another department', async () => {
    const colleague = await signInAs(api, litoral, 'colleague');
    const screen = await open(colleague);
    await rows.query('insert into user_departments values ($1, $2, $3)', ['litoral', litoral.users.colleague, litoral.departments.sales]);
    await waitFor('the reset', () => screen.wasReset);
    const of = await newChat();
    const ticket = await addTicket(rows, of, { department: litoral.departments.sales });
    await screen.until(ticket.id);
  });
});

describe('the end of a session', () => {
  it('closes its sockets with 4401, and no others', async () => {
    const leaving = await signInAs(api, litoral, 'administrator');
    const [one, other] = [await open(leaving), await open(supervisor)];
    expect((await leaving.call('DELETE', '/api/session')).status).toBe(204);
    await waitFor('the socket is closed', () => one.closedWith);
    expect(one.closedWith).toBe(4401);
    expect(other.closedWith).toBeUndefined();
    expect(await refusal({ port, host: litoral.host, client: clientOf(api, { host: litoral.host, cookie: leaving.cookie }) })).toBe(401);
  });

  it('comes with the deactivation of its person', async () => {
    const screen = await open(await signInAs(api, vecina, 'colleague'), vecina);
    await rows.query('update users set active = false where id = $1', [vecina.users.colleague]);
    await waitFor('the socket is closed', () => screen.closedWith);
    expect(screen.closedWith).toBe(4401);
  });
});
