import type { BinaryNode } from '@whiskeysockets/baileys';
import { describe, expect, it } from 'vitest';
import { markOfAck, markOfReceipt, viewOfReceipt } from './marks.js';

const me = { id: '5493415550100:3@s.whatsapp.net', lid: '900:3@lid' };
const receipt = (attrs: Record<string, string>, content?: BinaryNode[]): BinaryNode => ({ tag: 'receipt', attrs: { id: 'A', from: '100@lid', ...attrs }, content });

describe('marks of a receipt', () => {
  it.each([
    [{}, 'delivered'],
    [{ type: 'inactive' }, 'delivered'],
    [{ type: 'read' }, 'read'],
    [{ type: 'played' }, 'read'],
  ])('%o is %s', (attrs, state) => expect(markOfReceipt(receipt(attrs as Record<string, string>), me)).toEqual({ waIds: ['A'], state }));

  it('names all messages of a list', () => {
    const list = { tag: 'list', attrs: {}, content: [{ tag: 'item', attrs: { id: 'B' } }, { tag: 'item', attrs: { id: 'C' } }] };
    expect(markOfReceipt(receipt({ type: 'read' }, [list]), me)?.waIds).toEqual(['A', 'B', 'C']);
  });

  it.each<Record<string, string>>([{ id: `A${String.fromCharCode(0)}` }, { id: '' }, { type: 'retry' }, { type: 'sender' }, { type: 'hist_sync' }, { from: '1@g.us' }, { from: 'status@broadcast' }, { from: '900@lid' }, { from: '5493415550100@s.whatsapp.net' }])(
    '%o marks nothing',
    (attrs) => expect(markOfReceipt(receipt(attrs), me)).toBeUndefined(),
  );
});

describe('views of a status', () => {
  const seen = (attrs: Record<string, string>) => viewOfReceipt(receipt({ from: 'status@broadcast', participant: '100:2@lid', type: 'read', t: '1790000000', ...attrs }), me);
  it('name who looked, at what, and when', () => expect(seen({})).toEqual({ waIds: ['A'], address: '100@lid', atMs: 1_790_000_000_000 }));
  it('without a time that can be stored have none', () => expect(seen({ t: '99999999999999' })).toEqual({ waIds: ['A'], address: '100@lid' }));
  it.each<Record<string, string>>([{ type: '' }, { type: 'retry' }, { from: '100@lid' }, { from: '1@g.us' }, { participant: '' }, { participant: '900:7@lid' }, { participant: 'x y@lid' }, { id: '' }])(
    'are not in %o', (attrs) => expect(seen(attrs)).toBeUndefined());
});

describe('marks of an ack', () => {
  const ack = (attrs: Record<string, string>): BinaryNode => ({ tag: 'ack', attrs: { id: 'A', class: 'message', ...attrs } });
  it('without an error is sent', () => expect(markOfAck(ack({}))).toEqual({ waIds: ['A'], state: 'sent' }));
  it('with an error is failed, with its code', () => expect(markOfAck(ack({ error: '463' }))).toEqual({ waIds: ['A'], state: 'failed', cause: 'ack-463' }));
  it('of something else says nothing', () => expect(markOfAck(ack({ class: 'receipt' }))).toBeUndefined());
});
