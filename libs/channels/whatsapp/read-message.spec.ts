import { proto } from '@whiskeysockets/baileys';
import { describe, expect, it } from 'vitest';
import { isTraffic, readMessage, type ReadMessage } from './read-message.js';

const Type = proto.Message.ProtocolMessage.Type;
const SecretType = proto.Message.SecretEncryptedMessage.SecretEncType;
const ME = '900@lid';
const key = { id: 'A1' };
const vcard = 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ana\\, la de acá\r\nitem1.TEL;type=CELL;waid=5493415550001:+54 9 341\r\n  555-0001\r\nTEL:tel:0341-4200000\r\nEND:VCARD';
const quoting = (participant: string): proto.IContextInfo => ({ stanzaId: 'Q1', participant, quotedMessage: { imageMessage: { caption: '¿este?' } } });

const table: readonly [string, proto.IMessage, ReadMessage][] = [
  ['a text', { conversation: 'hola' }, { kind: 'text', text: 'hola' }],
  ['a text with a link', { extendedTextMessage: { text: 'mirá' } }, { kind: 'text', text: 'mirá' }],
  ['a disappearing text', { ephemeralMessage: { message: { conversation: 'chau' } } }, { kind: 'text', text: 'chau' }],
  ['a quote of ours', { extendedTextMessage: { text: 'ese', contextInfo: quoting(ME) } },
    { kind: 'text', text: 'ese', details: { quote: { waId: 'Q1', kind: 'image', text: '¿este?', fromMe: true } } }],
  ['a picture that quotes their own', { imageMessage: { mimetype: 'image/jpeg', contextInfo: quoting('101@lid') } },
    { kind: 'image', details: { media: { mimetype: 'image/jpeg' }, quote: { waId: 'Q1', kind: 'image', text: '¿este?', fromMe: false } } }],
  ['a quote of what was not told', { extendedTextMessage: { text: '?', contextInfo: { stanzaId: 'Q1' } } },
    { kind: 'text', text: '?', details: { quote: { waId: 'Q1', kind: 'unreadable', fromMe: false } } }],
  ['a picture', { imageMessage: { caption: 'dni', mimetype: 'image/png', fileLength: 1234, width: 30, height: 20 } },
    { kind: 'image', text: 'dni', details: { media: { mimetype: 'image/png', size: 1234, width: 30, height: 20 } } }],
  ['a picture that says nothing of itself', { imageMessage: {} }, { kind: 'image', details: { media: { mimetype: 'application/octet-stream' } } }],
  ['a document with caption', { documentWithCaptionMessage: { message: { documentMessage: { caption: 'pago', fileName: 'pago.pdf', mimetype: 'application/pdf' } } } },
    { kind: 'document', text: 'pago', details: { media: { mimetype: 'application/pdf', fileName: 'pago.pdf' } } }],
  ['a voice note', { audioMessage: { ptt: true, seconds: 7, mimetype: 'audio/ogg; codecs=opus' } },
    { kind: 'audio', details: { media: { mimetype: 'audio/ogg; codecs=opus', seconds: 7, voice: true } } }],
  ['a video', { videoMessage: { caption: 'router', mimetype: 'video/mp4' } }, { kind: 'video', text: 'router', details: { media: { mimetype: 'video/mp4' } } }],
  ['a film that repeats', { videoMessage: { mimetype: 'video/mp4', gifPlayback: true } }, { kind: 'video', details: { media: { mimetype: 'video/mp4', gif: true } } }],
  ['a round video', { ptvMessage: { mimetype: 'video/mp4' } }, { kind: 'video', details: { media: { mimetype: 'video/mp4' } } }],
  ['a sticker', { stickerMessage: { mimetype: 'image/webp' } }, { kind: 'sticker', details: { media: { mimetype: 'image/webp' } } }],
  ['a moving sticker', { lottieStickerMessage: { message: { stickerMessage: { mimetype: 'application/was' } } } }, { kind: 'sticker', details: { media: { mimetype: 'application/was' } } }],
  ['a picture to be seen once', { viewOnceMessageV2: { message: { imageMessage: { caption: 'dni' } } } }, { kind: 'unreadable', details: { unreadable: 'view-once' } }],
  ['a disappearing one', { ephemeralMessage: { message: { viewOnceMessage: { message: { videoMessage: {} } } } } }, { kind: 'unreadable', details: { unreadable: 'view-once' } }],
  ['a picture that is marked so', { imageMessage: { viewOnce: true } }, { kind: 'unreadable', details: { unreadable: 'view-once' } }],
  ['a place', { locationMessage: { degreesLatitude: -31.5, degreesLongitude: -64, name: 'Casa', address: 'San Martín 100' } },
    { kind: 'location', text: 'Casa', details: { location: { latitude: -31.5, longitude: -64, name: 'Casa', address: 'San Martín 100' } } }],
  ['a place that is none', { locationMessage: { degreesLatitude: 200, degreesLongitude: 0 } }, { kind: 'location' }],
  ['a moving place', { liveLocationMessage: { degreesLatitude: -31, degreesLongitude: -64 } }, { kind: 'location', details: { location: { latitude: -31, longitude: -64, live: true } } }],
  ['a contact', { contactMessage: { displayName: 'Ana', vcard } }, { kind: 'contact', text: 'Ana', details: { contacts: [{ name: 'Ana', phones: ['+54 9 341 555-0001', '0341-4200000'] }] } }],
  ['contacts', { contactsArrayMessage: { displayName: '2 contactos', contacts: [{ vcard }, { displayName: 'Beto' }] } },
    { kind: 'contact', text: '2 contactos', details: { contacts: [{ name: 'Ana, la de acá', phones: ['+54 9 341 555-0001', '0341-4200000'] }, { name: 'Beto', phones: [] }] } }],
  ['a reaction', { reactionMessage: { text: '👍', key } }, { kind: 'reaction', text: '👍', details: { target: 'A1' } }],
  ['a reaction taken back', { reactionMessage: { text: '', key } }, { kind: 'reaction', details: { target: 'A1' } }],
  ['a poll', { pollCreationMessageV3: { name: '¿Cuándo?' } }, { kind: 'poll', text: '¿Cuándo?' }],
  ['a vote', { pollUpdateMessage: { pollCreationMessageKey: key } }, { kind: 'poll-vote', details: { target: 'A1' } }],
  ['a pressed button', { buttonsResponseMessage: { selectedDisplayText: 'Saldo' } }, { kind: 'text', text: 'Saldo' }],
  ['a chosen row', { listResponseMessage: { title: 'Plan 100' } }, { kind: 'text', text: 'Plan 100' }],
  ['a deletion', { protocolMessage: { type: Type.REVOKE, key } }, { kind: 'deleted', details: { target: 'A1' } }],
  ['a correction', { protocolMessage: { type: Type.MESSAGE_EDIT, key, editedMessage: { conversation: 'ahora sí' } } }, { kind: 'edit', text: 'ahora sí', details: { target: 'A1' } }],
  ['a wrapped correction of a caption', { editedMessage: { message: { protocolMessage: { type: Type.MESSAGE_EDIT, key, editedMessage: { imageMessage: { caption: 'mejor' } } } } } },
    { kind: 'edit', text: 'mejor', details: { target: 'A1' } }],
  ['a correction that the client cannot decrypt', { secretEncryptedMessage: { secretEncType: SecretType.MESSAGE_EDIT, targetMessageKey: key } },
    { kind: 'edit', details: { target: 'A1', unreadable: 'edit-unreadable' } }],
  ['a call from the log', { callLogMesssage: { isVideo: true } }, { kind: 'call', details: { call: { video: true } } }],
  ['an order', { orderMessage: { message: 'quiero esto' } }, { kind: 'order', text: 'quiero esto' }],
  ['a product', { productMessage: { product: { title: 'Router' } } }, { kind: 'product', text: 'Router' }],
  ['an invitation', { groupInviteMessage: { groupName: 'Vecinos' } }, { kind: 'group-invite', text: 'Vecinos' }],
  ['what nobody has met yet', { paymentInviteMessage: {} }, { kind: 'unreadable', details: { unreadable: 'unsupported' } }],
  ['nothing at all', {}, { kind: 'unreadable', details: { unreadable: 'unsupported' } }],
];

describe('reading a message', () => {
  it.each(table)('reads %s', (_name, message, expected) => {
    const overTheWire = proto.Message.decode(proto.Message.encode(proto.Message.fromObject(message)).finish());
    expect(readMessage(overTheWire, (jid) => jid === ME)).toEqual(expected);
    expect(readMessage(message, (jid) => jid === ME)).toEqual(expected);
  });

  it('believes no size that no column holds', () => {
    const media = (fileLength: number) => readMessage({ documentMessage: { fileLength, mimetype: 'a/b' } }).details?.media;
    for (const wrong of [-1, 2 ** 64, Number.NaN, 1.5]) expect(media(wrong)).toEqual({ mimetype: 'a/b' });
  });
});

describe('traffic', () => {
  it.each<[string, proto.IMessage]>([
    ['key distribution', { senderKeyDistributionMessage: { groupId: 'g' } }],
    ['key distribution with context', { senderKeyDistributionMessage: {}, messageContextInfo: {} }],
    ['a history notification', { protocolMessage: { type: Type.HISTORY_SYNC_NOTIFICATION } }],
    ['app state keys', { protocolMessage: { type: Type.APP_STATE_SYNC_KEY_SHARE } }],
    ['an album whose pictures follow', { albumMessage: { expectedImageCount: 3 } }],
    ['a pin', { pinInChatMessage: {} }],
    ['nothing', {}],
  ])('%s is nothing that a person wrote', (_name, message) => expect(isTraffic(message)).toBe(true));

  it.each<[string, proto.IMessage]>([
    ['a text beside a key', { conversation: 'hola', senderKeyDistributionMessage: {} }],
    ['a deletion', { protocolMessage: { type: Type.REVOKE } }],
    ['an unknown kind', { paymentInviteMessage: {} }],
  ])('%s is', (_name, message) => expect(isTraffic(message)).toBe(false));
});
