import { describe, expect, it } from 'vitest';
import { sendableKinds, type MessageDetails } from '../../../domain/message/details.js';
import type { SendOrder } from '../store.js';
import { contentOf, isSendable, Unsendable } from './content.js';
import { quotedOf } from './quoted.js';
import { vcardOf } from './vcard.js';

const order = (kind: string, text: string, details?: MessageDetails, more: Partial<SendOrder> = {}): SendOrder => ({
  waId: '3EB0A', kind, text, state: 'sending', cause: null, addresses: ['9@lid'], hasWritten: true, ...(details ? { details } : {}), ...more,
});
const bytes = Buffer.from('the file');
const file = (mimetype: string, fileName?: string) => ({ file: { sha256: 'ab', mimetype, ...(fileName ? { fileName } : {}) } });

describe('the message of a row', () => {
  it('exists for every kind that an agent may send', () => expect(sendableKinds.every(isSendable)).toBe(true));

  it.each<[string, SendOrder, object]>([
    ['a text, without a preview of its link', order('text', 'mirá https://example.com'), { text: 'mirá https://example.com', linkPreview: null }],
    ['an image with its caption', order('image', 'la boleta', { media: { mimetype: 'image/png', width: 4, height: 3 } }, file('image/png')),
      { image: bytes, mimetype: 'image/png', caption: 'la boleta', width: 4, height: 3 }],
    ['a film that repeats', order('video', '', { media: { mimetype: 'video/mp4', gif: true, seconds: 2.6 } }, file('video/mp4')),
      { video: bytes, mimetype: 'video/mp4', gifPlayback: true, seconds: 3 }],
    ['a sound', order('audio', '', { media: { mimetype: 'audio/mpeg', seconds: 61 } }, file('audio/mpeg')), { audio: bytes, mimetype: 'audio/mpeg', ptt: false, seconds: 61 }],
    ['a voice note', order('audio', '', { media: { mimetype: 'audio/ogg', voice: true, seconds: 5 } }, file('audio/ogg')),
      { audio: bytes, mimetype: 'audio/ogg; codecs=opus', ptt: true, seconds: 5 }],
    ['a voice note that phones would not play as one', order('audio', '', { media: { mimetype: 'audio/webm', voice: true } }, file('audio/webm')),
      { audio: bytes, mimetype: 'audio/webm', ptt: false }],
    ['a document by its name', order('document', 'adjunto', {}, file('application/pdf', 'Factura 12.pdf')),
      { document: bytes, mimetype: 'application/pdf', fileName: 'Factura 12.pdf', caption: 'adjunto' }],
    ['a document without a name', order('document', '', {}, file('application/pdf')), { document: bytes, fileName: 'archivo' }],
    ['a sticker', order('sticker', '', {}, file('image/webp')), { sticker: bytes, mimetype: 'image/webp' }],
    ['a place', order('location', '', { location: { latitude: -32.9, longitude: -60.6, name: 'Oficina', address: 'San Martín 100' } }),
      { location: { degreesLatitude: -32.9, degreesLongitude: -60.6, name: 'Oficina', address: 'San Martín 100' } }],
    ['a contact card', order('contact', '', { contacts: [{ name: 'Técnico', phones: ['+54 9 341 555-0100'] }] }),
      { contacts: { displayName: 'Técnico', contacts: [{ displayName: 'Técnico' }] } }],
    ['a reaction to what the customer wrote', order('reaction', '👍', { target: '3A1' }, { about: { waId: '3A1', kind: 'text', fromMe: false } }),
      { react: { text: '👍', key: { id: '3A1', fromMe: false } } }],
    ['a reaction that is taken back', order('reaction', '', { target: '3A1' }, { about: { waId: '3A1', kind: 'text', fromMe: true } }),
      { react: { text: '', key: { id: '3A1', fromMe: true } } }],
  ])('is %s', (_name, row, content) => expect(contentOf(row, bytes)).toMatchObject(content));

  it.each<[string, SendOrder, string]>([
    ['a kind that nobody sends', order('poll', 'x'), 'kind-not-sendable'],
    ['a kind that is a property of every object', order('constructor', 'x'), 'kind-not-sendable'],
    ['a place without a place', order('location', ''), 'kind-not-sendable'],
    ['a card of nobody', order('contact', '', { contacts: [] }), 'kind-not-sendable'],
    ['a reaction to a message that is not there', order('reaction', '👍', { target: '3A1' }), 'target-missing'],
  ])('is refused for good for %s', (_name, row, cause) => {
    expect(() => contentOf(row)).toThrow(Unsendable);
    expect(() => contentOf(row)).toThrow(cause);
  });
});

describe('a contact card', () => {
  it('names its numbers so that the phone offers to write to them, and lets no name break out of its line', () => {
    expect(vcardOf({ name: 'Pérez; Ana\r\nTEL:666', phones: ['+54 9 341 555-0100', 'interno'] }).split('\n')).toEqual([
      'BEGIN:VCARD', 'VERSION:3.0', 'N:;Pérez\\; Ana TEL:666;;;', 'FN:Pérez\\; Ana TEL:666',
      'TEL;type=CELL;type=VOICE;waid=5493415550100:+54 9 341 555-0100', 'TEL;type=CELL:interno', 'END:VCARD',
    ]);
  });
});

describe('a quoted message', () => {
  const quote = { waId: '3A1', kind: 'text', text: 'no anda', fromMe: false };

  it('is made of its row, else of what the quote tells', () => {
    expect(quotedOf(order('text', 'ya lo veo'), '9@lid')).toBeUndefined();
    expect(quotedOf(order('text', 'ya lo veo', { quote }), '9@lid')).toMatchObject({ key: { id: '3A1', fromMe: false, remoteJid: '9@lid' }, message: { conversation: 'no anda' } });
    const about = { waId: '3A1', kind: 'image', text: 'la luz roja', fromMe: true };
    expect(quotedOf(order('text', 'ya lo veo', { quote }, { about }), '9@lid')).toMatchObject({ key: { fromMe: true }, message: { imageMessage: { caption: 'la luz roja' } } });
  });
});
