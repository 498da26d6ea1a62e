import type { BinaryNode } from '@whiskeysockets/baileys';
import { describe, expect, it } from 'vitest';
import { ringingOf } from './calls.js';

const call = (tag: string, attrs: Record<string, string> = {}, more: Record<string, string> = {}, content: BinaryNode[] = []): BinaryNode => ({
  tag: 'call', attrs: { id: 'S1', from: '101@lid', t: '1700000000', ...more },
  content: [{ tag, attrs: { 'call-id': 'C1', 'call-creator': '101:3@lid', ...attrs }, content }],
});

describe('a call', () => {
  it('that rings is a row of its caller, with both addresses', () => {
    const video = [{ tag: 'video', attrs: {} }];
    const ringing = ringingOf(call('offer', { caller_pn: '5493415550001@s.whatsapp.net' }, { notify: 'Ana' }, video));
    expect(ringing).toMatchObject({ id: 'C1', caller: '101:3@lid', late: false });
    expect(ringing!.row).toMatchObject({
      id: 'C1', kind: 'call', details: { call: { video: true } }, author: 'customer', fromMe: false, name: 'Ana', atMs: 1_700_000_000_000,
      addresses: ['101@lid', '5493415550001@s.whatsapp.net'],
    });
  });

  it('without a film is a voice call; one from the time without us rang in vain', () => {
    expect(ringingOf(call('offer', {}, { offline: '1' }))).toMatchObject({ late: true, row: { details: { call: { video: false } } } });
  });

  it.each<[string, BinaryNode]>([
    ['its end', call('terminate')],
    ['that of a group', call('offer', { type: 'group' })],
    ['one that is known to be a group’s', call('offer', { 'group-jid': '1@g.us' })],
    ['one without an id', { tag: 'call', attrs: { from: '101@lid' }, content: [{ tag: 'offer', attrs: {} }] }],
  ])('is none: %s', (_name, node) => expect(ringingOf(node)).toBeUndefined());
});
