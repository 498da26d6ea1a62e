import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { phoneKey } from '../domain/phone.js';
import { publishedLines } from '../domain/phone/published-numbers.js';
import { createTestDatabase, type TestDatabase } from '../testing/test-db.js';
import { Persons } from './testing/persons.js';

let db: TestDatabase;
let pool: pg.Pool;
beforeAll(async () => {
  db = await createTestDatabase();
  pool = new pg.Pool({ connectionString: db.superuserUrl });
});
afterAll(async () => {
  await pool.end();
  await db.drop();
});
const persons = () => Persons.open(pool);

it('knows the spellings under which WhatsApp has accounts as libs/domain does', async () => {
  const accounts = publishedLines.flatMap(({ send, compare }) => [...send, compare]);
  const { rows } = await pool.query<{ key: string }>(`select address_key(a || '@s.whatsapp.net') key from unnest($1::text[]) with ordinality u(a, i) order by i`, [accounts]);
  expect(rows.map(({ key }) => key)).toEqual(accounts.map((account) => `${phoneKey(account)}@s.whatsapp.net`));
  const { rows: [lid] } = await pool.query(`select address_key('5493415550100@lid') key`);
  expect(lid).toEqual({ key: '5493415550100@lid' });
});

describe('a person', () => {
  it.each([
    ['5493415550100', '543415550100'], ['5215512345678', '525512345678'], ['5592981723241', '559281723241'],
  ])('who writes as %s and as %s is one contact', async (one, other) => {
    const world = await persons();
    const first = await world.write([`${one}@s.whatsapp.net`]);
    expect(await world.write([`${other}@s.whatsapp.net`])).toEqual({ conversation: first.conversation, seq: 2 });
    expect(await world.contacts()).toBe(1);
  });

  it('whose two addresses each wrote before becomes the older contact when one envelope names both; nothing is lost', async () => {
    const world = await persons();
    const [pn, lid] = ['5493415550100@s.whatsapp.net', '77@lid'];
    const old = await world.write([pn], 'by phone');
    const young = await world.write([lid], 'by LID');
    const both = await world.write([lid, pn], 'by both');
    expect(both).toEqual({ conversation: old.conversation, seq: 2 });
    expect(await world.write([lid], 'again by LID')).toEqual({ conversation: old.conversation, seq: 3 });
    expect(await world.row(young.conversation)).toMatchObject({ merged_into: old.conversation, last_seq: '1', handled_seq: '0' });
    expect(await world.merges()).toMatchObject([{ reason: 'envelope', addresses: [lid], by: null, undone_at: null }]);
    expect(await world.addressesFor(young.conversation)).toEqual([lid, pn]); // what it still has to say reaches the person
  });

  it('whose message came before the merge is not doubled when WhatsApp delivers it again afterwards', async () => {
    const world = await persons();
    await world.write(['5493415550100@s.whatsapp.net']);
    await world.write(['77@lid'], 'once', { id: 'X' });
    await world.write(['77@lid', '5493415550100@s.whatsapp.net']);
    expect(await world.write(['77@lid'], 'once', { id: 'X' })).toBeUndefined();
  });

  it('whose message waits for its text gets it in the conversation that lives', async () => {
    const world = await persons();
    const old = await world.write(['5493415550100@s.whatsapp.net']);
    expect(await world.write(['77@lid'], '', { id: 'AD', kind: 'placeholder' })).toBeUndefined();
    await world.write(['77@lid', '5493415550100@s.whatsapp.net']);
    expect(await world.write(['77@lid'], 'late', { id: 'AD' })).toEqual({ conversation: old.conversation, seq: 3 });
  });

  it('to whom the owner has just written stays the owner’s', async () => {
    const world = await persons();
    const old = await world.write(['5493415550100@s.whatsapp.net']);
    const young = await world.write(['77@lid'], 'from the phone', { fromMe: true });
    await world.settle(old.conversation, { v: 1 });
    await world.settle(young.conversation, { v: 1, ownerUntilMs: 9_000_000_000_000 });
    await world.write(['77@lid', '5493415550100@s.whatsapp.net']);
    expect(await world.row(old.conversation)).toMatchObject({ state: { ownerUntilMs: 9_000_000_000_000 }, revision: '1' });
    const owners = await world.write(['5493415550100@s.whatsapp.net', '77@lid'], 'again', { fromMe: true });
    expect(owners!.conversation).toBe(old.conversation);
  });
});

describe('an open ticket', () => {
  it('keeps its conversation alive, whoever is older', async () => {
    const world = await persons();
    const old = await world.write(['5493415550100@s.whatsapp.net']);
    const young = await world.write(['77@lid']);
    await world.openTicket(young.conversation);
    expect(await world.write(['77@lid', '5493415550100@s.whatsapp.net'])).toEqual({ conversation: young.conversation, seq: 2 });
    expect(await world.row(old.conversation)).toMatchObject({ merged_into: young.conversation });
    expect((await world.merges())[0]).toMatchObject({ addresses: ['77@lid'] }); // the older contact has won all the same
  });

  it('that opens in a conversation that was merged away brings it back to life', async () => {
    const world = await persons();
    const old = await world.write(['5493415550100@s.whatsapp.net']);
    const young = await world.write(['77@lid']);
    await world.write(['77@lid', '5493415550100@s.whatsapp.net']);
    await world.openTicket(young.conversation);
    expect(await world.write(['5493415550100@s.whatsapp.net'])).toEqual({ conversation: young.conversation, seq: 2 });
    expect(await world.row(old.conversation)).toMatchObject({ merged_into: young.conversation });
  });
});

describe('undoing', () => {
  it('returns addresses, conversation and messages, which are not answered again unless nobody had', async () => {
    const world = await persons();
    const [pn, lid] = ['5493415550100@s.whatsapp.net', '77@lid'];
    const old = await world.write([pn], 'a');
    const young = await world.write([lid], 'b');
    await world.settle(young.conversation, null);
    await world.write([pn, lid], 'c');
    await world.write([lid], 'd');
    await world.write([pn], 'e');
    await world.settle(old.conversation, null);
    await world.write([lid], 'f');
    const [merge] = await world.merges();
    expect(await world.undo(merge!.id)).toBe(true);
    expect(await world.undo(merge!.id)).toBe(false);
    expect(await world.texts(old.conversation)).toEqual(['1 a', '2 c', '3 –', '4 e', '5 –']);
    expect(await world.texts(young.conversation)).toEqual(['1 b', '2 d', '3 f']);
    expect(await world.row(young.conversation)).toMatchObject({ handled_seq: '2', last_seq: '3', merged_into: null });
    expect(await world.write([lid], 'g')).toEqual({ conversation: young.conversation, seq: 4 });
    expect(await world.write([pn, lid], 'h')).toMatchObject({ conversation: old.conversation }); // taken apart by a person: stays so
    expect(await world.merges()).toHaveLength(1);
  });

  it('is impossible for another company', async () => {
    const world = await persons();
    await world.write(['5493415550100@s.whatsapp.net']);
    await world.write(['77@lid']);
    await world.write(['77@lid', '5493415550100@s.whatsapp.net']);
    const [merge] = await world.merges();
    expect(await (await persons()).undo(merge!.id)).toBe(false);
    expect((await world.merges())[0]).toMatchObject({ undone_at: null });
  });
});

it('two merges crosswise end, and leave one contact', { timeout: 60_000 }, async () => {
  const world = await persons();
  for (let round = 0; round < 10; round++) {
    const [a, b] = [`${round}1@lid`, `54934155501${round}0@s.whatsapp.net`];
    await world.write([a]);
    await world.write([b], 'x', { channel: 1 });
    await Promise.all([world.write([a, b]), world.write([b, a], 'y', { channel: 1 }), world.write([b]), world.write([a], 'z', { channel: 1 })]);
    expect(await world.contactsOf([a, b])).toBe(1);
  }
  expect(await world.invariants()).toEqual([]);
});

describe('random merges, splits and messages', () => {
  const address = fc.integer({ min: 0, max: 5 });
  const step = fc.oneof(
    { weight: 6, arbitrary: fc.record({ do: fc.constant('write' as const), from: address, channel: fc.integer({ min: 0, max: 1 }), fromMe: fc.boolean() }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('both' as const), from: address, and: address, channel: fc.integer({ min: 0, max: 1 }) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('merge' as const), from: address, and: address }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('undo' as const), nth: fc.nat(20) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('settle' as const), nth: fc.nat(20) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('ticket' as const), nth: fc.nat(20) }) },
  );
  it('keep each message in one conversation, numbers without a gap, each address with one contact; undoing all restores', { timeout: 120_000 }, async () => {
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      const world = await persons();
      const addresses = Array.from({ length: 6 }, (_, n) => (n % 2 ? `54934155501${n}0@s.whatsapp.net` : `${n}00@lid`));
      for (const one of addresses) await world.write([one]);
      const home = await world.owners(addresses);
      for (const one of steps) await world.take(one, addresses);
      expect(await world.invariants()).toEqual([]);
      for (let left = await world.standing(); left.length; left = await world.standing()) await world.undo(left.at(-1)!);
      expect(await world.owners(addresses)).toEqual(home);
      expect(await world.strays()).toEqual([]);
      expect(await world.invariants()).toEqual([]);
    }), { numRuns: 40 });
  });
});
