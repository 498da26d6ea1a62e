import { createHash, randomUUID } from 'node:crypto';
import { MockActivityEnvironment } from '@temporalio/testing';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writtenReceipts } from '../../libs/domain/receipt/scripted-receipts.js';
import type { MediaStore } from '../../libs/media/media-store.js';
import type { CharacterReader } from '../../libs/receipts/characters.js';
import { ReceiptDesk } from '../testing/receipt-desk.js';
import { createReceiptReadingActivities } from './receipts.js';

let desk: ReceiptDesk;
let picture: Buffer;
const files = new Map<string, Uint8Array>();
/** What the reader of characters sees. */
let seen: string;
beforeAll(async () => {
  desk = await ReceiptDesk.open();
  picture = await sharp({ create: { width: 300, height: 500, channels: 3, background: '#fff' } }).png().toBuffer();
});
afterAll(() => desk.desks.close());
beforeEach(() => {
  seen = writtenReceipts[0]!.text;
});

const characters: CharacterReader = {
  read: () => Promise.resolve(seen.split('\n').map((text, i) => ({ text, confidence: 0.95, left: 10, right: 280, top: 20 * i, bottom: 20 * i + 12 }))),
  close: () => Promise.resolve(),
};
const media: MediaStore = {
  put: () => Promise.reject(new Error('nothing is stored here')), has: (_, sha256) => Promise.resolve(files.has(sha256)), open: (_, sha256) => Promise.resolve(files.get(sha256)),
};
const read = (receipt: string, company = 'ours') =>
  new MockActivityEnvironment({ heartbeatTimeoutMs: 20_000 }).run(createReceiptReadingActivities({ orm: desk.desks.orm, media, characters, now: Date.now }).readReceipt, { company, receipt }) as Promise<unknown>;

function store(bytes: Uint8Array): string {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  files.set(sha256, bytes);
  return sha256;
}

/** A picture in a chat, whose conversation waits to hear what it is; its file is still fetched. */
async function sent(writer?: { contact: string; conversation: string }, more: { customer?: string; ago?: string } = {}) {
  const { contact, conversation } = writer ?? (await desk.writer('ours'));
  const [receipt, step] = [randomUUID(), randomUUID()];
  const [message] = await desk.run('ours',
    `insert into messages (company, conversation, channel, direction, author, wa_id, from_me, kind, seq) select company, id, channel, 'in', 'customer', ?, false, 'image', (select coalesce(max(seq), 0) + 1 from messages m where m.company = c.company and m.conversation = c.id) from conversations c where company = 'ours' and id = ? returning id::text`, [randomUUID(), conversation]);
  await desk.run('ours', `insert into media_files (company, message, direction, state) values ('ours', ?, 'in', 'wanted')`, [message!['id']]);
  await desk.run('ours', `insert into conversation_queries (company, conversation, step, query) values ('ours', ?, ?, '{"kind": "receipt"}')`, [conversation, step]);
  await desk.run('ours', `insert into receipts (company, id, source, conversation, message, step, contact, customer, received_at) values ('ours', ?, 'chat', ?, ?, ?, ?, ?, clock_timestamp() - ?::interval)`,
    [receipt, conversation, message!['id'], step, contact, more.customer ?? null, more.ago ?? '0']);
  const file = (state: string, sha256: string | null, reason: string | null) =>
    desk.run('ours', `update media_files set state = ?, sha256 = ?, size = 10, mimetype = 'image/png', reason = ? where company = 'ours' and message = ?`, [state, sha256, reason, message!['id']]);
  const answer = async () => (await desk.desks.look('select result from conversation_queries where step = $1', [step]))[0]!['result'];
  return { receipt, step, conversation, contact, arrives: (bytes: Uint8Array) => file('stored', store(bytes), null), fails: () => file('failed', null, 'gone'), answer };
}

describe('reading a receipt', () => {
  it('waits for its file, keeps what it says once, and answers the conversation; nothing of it is in what it returns', async () => {
    const { receipt, step, conversation, arrives, answer } = await sent();
    expect(await read(receipt)).toEqual({ state: 'not-yet' });
    await arrives(picture);
    const outcome = { state: 'reading', isRead: true, looked: { conversation, step } };
    expect(await read(receipt)).toEqual(outcome);
    expect(await desk.row(receipt)).toMatchObject({ amount: '24900.00', currency: 'ARS', read_by: 'characters', mimetype: 'image/png', print: expect.any(Buffer) as Buffer, fault: null });
    expect(await answer()).toEqual({ ok: true, kind: 'receipt', is: 'receipt' });
    expect((await desk.desks.look('select reference from receipt_references where receipt = $1', [receipt])).length).toBeGreaterThan(0);
    expect(await read(receipt)).toEqual(outcome);
    expect(await desk.trail(receipt)).toEqual(['received', 'read']);
    await expect(read(receipt, 'theirs')).rejects.toMatchObject({ type: 'receipt-unknown' });
  });

  it('says of another picture that it is none', async () => {
    seen = 'Menú del día\nMilanesa con papas\nPostre';
    const { receipt, arrives, answer } = await sent();
    await arrives(picture);
    expect(await read(receipt)).toMatchObject({ state: 'other' });
    expect(await answer()).toMatchObject({ is: 'other' });
  });

  it('leaves a file that cannot be had or opened to the conversation while it waits, later to a person', async () => {
    const [soon, late, broken] = [await sent(), await sent(undefined, { ago: '10 minutes' }), await sent()];
    await Promise.all([soon.fails(), late.fails(), broken.arrives(Buffer.from('MZ, I am a picture'))]);
    expect(await read(soon.receipt)).toMatchObject({ state: 'other', isRead: false });
    expect(await read(late.receipt)).toMatchObject({ state: 'review', isRead: false });
    expect(await read(broken.receipt)).toMatchObject({ state: 'other' });
    expect(await soon.answer()).toMatchObject({ is: 'unreadable', fault: 'not-fetched' });
    expect(await broken.answer()).toMatchObject({ is: 'unreadable', fault: 'not-a-picture' });
    expect((await desk.row(broken.receipt))['fault']).toBe('not-a-picture');
  });

  it('takes what was put up in the panel from its draft, of its company alone', async () => {
    const receipt = randomUUID();
    await desk.run('ours', `insert into receipt_drafts (company, receipt, sha256, size, mimetype, customer, customer_name, actor, actor_name) values ('ours', ?, ?, 10, 'image/png', '7', 'Ana Gómez', ?, 'Sofía')`, [receipt, store(picture), randomUUID()]);
    await expect(read(receipt, 'theirs')).rejects.toMatchObject({ type: 'receipt-unknown' });
    expect(await read(receipt)).toEqual({ state: 'reading', isRead: true });
    expect(await desk.row(receipt)).toMatchObject({ source: 'panel', customer: '7' });
    await read(receipt);
    expect(await desk.desks.look(`select actor_name, after->>'customerName' name from audit_log where action = 'receipt.put-up' and subject = $1`, [receipt])).toEqual([{ actor_name: 'Sofía', name: 'Ana Gómez' }]);
  });

  it('another picture that was asked for means what the first one meant', async () => {
    const first = await sent(undefined, { customer: '7', ago: '1 hour' });
    await first.arrives(picture);
    await read(first.receipt);
    await desk.run('ours', `update receipts set state = 'asked-another', invoice = '1' where company = 'ours' and id = ?`, [first.receipt]);
    const second = await sent(first);
    const third = await sent(first);
    for (const one of [second, third]) {
      await one.arrives(picture);
      await read(one.receipt);
    }
    expect(await desk.row(second.receipt)).toMatchObject({ customer: '7', invoice: '1', earlier: { follows: first.receipt } });
    expect((await desk.row(third.receipt))['earlier']).toBeNull();
  });
});
