import { proto } from '@whiskeysockets/baileys';
import { describe, expect, it } from 'vitest';
import { mp4, wav } from './testing/files.js';
import { ANA, BUSINESS, linkedClient, simulation } from './testing/simulation.js';
import { until } from './testing/until.js';

const PLAYED: number = proto.WebMessageInfo.Status.PLAYED;

async function unread() {
  const simulated = await simulation();
  const { network, controlUrl } = simulated;
  network.changeRules({ readDelayMs: null, receiptDelayMs: 1 });
  const device = await linkedClient(simulated);
  const ana = network.putPerson(ANA, { name: 'Ana' });
  await network.personSends(ANA, BUSINESS, 'hola');
  const read = async (body: object) =>
    (await (await fetch(`${controlUrl}/people/${ANA}/read`, { method: 'POST', body: JSON.stringify(body) })).json()) as { code?: string };
  return { network, device, ana, read };
}

describe('reading', () => {
  it('a person reads when it is said, up to a message; the client hears of it', async () => {
    const { network, device, ana, read } = await unread();
    for (const id of ['OUT1', 'OUT2', 'OUT3']) await device.send(ana.lidJid, id, id);
    await until(() => device.statusOf('OUT3') === 3, 'all is delivered');

    await read({ to: BUSINESS, id: 'OUT2' });

    await until(() => device.statusOf('OUT2') === 4, 'the client hears "read"');
    expect(['OUT1', 'OUT2', 'OUT3'].map((id) => network.ledger.find('out', BUSINESS, ANA, id)?.state)).toEqual(['read', 'read', 'delivered']);
    expect(await read({ to: BUSINESS, id: 'NADA' })).toMatchObject({ code: 'message_unknown' });
    expect(await read({ to: BUSINESS })).toEqual({});
    await until(() => device.statusOf('OUT3') === 4, 'the rest, too');
  });

  it('a member reads what was written in a group', async () => {
    const { network, device, read } = await unread();
    const { id: group } = network.groups.create({ subject: 'Edificio', members: [ANA, BUSINESS] });
    await device.socket.sendMessage(group, { text: 'corte a las 10' }, { messageId: 'OUT1' });
    await until(() => network.ledger.find('out', BUSINESS, group, 'OUT1')?.receipts?.[ANA] === 'delivered', 'it is delivered');
    await read({ to: group });
    expect(network.ledger.find('out', BUSINESS, group, 'OUT1')?.receipts).toEqual({ [ANA]: 'read' });
  });

  it('both sides tell that a voice note was played', async () => {
    const { network, device, ana, read } = await unread();
    const id = await network.personSends(ANA, BUSINESS, { audio: { bytes: wav(), mimetype: 'audio/ogg; codecs=opus', voice: true } });
    const { key } = await until(() => device.messages.find((one) => one.key.id === id), 'the client gets it');
    await device.socket.sendReceipts([key], 'played');
    await until(() => network.ledger.find('in', BUSINESS, ANA, id)?.played, 'the person sees that it was played');

    await device.socket.sendMessage(ana.lidJid, { video: mp4(), jpegThumbnail: '' }, { messageId: 'OUT1' });
    await until(() => device.statusOf('OUT1') === 3, 'it is delivered');
    await read({ to: BUSINESS, id: 'OUT1', played: true });
    await until(() => device.statusOf('OUT1') === PLAYED, 'the client hears that it was played');
  });

  it('typing is seen in groups, both ways', async () => {
    const { network, device, ana } = await unread();
    const { id: group } = network.groups.create({ subject: 'Edificio', members: [ANA, BUSINESS] });
    const seen: unknown[] = [];
    network.on((event) => event.kind === 'typing' && seen.push(event));
    const presences: string[] = [];
    device.socket.ev.on('presence.update', ({ id, presences: all }) => presences.push(`${id} ${Object.keys(all).join()} ${JSON.stringify(all)}`));

    network.personTypes(ANA, group, 'recording');
    await device.socket.sendPresenceUpdate('composing', group);

    await until(() => seen.length, 'the network tells');
    expect(seen).toEqual([{ kind: 'typing', account: BUSINESS, chat: group, state: 'composing' }]);
    const heard = await until(() => presences.find((one) => one.startsWith(group)), 'the client sees it');
    expect(heard).toContain(ana.lidJid);
    expect(heard).toContain('recording');
  });
});
