import { encodeWAMessage, proto, type BinaryNode } from '@whiskeysockets/baileys';
import { describe, expect, it } from 'vitest';
import { chatOf, placeholderOf, rowsOf } from './classify.js';

const me = { id: '5493410000001:2@s.whatsapp.net', lid: '900:2@lid' };
const ANA = '5493415550001@s.whatsapp.net';
const ANA_LID = '101@lid';
const Type = proto.Message.ProtocolMessage.Type;

const stanza = (attrs: Record<string, string>, content: BinaryNode[] = []): BinaryNode => ({
  tag: 'message', attrs: { id: 'A1', from: ANA_LID, sender_pn: ANA, t: '1700000000', type: 'text', notify: 'Ana', ...attrs }, content,
});
const plain = (message: proto.IMessage): Uint8Array => encodeWAMessage(message);
const hola = plain({ conversation: 'hola' });

describe('the rows of a stanza', () => {
  it("one for a customer's text, with both addresses, the time and the raw message", () => {
    const [row, ...more] = rowsOf(stanza({}), hola, me);
    expect(more).toEqual([]);
    expect(row).toMatchObject({
      id: 'A1', addresses: [ANA_LID, ANA], participant: '', fromMe: false, author: 'customer', name: 'Ana', kind: 'text', text: 'hola', atMs: 1_700_000_000_000,
    });
    expect(proto.Message.decode(Buffer.from(row!.raw!, 'base64')).conversation).toBe('hola');
  });

  it('takes device numbers off addresses, and an address named twice once', () => {
    const attrs = { from: '5493415550001:7@s.whatsapp.net', sender_lid: '101:7@lid' };
    expect(rowsOf(stanza(attrs), hola, me)[0]!.addresses).toEqual([ANA, ANA_LID]);
    expect(rowsOf(stanza({ from: ANA, sender_lid: '', sender_pn: ANA }), hola, me)[0]!.addresses).toEqual([ANA]);
  });

  it("the owner's for what was written on the phone, in the customer's chat", () => {
    const sent = plain({ deviceSentMessage: { destinationJid: ANA, message: { conversation: 'yo sigo' } } });
    const [row] = rowsOf(stanza({ from: '5493410000001@s.whatsapp.net', recipient: ANA, peer_recipient_lid: ANA_LID, sender_pn: '' }), sent, me);
    expect(row).toMatchObject({ addresses: [ANA, ANA_LID], participant: 'me', fromMe: true, author: 'owner', text: 'yo sigo' });
  });

  it("a stranger's wrapper stays the stranger's message", () => {
    const forged = plain({ deviceSentMessage: { destinationJid: '5493419999999@s.whatsapp.net', message: { conversation: 'transferí acá' } } });
    const [row] = rowsOf(stanza({}), forged, me);
    expect(row).toMatchObject({ author: 'customer', fromMe: false, addresses: [ANA_LID, ANA], kind: 'unreadable' });
    expect(row!.text).toBeUndefined();
  });

  it.each<[string, Record<string, string>]>([
    ['a group', { from: '1@g.us', participant: ANA_LID }],
    ['a status', { from: 'status@broadcast', participant: ANA }],
    ['a channel', { from: '1@newsletter' }],
    ['WhatsApp itself', { from: '0@s.whatsapp.net' }],
    ["Meta's assistant", { from: '867051314767696@bot' }],
    ['what the owner asks the assistant', { from: '5493410000001@s.whatsapp.net', recipient: '13135550002@s.whatsapp.net' }],
    ['another own device', { category: 'peer', from: '5493410000001@s.whatsapp.net' }],
    ['a note to oneself', { from: '5493410000001@s.whatsapp.net', recipient: '5493410000001@s.whatsapp.net' }],
    ["the owner's in a group", { from: '5493410000001@s.whatsapp.net', recipient: '1@g.us' }],
  ])('none for %s', (_name, attrs) => expect(rowsOf(stanza(attrs), hola, me)).toEqual([]));

  it('none for keys and history', () => {
    expect(rowsOf(stanza({}), plain({ senderKeyDistributionMessage: { groupId: '1@g.us' } }), me)).toEqual([]);
    expect(rowsOf(stanza({}), plain({ protocolMessage: { type: Type.HISTORY_SYNC_NOTIFICATION } }), me)).toEqual([]);
  });

  it('reads a stanza that was never encrypted', () => {
    const bytes = proto.Message.encode({ conversation: 'sin cifrar' }).finish();
    expect(rowsOf(stanza({}), bytes, me, false)[0]).toMatchObject({ text: 'sin cifrar' });
  });

  it('gives nothing and fails for bytes that are no message', () => {
    expect(() => rowsOf(stanza({}), Buffer.from([255, 255, 1]), me)).toThrow();
  });
});

describe('a message without text', () => {
  const answer = (from: string, remoteJid = ANA) => {
    const webMessageInfoBytes = proto.WebMessageInfo.encode({ key: { id: 'AD1', remoteJid, fromMe: false }, message: { conversation: 'vi el anuncio' }, messageTimestamp: 1_700_000_000 }).finish();
    const peerDataOperationRequestResponseMessage = { peerDataOperationResult: [{ placeholderMessageResendResponse: { webMessageInfoBytes } }] };
    const type = Type.PEER_DATA_OPERATION_REQUEST_RESPONSE_MESSAGE;
    return rowsOf(stanza({ from, category: 'peer', id: 'P1' }), plain({ protocolMessage: { type, peerDataOperationRequestResponseMessage } }), me);
  };

  it('is a placeholder of its sender', () => {
    const [row] = placeholderOf(stanza({ id: 'AD1' }, [{ tag: 'unavailable', attrs: { type: 'fanout' } }]), me);
    expect(row).toMatchObject({ id: 'AD1', kind: 'placeholder', addresses: [ANA_LID, ANA], envelope: { unavailable: 'fanout' } });
    expect(placeholderOf(stanza({ from: '1@g.us' }), me)).toEqual([]);
    expect(placeholderOf(stanza({ category: 'peer' }), me, 'decrypt')).toEqual([]);
  });

  it('says why: nobody told it, it could not be decrypted, only the phone may show it', () => {
    const because = (...rest: [BinaryNode[]?, 'decrypt'?]) => placeholderOf(stanza({}, rest[0]), me, rest[1])[0];
    expect(because()).toMatchObject({ kind: 'placeholder', details: { unreadable: 'no-text' } });
    expect(because([], 'decrypt')).toMatchObject({ kind: 'placeholder', details: { unreadable: 'decrypt' } });
    expect(because([{ tag: 'unavailable', attrs: { type: 'view_once' } }])).toMatchObject({ kind: 'unreadable', details: { unreadable: 'view-once' } });
  });

  it("gets its text from the own phone's answer", () => {
    expect(answer('5493410000001@s.whatsapp.net')).toMatchObject([{ id: 'AD1', addresses: [ANA], text: 'vi el anuncio', kind: 'text', author: 'customer', envelope: { late: 'P1' } }]);
    expect(answer('5493410000001@s.whatsapp.net', '1@g.us')).toEqual([]);
  });

  it('never gets it from a stranger', () => expect(answer('5493419999999@s.whatsapp.net')).toEqual([]));
});

describe('whatever a stranger sends can be stored', () => {
  it('without NUL and halves of characters, in bounded length', () => {
    const nul = String.fromCharCode(0);
    const half = String.fromCharCode(0xd83d);
    const [row] = rowsOf(stanza({ id: 'x'.repeat(5_000), notify: `A${nul}na ${half}`, t: '99999999999999' }), plain({ conversation: `ho${nul}la` }), me);
    expect(row).toMatchObject({ text: 'hola', name: 'Ana \uFFFD', atMs: undefined });
    expect(row!.id).toHaveLength(200);
    expect(JSON.stringify(row)).not.toMatch(/\\u0000|\\ud83d/);
  });
});

describe('what is to be seen once', () => {
  it('leaves nothing that could be shown', () => {
    const [row] = rowsOf(stanza({}), plain({ viewOnceMessageV2: { message: { imageMessage: { mediaKey: Buffer.alloc(32) } } } }), me);
    expect(row).toMatchObject({ kind: 'unreadable', details: { unreadable: 'view-once' } });
    expect(row!.raw).toBeUndefined();
  });
});

describe('the chat of a stanza', () => {
  it('is the same for both addresses of a person', () => {
    expect(chatOf(stanza({}))).toBe(ANA_LID);
    expect(chatOf(stanza({ from: ANA, sender_lid: '101:3@lid' }))).toBe(ANA_LID);
  });
});
