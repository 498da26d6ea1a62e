import { proto } from '@whiskeysockets/baileys';
import { describe, expect, it } from 'vitest';
import { isTraffic, readMessage } from './read-message.js';

const Type = proto.Message.ProtocolMessage.Type;
const table: readonly [string, proto.IMessage, { kind: string; text?: string }][] = [
  ['a text', { conversation: 'hola' }, { kind: 'text', text: 'hola' }],
  ['a text with a link or a quote', { extendedTextMessage: { text: 'mirá' } }, { kind: 'text', text: 'mirá' }],
  ['a disappearing text', { ephemeralMessage: { message: { conversation: 'chau' } } }, { kind: 'text', text: 'chau' }],
  ['a picture to be seen once', { viewOnceMessageV2: { message: { imageMessage: { caption: 'dni' } } } }, { kind: 'image', text: 'dni' }],
  ['a picture without caption', { imageMessage: {} }, { kind: 'image' }],
  ['a document with caption', { documentWithCaptionMessage: { message: { documentMessage: { caption: 'pago' } } } }, { kind: 'document', text: 'pago' }],
  ['a voice note', { audioMessage: { ptt: true } }, { kind: 'audio' }],
  ['a video', { videoMessage: { caption: 'router' } }, { kind: 'video', text: 'router' }],
  ['a round video', { ptvMessage: {} }, { kind: 'video' }],
  ['a place', { locationMessage: { degreesLatitude: -31, degreesLongitude: -64, name: 'Casa' } }, { kind: 'location', text: 'Casa' }],
  ['a moving place', { liveLocationMessage: {} }, { kind: 'location' }],
  ['a contact', { contactMessage: { displayName: 'Ana' } }, { kind: 'contact', text: 'Ana' }],
  ['a sticker', { stickerMessage: {} }, { kind: 'sticker' }],
  ['a reaction', { reactionMessage: { text: '👍' } }, { kind: 'reaction', text: '👍' }],
  ['a poll', { pollCreationMessageV3: { name: '¿Cuándo?' } }, { kind: 'poll', text: '¿Cuándo?' }],
  ['a pressed button', { buttonsResponseMessage: { selectedDisplayText: 'Saldo' } }, { kind: 'text', text: 'Saldo' }],
  ['a chosen row', { listResponseMessage: { title: 'Plan 100' } }, { kind: 'text', text: 'Plan 100' }],
  ['a deletion', { protocolMessage: { type: Type.REVOKE } }, { kind: 'deleted' }],
  ['a correction', { protocolMessage: { type: Type.MESSAGE_EDIT, editedMessage: { conversation: 'ahora sí' } } }, { kind: 'edit', text: 'ahora sí' }],
  ['a wrapped correction', { editedMessage: { message: { protocolMessage: { type: Type.MESSAGE_EDIT, editedMessage: { conversation: 'mejor' } } } } }, { kind: 'edit', text: 'mejor' }],
  ['what nobody has met yet', { paymentInviteMessage: {} }, { kind: 'other' }],
  ['nothing at all', {}, { kind: 'other' }],
];

describe('reading a message', () => {
  it.each(table)('reads %s', (_name, message, expected) => {
    const overTheWire = proto.Message.decode(proto.Message.encode(proto.Message.fromObject(message)).finish());
    expect(readMessage(overTheWire)).toEqual(expected);
    expect(readMessage(message)).toEqual(expected);
  });
});

describe('traffic', () => {
  it.each<[string, proto.IMessage]>([
    ['key distribution', { senderKeyDistributionMessage: { groupId: 'g' } }],
    ['key distribution with context', { senderKeyDistributionMessage: {}, messageContextInfo: {} }],
    ['a history notification', { protocolMessage: { type: Type.HISTORY_SYNC_NOTIFICATION } }],
    ['app state keys', { protocolMessage: { type: Type.APP_STATE_SYNC_KEY_SHARE } }],
    ['nothing', {}],
  ])('%s is nothing that a person wrote', (_name, message) => expect(isTraffic(message)).toBe(true));

  it.each<[string, proto.IMessage]>([
    ['a text beside a key', { conversation: 'hola', senderKeyDistributionMessage: {} }],
    ['a deletion', { protocolMessage: { type: Type.REVOKE } }],
    ['an unknown kind', { paymentInviteMessage: {} }],
  ])('%s is', (_name, message) => expect(isTraffic(message)).toBe(false));
});
