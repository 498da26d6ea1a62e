import { encodeWAMessage, proto, type BinaryNode } from '@whiskeysockets/baileys';
import { describe, expect, it } from 'vitest';
import { historyBounds, historyRows, noticeOf } from './history.js';

const me = { id: '5493410000001:2@s.whatsapp.net', lid: '900:2@lid' };
const ANA = '5493415550001@s.whatsapp.net';
const NOW = Date.UTC(2026, 5, 1);
const ago = (days: number) => NOW / 1_000 - days * 86_400;
const said = (id: string, days: number, message: proto.IMessage = { conversation: id }, fromMe = false): proto.IHistorySyncMsg =>
  ({ message: { key: { id, remoteJid: ANA, fromMe }, message, messageTimestamp: ago(days), pushName: 'Anita' } });
const chat = (messages: proto.IHistorySyncMsg[], more: Partial<proto.IConversation> = {}): proto.IConversation => ({ id: ANA, messages, ...more });
const idsOf = (...conversations: proto.IConversation[]) => historyRows({ conversations }, me, NOW).map(({ id }) => id);

describe('the rows of a piece of history', () => {
  it('are of both sides, oldest first, with the name of the address book and both addresses', () => {
    const rows = historyRows({
      conversations: [chat([said('b', 1, { conversation: 'chau' }, true), said('a', 2)], { name: 'Ana Pérez' })],
      phoneNumberToLidMappings: [{ pnJid: ANA, lidJid: '101@lid' }],
    }, me, NOW);
    expect(rows).toMatchObject([
      { id: 'a', author: 'customer', participant: '', fromMe: false, name: 'Ana Pérez', addresses: [ANA, '101@lid'], kind: 'text', text: 'a', atMs: ago(2) * 1_000 },
      { id: 'b', author: 'owner', participant: 'me', fromMe: true },
    ]);
    expect(historyRows({ conversations: [chat([said('a', 2)], { lidJid: '101@lid' })] }, me, NOW)[0]).toMatchObject({ name: 'Anita', addresses: [ANA, '101@lid'] });
  });

  it.each(['1@g.us', 'status@broadcast', '1@newsletter', '0@s.whatsapp.net', '5493410000001@s.whatsapp.net', '900@lid'])('are none of %s', (id) =>
    expect(idsOf(chat([said('a', 1)], { id }))).toEqual([]));

  it('are bounded in age and number, the newest stay', () => {
    expect(idsOf(chat([said('old', historyBounds.days + 1), said('new', historyBounds.days - 1)]))).toEqual(['new']);
    const many = Array.from({ length: historyBounds.messagesPerChat + 5 }, (_, n) => said(`m${n}`, 1 + n / 1_000));
    const kept = idsOf(chat(many));
    expect(kept).toHaveLength(historyBounds.messagesPerChat);
    expect(kept.at(-1)).toBe('m0');
  });

  it('are none that a clock gone wrong puts beyond what a row can hold: one would stop the whole import', () =>
    expect(idsOf(chat([said('far', -40_000), said('soon', -2), said('now', 0)]))).toEqual(['now']));

  it('have no traffic, no stubs, nothing without an id or a time', () => {
    const stub: proto.IHistorySyncMsg = { message: { key: { id: 's' }, messageStubType: 1, messageTimestamp: ago(1) } };
    expect(idsOf(chat([stub, said('', 1), said('k', 1, { senderKeyDistributionMessage: {} }), { message: { key: { id: 't' }, message: { conversation: 'x' } } }, {}]))).toEqual([]);
  });

  it('want files that the network may still have, and no older ones', () => {
    const file = (id: string, days: number) => said(id, days, { imageMessage: { mimetype: 'image/jpeg' } });
    const rows = historyRows({ conversations: [chat([file('old', historyBounds.fileDays + 1), file('new', 1)])] }, me, NOW);
    expect(rows.map(({ kind, details }) => [kind, details?.media !== undefined])).toEqual([['image', false], ['image', true]]);
  });
});

describe('the notice of history', () => {
  const Sync = proto.Message.HistorySyncType;
  const plain = (syncType: number) => encodeWAMessage({ protocolMessage: { type: proto.Message.ProtocolMessage.Type.HISTORY_SYNC_NOTIFICATION, historySyncNotification: { syncType, directPath: '/h' } } });
  const peer = (attrs: Record<string, string> = {}): BinaryNode => ({ tag: 'message', attrs: { id: 'H1', from: '5493410000001@s.whatsapp.net', category: 'peer', ...attrs } });

  it('is the own phone’s alone', () => {
    const notice = noticeOf(peer(), plain(Sync.RECENT), me)!;
    expect(notice.id).toBe('H1');
    expect(proto.Message.HistorySyncNotification.decode(Buffer.from(notice.text, 'base64')).directPath).toBe('/h');
    expect(noticeOf(peer({ from: ANA }), plain(Sync.RECENT), me)).toBeUndefined();
    expect(noticeOf(peer({ category: '' }), plain(Sync.RECENT), me)).toBeUndefined();
    expect(noticeOf(peer(), plain(Sync.PUSH_NAME), me)).toBeUndefined();
    expect(noticeOf(peer(), encodeWAMessage({ conversation: 'hola' }), me)).toBeUndefined();
  });
});
