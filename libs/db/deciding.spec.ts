import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { mediaKinds } from '../domain/message/details.js';
import { addCompanies, asSuperuser } from '../testing/companies.js';
import { createTestDatabase, type TestDatabase } from '../testing/test-db.js';
import { openPool, OVERTAKEN } from './pool.js';

interface Loaded {
  handledSeq: number;
  revision: number;
  state: unknown;
  lastDecision: string | null;
  lastResult: unknown;
  contact: { name: string; addresses: string[] };
  messages: { seq: number; text: string; atMs: number }[];
  results: { step: string; result: unknown }[];
  receiptAsked: boolean | null;
  undone: object[] | null;
  published: Record<string, string> | null;
}

interface Commit {
  decision?: string;
  revision?: number;
  handled?: number;
  steps?: object[];
  outcomes?: object[];
}

const CHANNEL = randomUUID();
let db: TestDatabase;
let pool: pg.Pool;
let conversation: string;

beforeAll(async () => {
  db = await createTestDatabase();
  await addCompanies(db, 'ours', 'theirs');
  await asSuperuser(db, (client) => client.query(`insert into channels (company, id, name) values ('ours', $1, 'principal')`, [CHANNEL]));
  pool = openPool(db.appUrl, () => undefined);
});
afterAll(async () => {
  await pool.end();
  await db.drop();
});

/** A conversation with three messages, of which none is handled. */
beforeEach(async () => {
  conversation = randomUUID();
  const contact = randomUUID();
  await asSuperuser(db, async (client) => {
    await client.query(`insert into contacts (company, id, name) values ('ours', $1, 'Ana')`, [contact]);
    await client.query(`insert into contact_addresses values ('ours', $1, $2)`, [`${contact}@lid`, contact]);
    await client.query(`insert into conversations (company, id, channel, contact, last_seq) values ('ours', $1, $2, $3, 3)`, [conversation, CHANNEL, contact]);
    await client.query(
      `insert into messages (company, conversation, channel, direction, author, seq, wa_id, from_me, kind, text, at)
        select 'ours', $1, $2, 'in', 'customer', n, 'IN' || n, false, 'text', 'texto ' || n, to_timestamp(1000 + n) from generate_series(1, 3) n`,
      [conversation, CHANNEL],
    );
  });
});

const load = async (company = 'ours', { upTo = 3, answered = [] as string[], first = false } = {}): Promise<Loaded | null> => {
  const { rows } = await pool.query<{ loaded: Loaded | null }>('select conversation_load($1, $2, $3, $4, $5) as loaded', [
    company, conversation, upTo, answered, first,
  ]);
  return rows[0]!.loaded;
};

const commit = async (company: string, { decision = randomUUID(), revision = 0, handled = 3, steps = [], outcomes = [] }: Commit) => {
  const { rows } = await pool.query<{ result: { handledSeq: number; steps: object[] } }>(
    'select conversation_commit($1, $2, $3, $4, $5, $6, $7, $8, $9) as result',
    [company, conversation, decision, revision, handled, '{"v":1}', '{}', JSON.stringify(steps), JSON.stringify(outcomes)],
  );
  return rows[0]!.result;
};

const say = (nth: number) => ({ kind: 'say', id: `s${nth}`, waId: `${conversation}-${nth}`, text: `respuesta ${nth}`, node: 'inicio', answers: [1, 2, 3] });
const FILE = { sha256: 'a'.repeat(64), size: 1234, mimetype: 'application/pdf', fileName: 'factura.pdf' };
const sendFile = (nth: number) => ({ ...say(nth), kind: 'file', text: 'Factura N.º 7', answers: [], file: FILE });
/** Of the message with this number. */
const look = (seq: number) => ({ kind: 'receipt', id: `r${seq}`, seq, customer: { id: 'c1', name: 'Ana' }, invoice: { id: 'f1', number: 'F-1' } });
const ask = (id: string) => ({ kind: 'query', id, query: { kind: 'plans' } });

const rowsOf = (table: 'messages' | 'conversation_queries' | 'receipts', where = 'true') =>
  asSuperuser(db, async (client) =>
    (await client.query<Record<string, unknown>>(`select * from ${table} where conversation = $1 and ${where} order by ${table === 'receipts' ? 'message' : '2, 3'}`, [conversation])).rows);

describe('conversation_load', () => {
  it('gives what is not handled, up to the number asked for', async () => {
    const loaded = await load('ours', { upTo: 2 });
    expect(loaded).toMatchObject({ handledSeq: 0, revision: 0, state: null, contact: { name: 'Ana' }, undone: null });
    expect(loaded!.messages).toMatchObject([{ seq: 1, text: 'texto 1', atMs: 1_001_000 }, { seq: 2 }]);
    await commit('ours', { handled: 2 });
    expect((await load())!.messages.map((message) => message.seq)).toEqual([3]);
  });

  it('gives the answers of the steps that are named, and of no other', async () => {
    await commit('ours', { steps: [ask('q1'), ask('q2')] });
    await asSuperuser(db, (client) => client.query(
      `update conversation_queries set result = '{"ok":true}', answered_at = now() where conversation = $1`, [conversation]));
    expect((await load('ours', { answered: ['q2'] }))!.results).toEqual([{ step: 'q2', result: { ok: true } }]);
  });

  it('gives the answer to the question that the state waits for, though a terminated run never named it', async () => {
    await commit('ours', { steps: [ask('q1'), ask('q2')] });
    const now = (sql: string) => asSuperuser(db, (client) => client.query(sql, [conversation]));
    await now(`update conversations set state = '{"v":1,"pending":{"step":"q2"}}' where id = $1`);
    expect((await load('ours', { first: true }))!.results).toEqual([]);
    await now(`update conversation_queries set result = '{"ok":true}', answered_at = now() where conversation = $1`);
    expect((await load('ours', { first: true }))!.results).toEqual([{ step: 'q2', result: { ok: true } }]);
  });

  it('gives what a picture is like a question’s answer, and which receipts nobody has started', async () => {
    const { steps } = await commit('ours', { steps: [look(1), { ...look(2), quiet: true }] });
    const receipts = await rowsOf('receipts');
    expect(receipts).toMatchObject([1, 2].map((nth) => ({ source: 'chat', state: 'reading', customer: 'c1', invoice_number: 'F-1', step: nth === 1 ? 'r1' : null })));
    expect(steps).toEqual([{ receipt: receipts[0]!['id'], step: 'r1' }, { receipt: receipts[1]!['id'] }]);
    expect((await load('ours', { first: true }))!.undone).toEqual(expect.arrayContaining(steps));
    await asSuperuser(db, (client) => client.query(`update conversation_queries set result = '{"ok":true}', answered_at = now() where conversation = $1`, [conversation]));
    await asSuperuser(db, (client) => client.query(`update receipts set state = 'review', fault = 'broken' where conversation = $1`, [conversation]));
    expect((await load('ours', { first: true, answered: ['r1'] }))!).toMatchObject({ undone: [], results: [{ step: 'r1' }], receiptAsked: null });
    await commit('ours', { revision: 1, steps: [look(1)] }).catch((problem: unknown) => expect(problem).toMatchObject({ code: '23505' }));
    expect(await rowsOf('receipts')).toHaveLength(2);
  });

  it('knows that somebody asked for a better receipt, while one is looked at', async () => {
    await commit('ours', { steps: [look(1)] });
    await asSuperuser(db, (client) => client.query(`update receipts set state = 'asked-another', fault = 'broken' where conversation = $1`, [conversation]));
    expect((await load())!.receiptAsked).toBeNull();
    await asSuperuser(db, (client) => client.query(`update conversations set state = '{"v":1,"pending":{"step":"r2","receipt":{"seq":2,"what":"image"}}}' where id = $1`, [conversation]));
    expect((await load())!.receiptAsked).toBe(true);
  });

  it("makes no receipt of another company's message", async () => {
    await expect(commit('theirs', { steps: [look(1)] })).rejects.toThrow('no such conversation');
    expect(await rowsOf('receipts')).toEqual([]);
  });

  it('leaves unsaid what nobody could send in time', async () => {
    await commit('ours', { steps: [say(1)] });
    await asSuperuser(db, (client) => client.query(`update messages set state = 'sending' where wa_id = $1`, [say(1).waId]));
    expect((await load('ours', { first: true }))!.undone).toHaveLength(1);
    const [message] = await rowsOf('messages', `direction = 'out'`);
    await pool.query('select conversation_expire($1, $2, $3)', ['ours', conversation, message!['id']]);
    expect((await load('ours', { first: true }))!.undone).toEqual([]);
  });

  it('gives the first decision of a run what an earlier one left undone', async () => {
    const { steps } = await commit('ours', { steps: [say(1), ask('q1'), say(2)] });
    await asSuperuser(db, (client) => client.query(`update messages set state = 'sent' where wa_id = $1`, [say(1).waId]));
    expect((await load('ours', { first: true }))!.undone).toHaveLength(2);
    expect((await load('ours', { first: true }))!.undone).toEqual(expect.arrayContaining([steps[1], steps[2]]));
    expect((await load('ours'))!.undone).toBeNull();
  });

  it('says which of what was left undone has a file to be uploaded, whoever wrote it', async () => {
    const { steps } = await commit('ours', { steps: [sendFile(1), say(2)] });
    expect((await load('ours', { first: true }))!.undone).toEqual(expect.arrayContaining(steps));
    const kinds = (await pool.query<{ kinds: string[] }>('select media_kinds() as kinds')).rows[0]!.kinds;
    expect(kinds).toEqual([...mediaKinds]);
  });

  it("gives nothing of another company's conversation", async () => {
    expect(await load('theirs')).toBeNull();
    expect(await load('nobody')).toBeNull();
  });
});

describe('conversation_commit', () => {
  it('writes state, outgoing rows and questions at once, in order', async () => {
    const result = await commit('ours', { steps: [say(1), ask('q1'), say(2)], outcomes: [{ seq: 1, outcome: 'answered' }] });
    const out = await rowsOf('messages', `direction = 'out'`);
    expect(out).toMatchObject([
      { text: 'respuesta 1', state: 'queued', author: 'bot', step: 's1', answers: ['1', '2', '3'] }, { text: 'respuesta 2' },
    ]);
    expect(result).toEqual({ handledSeq: 3, steps: [{ send: out[0]!['id'] }, { query: 'q1' }, { send: out[1]!['id'] }] });
    expect(await rowsOf('conversation_queries')).toMatchObject([{ step: 'q1', query: { kind: 'plans' }, result: null }]);
    expect((await rowsOf('messages', 'seq = 1'))[0]).toMatchObject({ outcome: 'answered' });
    expect(await load()).toMatchObject({ handledSeq: 3, revision: 1, state: { v: 1 }, messages: [] });
  });

  it('makes a message of a file, and the row of a file that is in the store already', async () => {
    const decision = randomUUID();
    const result = await commit('ours', { decision, steps: [sendFile(1), say(2)] });
    const [document, words] = await rowsOf('messages', `direction = 'out'`);
    expect(document).toMatchObject({
      kind: 'document', text: 'Factura N.º 7', state: 'queued', author: 'bot', step: 's1',
      details: { media: { mimetype: 'application/pdf', size: 1234, fileName: 'factura.pdf' } },
    });
    expect(result.steps).toEqual([{ send: document!['id'], media: true }, { send: words!['id'] }]);
    expect(await commit('ours', { decision, steps: [sendFile(1), say(2)] })).toEqual(result);
    const files = await asSuperuser(db, async (client) =>
      (await client.query('select * from media_files f where exists (select from messages m where m.id = f.message and m.conversation = $1)', [conversation])).rows);
    expect(files).toMatchObject([{ message: document!['id'], direction: 'out', state: 'stored', sha256: FILE.sha256, size: '1234', file_name: 'factura.pdf' }]);
  });

  it('is the same when it is made again under its id: a killed worker repeats itself', async () => {
    const decision = randomUUID();
    const first = await commit('ours', { decision, steps: [say(1), ask('q1')] });
    const again = await commit('ours', { decision, steps: [say(1), ask('q1')] });
    expect(again).toEqual(first);
    expect(await rowsOf('messages', `direction = 'out'`)).toHaveLength(1);
    expect(await load()).toMatchObject({ revision: 1, lastDecision: decision, lastResult: first });
  });

  it('refuses a decision that another one has overtaken, and writes nothing of it', async () => {
    await commit('ours', { revision: 0, steps: [say(1)] });
    await expect(commit('ours', { revision: 0, steps: [say(2), ask('q1')] })).rejects.toMatchObject({ code: OVERTAKEN });
    expect(await rowsOf('messages', `direction = 'out'`)).toHaveLength(1);
    expect(await rowsOf('conversation_queries')).toEqual([]);
  });

  it('lets one of two win that were loaded at the same time', async () => {
    const both = await Promise.allSettled([commit('ours', { steps: [say(1)] }), commit('ours', { steps: [say(2)] })]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: OVERTAKEN } });
    expect(await rowsOf('messages', `direction = 'out'`)).toHaveLength(1);
  });

  it.each([[[]], [[ask('q1')]]])("refuses another company's conversation", async (steps) => {
    await expect(commit('theirs', { steps })).rejects.toThrow('no such conversation');
    expect(await load()).toMatchObject({ revision: 0, handledSeq: 0, state: null });
  });
});

describe('conversation_expire', () => {
  const expire = (company: string, id: unknown) => pool.query('select conversation_expire($1, $2, $3)', [company, conversation, id]);
  const sent = async (state: string) => {
    await commit('ours', { steps: [say(1)] });
    await asSuperuser(db, (client) => client.query(`update messages set state = $2 where wa_id = $1`, [say(1).waId, state]));
    return (await rowsOf('messages', `direction = 'out'`))[0]!['id'];
  };
  const stateNow = async () => (await rowsOf('messages', `direction = 'out'`))[0]!['state'];

  it.each([['queued', 'failed'], ['sending', 'unknown'], ['unknown', 'unknown'], ['delivered', 'delivered']])(
    'makes of %s %s', async (before, after) => {
      await expire('ours', await sent(before));
      expect(await stateNow()).toBe(after);
    });

  it("leaves another company's message alone", async () => {
    await expire('theirs', await sent('queued'));
    expect(await stateNow()).toBe('queued');
  });
});
