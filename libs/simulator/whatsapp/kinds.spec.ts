import { downloadMediaMessage, type AnyMessageContent, type WAMessage } from '@whiskeysockets/baileys';
import { describe, expect, it } from 'vitest';
import type { MessageToSend } from './content.js';
import type { RunningNetwork } from './start.js';
import type { TestClient } from './testing/client.js';
import { mp4, pdf, png, wav } from './testing/files.js';
import { ANA, BUSINESS, linkedClient, simulation } from './testing/simulation.js';
import { until } from './testing/until.js';

interface ShownMessage {
  id: string;
  from: string;
  kind: string;
  media?: { url: string };
}

async function chat() {
  const simulated = await simulation();
  const device = await linkedClient(simulated);
  const ana = simulated.network.putPerson(ANA, { name: 'Ana' });
  const call = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(simulated.controlUrl + path, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
    return (await response.json()) as { id: string; code?: string };
  };
  return { simulated, network: simulated.network, device, ana, call };
}

const shown = async ({ controlUrl }: RunningNetwork): Promise<ShownMessage[]> =>
  (await fetch(`${controlUrl}/people/${ANA}/messages?with=${BUSINESS}`)).json() as Promise<ShownMessage[]>;

const received = (device: TestClient, id: string) =>
  until(() => device.messages.find(({ key }) => key.id === id), `the client gets ${id}`);

const stanzaOf = (device: TestClient, id: string) => {
  const node = device.received.find(({ tag, attrs }) => tag === 'message' && attrs['id'] === id);
  const enc = Array.isArray(node?.content) ? node.content.find(({ tag }) => tag === 'enc') : undefined;
  return { type: node?.attrs['type'], edit: node?.attrs['edit'], mediatype: enc?.attrs['mediatype'], onFailure: enc?.attrs['decrypt-fail'] };
};

const download = (message: WAMessage) => downloadMediaMessage(message, 'buffer', {});

describe('a file from a person', () => {
  const photo = { bytes: png(40), mimetype: 'image/png', caption: 'la luz roja' };
  it.each<[string, MessageToSend, Buffer, object, object]>([
    ['image', { image: photo }, photo.bytes, { imageMessage: { caption: 'la luz roja', width: 40 } }, { type: 'media', mediatype: 'image' }],
    ['video', { video: { bytes: mp4(), mimetype: 'video/mp4', seconds: 3 } }, mp4(), { videoMessage: { seconds: 3 } }, { mediatype: 'video' }],
    ['gif', { video: { bytes: mp4(), mimetype: 'video/mp4', gif: true } }, mp4(), { videoMessage: { gifPlayback: true } }, { mediatype: 'gif' }],
    ['audio', { audio: { bytes: wav(2), mimetype: 'audio/wav' } }, wav(2), { audioMessage: { seconds: 2 } }, { mediatype: 'audio' }],
    ['voice', { audio: { bytes: wav(), mimetype: 'audio/ogg; codecs=opus', voice: true } }, wav(), { audioMessage: { ptt: true } }, { mediatype: 'ptt' }],
    ['document', { document: { bytes: pdf(), mimetype: 'application/pdf', fileName: 'f.pdf' } }, pdf(), { documentMessage: { fileName: 'f.pdf' } }, { mediatype: 'document' }],
    ['sticker', { sticker: { bytes: png(), mimetype: 'image/webp' } }, png(), { stickerMessage: { mimetype: 'image/webp' } }, { mediatype: 'sticker' }],
  ])('%s: is labelled as the real service does it, and the client can fetch it', async (_kind, message, bytes, content, attrs) => {
    const { network, device } = await chat();

    const got = await received(device, await network.personSends(ANA, BUSINESS, message));

    expect(got.message).toMatchObject(content);
    expect(stanzaOf(device, got.key.id ?? '')).toMatchObject(attrs);
    expect((await download(got)).equals(bytes)).toBe(true);
    expect(network.unknown).toEqual([]);
  });

  it('a document with a caption is wrapped as phones do it, and quotes', async () => {
    const { network, device } = await chat();
    const quote = await network.personSends(ANA, BUSINESS, { location: { lat: -32.95, lng: -60.64, name: 'Casa' } });

    const file = { bytes: pdf(), mimetype: 'application/pdf', fileName: 'dni.pdf', caption: 'mi DNI' };
    const got = await received(device, await network.personSends(ANA, BUSINESS, { document: file, quote }));

    const part = got.message?.documentWithCaptionMessage?.message?.documentMessage;
    expect(part).toMatchObject({ caption: 'mi DNI', contextInfo: { stanzaId: quote, quotedMessage: { locationMessage: { name: 'Casa' } } } });
    expect((await download(got)).equals(pdf())).toBe(true);
  });

  it('any other kind can be sent as it is', async () => {
    const { network, device } = await chat();
    const pollCreationMessage = { name: '¿Cuándo?', options: [{ optionName: 'hoy' }], selectableOptionsCount: 1 };
    const got = await received(device, await network.personSends(ANA, BUSINESS, { other: { pollCreationMessage } }));
    expect(got.message?.pollCreationMessage?.name).toBe('¿Cuándo?');
    expect([stanzaOf(device, got.key.id ?? '').type, network.ledger.after().at(-1)?.kind]).toEqual(['poll', 'pollCreation']);
  });

  it('that may be looked at once reaches the client as a placeholder only', async () => {
    const { network, device } = await chat();
    const id = await network.personSends(ANA, BUSINESS, { image: { bytes: png(), mimetype: 'image/png', viewOnce: true } });
    const got = await received(device, id);
    expect([got.key.isViewOnce, got.message]).toEqual([true, undefined]);
    expect(network.ledger.find('in', BUSINESS, ANA, id)).toMatchObject({ kind: 'image', media: { viewOnce: true } });
  });
});

describe('what a client sends', () => {
  it.each<[string, AnyMessageContent, object, Buffer?]>([
    ['image', { image: png(40), caption: 'su factura' }, { kind: 'image', text: 'su factura', media: { mimetype: 'image/jpeg', width: 40 } }, png(40)],
    ['video', { video: mp4(), jpegThumbnail: '' }, { kind: 'video', media: { mimetype: 'video/mp4' } }, mp4()],
    ['voice note', { audio: wav(2), ptt: true }, { kind: 'audio', media: { voice: true, seconds: 2 } }, wav(2)],
    ['document', { document: pdf(), mimetype: 'application/pdf', fileName: 'f.pdf' }, { kind: 'document', media: { fileName: 'f.pdf', size: pdf().length } }, pdf()],
    ['sticker', { sticker: png() }, { kind: 'sticker', media: { mimetype: 'image/webp' } }, png()],
    ['location', { location: { degreesLatitude: -32.9, degreesLongitude: -60.6, name: 'Oficina' } }, { kind: 'location', location: { lat: -32.9, lng: -60.6, name: 'Oficina' } }],
    ['contact', { contacts: { contacts: [{ displayName: 'Soporte', vcard: 'BEGIN:VCARD\nitem1.TEL;waid=54341:+54 341\nEND:VCARD' }] } }, { kind: 'contact', contacts: [{ name: 'Soporte', phones: ['+54 341'] }] }],
  ])('%s: the person sees it', async (_kind, content, view, bytes) => {
    const { simulated, network, device, ana } = await chat();
    await network.personSends(ANA, BUSINESS, 'hola');

    await device.socket.sendMessage(ana.lidJid, content, { messageId: 'OUT1' });
    await until(() => network.ledger.find('out', BUSINESS, ANA, 'OUT1'), 'it is noted');

    const message = (await shown(simulated)).find(({ id }) => id === 'OUT1');
    expect(message).toMatchObject({ from: BUSINESS, ...view });
    if (!bytes) return;
    const file = await fetch(simulated.controlUrl + (message?.media?.url ?? ''));
    expect(Buffer.from(await file.arrayBuffer()).equals(bytes)).toBe(true);
    expect(network.unknown).toEqual([]);
  });

  it('reactions, edits and deletions change what the person sees, and are entries of the ledger', async () => {
    const { simulated, network, device, ana } = await chat();
    const asked = await network.personSends(ANA, BUSINESS, '¿cuánto debo?');
    const { key } = await received(device, asked);
    await device.send(ana.lidJid, 'son 100', 'OUT1');
    await device.send(ana.lidJid, 'me equivoqué de chat', 'OUT2');
    const own = (id: string) => ({ remoteJid: ana.lidJid, fromMe: true, id });

    await device.socket.sendMessage(ana.lidJid, { react: { text: '👍', key } }, { messageId: 'OUT3' });
    await device.socket.sendMessage(ana.lidJid, { text: 'son 1000', edit: own('OUT1') }, { messageId: 'OUT4' });
    await device.socket.sendMessage(ana.lidJid, { delete: own('OUT2') }, { messageId: 'OUT5' });
    await until(() => network.ledger.find('out', BUSINESS, ANA, 'OUT5'), 'all is noted');

    expect(await shown(simulated)).toMatchObject([
      { id: asked, reactions: [{ from: BUSINESS, emoji: '👍' }] },
      { id: 'OUT1', text: 'son 1000', edited: true },
      { id: 'OUT2', kind: 'text', deleted: true },
    ]);
    expect((await shown(simulated))[2]).not.toHaveProperty('text');
    const acts = network.ledger.chat(BUSINESS, ANA).slice(3).map(({ id, kind, text, target }) => [id, kind, text, target]);
    expect(acts).toEqual([['OUT3', 'reaction', '👍', asked], ['OUT4', 'edit', 'son 1000', 'OUT1'], ['OUT5', 'deleted', undefined, 'OUT2']]);
  });
});

describe('in a group', () => {
  it('members send files, react, edit and delete; the client gets each, and its own file reaches them', async () => {
    const { simulated, network, device, call } = await chat();
    const { id: group } = network.groups.create({ subject: 'Edificio', members: [ANA, BUSINESS] });
    const said = async () => (await fetch(`${simulated.controlUrl}/groups/${group}/messages`)).json() as Promise<ShownMessage[]>;

    const image = { base64: png().toString('base64'), mimetype: 'image/png', caption: 'el router' };
    const { id } = await call('POST', `/people/${ANA}/messages`, { to: group, image });
    const got = await received(device, id);
    expect([(await download(got)).equals(png()), stanzaOf(device, id)]).toMatchObject([true, { type: 'media' }]);
    await device.socket.sendMessage(group, { image: png(40) }, { messageId: 'OUT1' });
    await until(() => network.ledger.find('out', BUSINESS, group, 'OUT1')?.media, 'it is noted');
    const reaction = await call('POST', `/people/${ANA}/reactions`, { to: group, id: 'OUT1', emoji: '🙏' });
    const edit = await call('POST', `/people/${ANA}/edits`, { to: group, id, text: 'el módem' });

    const reacted = await received(device, reaction.id);
    expect(reacted.message?.reactionMessage?.key).toMatchObject({ id: 'OUT1', fromMe: true });
    await received(device, edit.id);
    const [first, second] = await said();
    expect([first, second]).toMatchObject([{ text: 'el módem', edited: true }, { id: 'OUT1', reactions: [{ from: ANA, emoji: '🙏' }] }]);
    const file = await fetch(simulated.controlUrl + (second?.media?.url ?? ''));
    expect(Buffer.from(await file.arrayBuffer()).equals(png(40))).toBe(true);
    const deletion = await call('POST', `/people/${ANA}/deletions`, { to: group, id });
    await received(device, deletion.id);
    expect(await said()).toMatchObject([{ id, deleted: true }, { id: 'OUT1' }]);
    expect(network.unknown).toEqual([]);
  });
});

describe('by the control API', () => {
  it('a person sends a file, a place and a card; the file comes back to a browser as it was', async () => {
    const { simulated, device, call } = await chat();
    const to = BUSINESS;
    const image = { base64: png().toString('base64'), mimetype: 'image/png', caption: 'mirá' };
    const { id } = await call('POST', `/people/${ANA}/messages`, { to, image });
    const place = await call('POST', `/people/${ANA}/messages`, { to, location: { lat: -32.9, lng: -60.6 } });
    const card = await call('POST', `/people/${ANA}/messages`, { to, contact: { name: 'Juan; técnico', phones: ['+54 9 341 555-0009'] } });
    const placed = await received(device, place.id);
    const carded = await received(device, card.id);

    expect(stanzaOf(device, card.id)).toMatchObject({ type: 'media', mediatype: 'vcard' });
    expect(placed.message?.locationMessage).toMatchObject({ degreesLatitude: -32.9, degreesLongitude: -60.6 });
    expect(carded.message?.contactMessage?.vcard).toContain('TEL;type=CELL;waid=5493415550009:+54 9 341 555-0009');
    const [first, , third] = await shown(simulated);
    expect(third).toMatchObject({ kind: 'contact', contacts: [{ name: 'Juan; técnico', phones: ['+54 9 341 555-0009'] }] });
    expect(first).toMatchObject({ id, kind: 'image', text: 'mirá', media: { mimetype: 'image/png', size: png().length } });
    const file = await fetch(simulated.controlUrl + (first?.media?.url ?? ''));
    expect(file.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await file.arrayBuffer()).equals(png())).toBe(true);
  });

  it('a person reacts, takes it back, edits and deletes; the client hears of each as from a phone', async () => {
    const { simulated, device, ana, call } = await chat();
    const { id } = await call('POST', `/people/${ANA}/messages`, { to: BUSINESS, text: 'ola' });
    await received(device, id);
    await device.send(ana.lidJid, 'buenas', 'OUT1');

    const reaction = await call('POST', `/people/${ANA}/reactions`, { to: BUSINESS, id: 'OUT1', emoji: '❤️' });
    const edit = await call('POST', `/people/${ANA}/edits`, { to: BUSINESS, id, text: 'hola' });
    const reacted = await received(device, reaction.id);
    expect(reacted.message?.reactionMessage).toMatchObject({ text: '❤️', key: { id: 'OUT1', fromMe: true } });
    expect(stanzaOf(device, reaction.id)).toMatchObject({ type: 'reaction', onFailure: 'hide' });
    expect(await shown(simulated)).toMatchObject([{ text: 'hola', edited: true }, { id: 'OUT1', reactions: [{ from: ANA, emoji: '❤️' }] }]);
    await received(device, edit.id);
    expect(stanzaOf(device, edit.id)).toMatchObject({ type: 'text', edit: '1' });
    const update = await until(() => device.updates.find(({ key }) => key.id === id)?.update.message, 'it is told as a change');
    expect(update.editedMessage?.message).toMatchObject({ conversation: 'hola' });

    await call('POST', `/people/${ANA}/reactions`, { to: BUSINESS, id: 'OUT1', emoji: '' });
    const deletion = await call('POST', `/people/${ANA}/deletions`, { to: BUSINESS, id });
    await received(device, deletion.id);
    expect(stanzaOf(device, deletion.id)).toMatchObject({ type: 'text', edit: '7' });
    const [deleted, answered] = await shown(simulated);
    expect([deleted, answered]).toMatchObject([{ id, deleted: true }, { id: 'OUT1' }]);
    expect(answered).not.toHaveProperty('reactions');
    expect(await call('POST', `/people/${ANA}/edits`, { to: BUSINESS, id: 'OUT1', text: 'x' })).toMatchObject({ code: 'message_not_own' });
  });

  it('the owner sends, reacts, edits and deletes on the phone; the client sees each as its own', async () => {
    const { simulated, device, call } = await chat();
    const asked = await call('POST', `/people/${ANA}/messages`, { to: BUSINESS, text: 'hola' });
    const image = { base64: png().toString('base64'), mimetype: 'image/png', caption: 'factura' };
    const sent = await call('POST', `/accounts/${BUSINESS}/messages`, { to: ANA, image });
    const reaction = await call('POST', `/accounts/${BUSINESS}/reactions`, { to: ANA, id: asked.id, emoji: '👀' });
    const edit = await call('POST', `/accounts/${BUSINESS}/edits`, { to: ANA, id: sent.id, text: 'factura de mayo' });

    const own = await received(device, sent.id);
    expect([own.key.fromMe, (await download(own)).equals(png())]).toEqual([true, true]);
    const reacted = await received(device, reaction.id);
    expect([reacted.key.fromMe, reacted.message?.reactionMessage?.key?.fromMe]).toEqual([true, false]);
    await received(device, edit.id);
    expect(await shown(simulated)).toMatchObject([
      { reactions: [{ from: BUSINESS, emoji: '👀' }] },
      { id: sent.id, kind: 'image', text: 'factura de mayo', edited: true, media: { mimetype: 'image/png' } },
    ]);
    const deletion = await call('POST', `/accounts/${BUSINESS}/deletions`, { to: ANA, id: sent.id });
    await received(device, deletion.id);
    expect((await shown(simulated))[1]).toMatchObject({ id: sent.id, deleted: true });
  });
});
