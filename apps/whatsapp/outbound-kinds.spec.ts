import { proto } from '@whiskeysockets/baileys';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Shown } from '../../libs/simulator/whatsapp/messages.js';
import { mp4, pdf, png, wav } from '../../libs/simulator/whatsapp/testing/files.js';
import { waitFor } from '../../libs/testing/wait-for.js';
import { GatewayStage, type OutgoingRow } from './testing/gateway-stage.js';

const BUSINESS = '5493410000001';
const ANA = '5493415550001';
const BETO = '5493415550002';
const WEBP = Buffer.concat([Buffer.from('RIFF'), Buffer.alloc(4), Buffer.from('WEBPVP8 '), Buffer.alloc(20)]);

let stage: GatewayStage;
let channel: string;
let conversation: string;

beforeAll(async () => {
  stage = await GatewayStage.start();
  stage.network.putPerson(ANA, { name: 'Ana' });
  stage.network.changeRules({ readDelayMs: null });
  channel = await stage.linked(BUSINESS);
  conversation = await stage.written(channel, BUSINESS, ANA, 'no anda');
}, 120_000);
afterAll(async () => {
  expect(stage.network.unknown).toEqual([]);
  await stage.stop();
});

const onPhone = (waId: string) => stage.network.ledger.find('out', BUSINESS, ANA, waId);
/** What the customer's phone shows of a row that was sent. */
async function shown(row: OutgoingRow): Promise<Shown & { waId: string; id: string }> {
  const { id, waId } = await stage.queueKind(channel, conversation, row);
  expect(await stage.send(channel, id, 60_000)).toEqual({ state: 'sent' });
  const entry = await waitFor('the customer’s phone to have it', () => onPhone(waId));
  return { ...entry, waId, id };
}
const rowOf = async (id: string) => (await stage.operator.query<{ state: string; cause: string | null; raw: Buffer | null }>(
  'select state, cause, raw from messages where id = $1', [id])).rows[0]!;
const firstOf = async () => (await stage.operator.query<{ wa_id: string }>("select wa_id from messages where text = 'no anda'")).rows[0]!.wa_id;

describe('a row of each kind reaches the customer’s phone', () => {
  it.each<[string, OutgoingRow, object]>([
    ['an image', { kind: 'image', text: 'la boleta', bytes: png(40), details: { media: { mimetype: 'image/png' } } }, { kind: 'image', text: 'la boleta', media: { mimetype: 'image/png', size: png(40).byteLength } }],
    ['a film', { kind: 'video', bytes: mp4(), details: { media: { mimetype: 'video/mp4', seconds: 3 } } }, { kind: 'video', media: { seconds: 3 } }],
    ['a sound', { kind: 'audio', bytes: wav(2), details: { media: { mimetype: 'audio/wav', seconds: 2 } } }, { kind: 'audio', media: { seconds: 2 } }],
    ['a voice note', { kind: 'audio', bytes: wav(), details: { media: { mimetype: 'audio/ogg', voice: true, seconds: 1 } } }, { kind: 'audio', media: { voice: true } }],
    ['a document', { kind: 'document', text: 'tu factura', bytes: pdf(), details: { media: { mimetype: 'application/pdf', fileName: 'Factura 12.pdf' } } },
      { kind: 'document', text: 'tu factura', media: { fileName: 'Factura 12.pdf' } }],
    ['a sticker', { kind: 'sticker', bytes: WEBP, details: { media: { mimetype: 'image/webp' } } }, { kind: 'sticker' }],
    ['a place', { kind: 'location', details: { location: { latitude: -32.9, longitude: -60.6, name: 'Oficina' } } }, { kind: 'location', location: { name: 'Oficina' } }],
    ['a contact card', { kind: 'contact', details: { contacts: [{ name: 'Técnico', phones: ['+54 9 341 555-0100'] }] } }, { kind: 'contact', contacts: [{ name: 'Técnico' }] }],
  ])('%s', async (_name, row, expected) => expect(await shown(row)).toMatchObject(expected));

  it('a quote of what the customer wrote, and a reaction to it, which can be taken back', async () => {
    const target = await firstOf();
    expect(await shown({ kind: 'text', text: 'ya lo veo', details: { quote: { waId: target, kind: 'text', text: 'no anda', fromMe: false } } }))
      .toMatchObject({ kind: 'text', text: 'ya lo veo', quote: target });
    expect(await shown({ kind: 'reaction', text: '👍', details: { target } })).toMatchObject({ kind: 'reaction', text: '👍', target });
    expect(await shown({ kind: 'reaction', details: { target } })).toMatchObject({ kind: 'reaction', target });
  });

  it('and the business’s own phone has a copy', async () => {
    const { waId } = await shown({ kind: 'image', bytes: png(8), details: { media: { mimetype: 'image/png' } } });
    expect(stage.network.ledger.after().some((entry) => entry.id === waId && entry.account === BUSINESS && entry.direction === 'out')).toBe(true);
  });
});

describe('the truth of a send', () => {
  it('is the same protobuf when it goes out again: nothing is uploaded twice', async () => {
    const { id, waId } = await shown({ kind: 'image', bytes: png(9), details: { media: { mimetype: 'image/png' } } });
    const first = (await rowOf(id)).raw!;
    expect(proto.Message.decode(first).imageMessage?.mediaKey).toHaveLength(32);
    await stage.operator.query("update messages set state = 'unknown' where id = $1", [id]);
    expect(await stage.send(channel, id)).toEqual({ state: 'sent' });
    expect((await rowOf(id)).raw).toEqual(first);
    await waitFor('both copies to be one message on the phone', () => onPhone(waId)?.copies === 2 && onPhone(waId)?.state === 'delivered');
  });

  it.each<[string, OutgoingRow, string]>([
    ['a file that is not in the store', { kind: 'image', details: { media: { mimetype: 'image/png' } } }, 'file-missing'],
    ['a reaction to nothing', { kind: 'reaction', text: '👍', details: { target: 'NADA' } }, 'target-missing'],
    ['a kind that nobody sends', { kind: 'poll', text: 'x' }, 'kind-not-sendable'],
  ])('is a failure with its cause for %s', async (_name, row, cause) => {
    const { id } = await stage.queueKind(channel, conversation, row);
    expect(await stage.send(channel, id)).toEqual({ state: 'failed', cause });
    expect(await rowOf(id)).toMatchObject({ state: 'failed', cause });
  });

  it('is that nobody has WhatsApp under a number, which is kept', async () => {
    const stranger = await stage.stranger(channel, '5493415559999');
    const { id } = await stage.queueKind(channel, stranger, { kind: 'text', text: 'hola' });
    expect(await stage.send(channel, id)).toEqual({ state: 'failed', cause: 'not-on-whatsapp' });
    expect((await stage.operator.query('select number, registered from wa_numbers')).rows).toEqual([{ number: '5493415559999', registered: false }]);
  });

  it('is settled by a late mark where nobody knew', async () => {
    stage.network.putPerson(BETO, { name: 'Beto' });
    const { id, waId } = await shown({ kind: 'text', text: 'tarde' });
    await waitFor('the mark', async () => (await rowOf(id)).state === 'delivered');
    await stage.operator.query("update messages set state = 'unknown', cause = 'no-ack' where id = $1", [id]);
    stage.network.talks.read(stage.network.person(ANA), BUSINESS, { id: waId });
    await waitFor('the row to know', async () => (await rowOf(id)).state === 'read');
    expect((await rowOf(id)).cause).toBeNull();
  });
});

describe('read marks', () => {
  const markOf = (text: string) => stage.network.ledger.after().find((entry) => entry.direction === 'in' && entry.text === text)?.state;
  const handled = () => stage.operator.query('update conversations set handled_seq = last_seq where id = $1', [conversation]);

  it('are told when an agent answers, and not where the number keeps them to itself', async () => {
    await stage.written(channel, BUSINESS, ANA, 'hay alguien?');
    await handled();
    expect(markOf('hay alguien?')).not.toBe('read');
    await shown({ kind: 'text', text: 'acá estoy' });
    await waitFor('two blue marks', () => markOf('hay alguien?') === 'read');
    await stage.operator.query('update channels set read_marks = false where id = $1', [channel]);
    await stage.written(channel, BUSINESS, ANA, 'gracias');
    await handled();
    await shown({ kind: 'text', text: 'de nada' });
    await stage.operator.query('update channels set read_marks = true where id = $1', [channel]);
    await stage.written(channel, BUSINESS, ANA, 'chau'); // later than whatever mark there could have been
    expect(markOf('gracias')).not.toBe('read');
  });
});
