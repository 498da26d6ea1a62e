import { describe, expect, it } from 'vitest';
import type { TestClient } from './testing/client.js';
import { png } from './testing/files.js';
import { ANA, BETO, BUSINESS, linkedClient, simulation } from './testing/simulation.js';
import { until } from './testing/until.js';

const CARO = '5493415550003';
const DAY_MS = 24 * 3600 * 1000;

async function posting() {
  let ahead = 0;
  const simulated = await simulation({ now: () => Date.now() + ahead });
  const { network } = simulated;
  const device = await linkedClient(simulated);
  const [ana, beto, caro] = [[ANA, 'Ana'], [BETO, 'Beto'], [CARO, 'Caro']].map(([number = '', name = '']) => network.putPerson(number, { name }));
  if (!ana || !beto || !caro) throw new Error('nobody is there');
  const entry = (id: string) => network.ledger.find('out', BUSINESS, 'status@broadcast', id);
  const pass = (ms: number) => (ahead += ms);
  return { simulated, network, device, ana, beto, caro, entry, pass };
}

async function post({ socket }: TestClient, text: string, statusJidList: string[], messageId = `S${crypto.randomUUID()}`) {
  const ack = socket.waitForMessage<{ attrs: Record<string, string> }>(messageId, 5000);
  await socket.sendMessage('status@broadcast', { text, linkPreview: null }, { messageId, statusJidList, backgroundColor: '#128C7E', font: 2 });
  return { id: messageId, error: (await ack)?.attrs['error'] };
}

describe('statuses', () => {
  it('are seen, with text and colour, by those who were listed and nobody else; their views come back', async () => {
    const { network, device, ana, beto, caro, entry } = await posting();

    const { id, error } = await post(device, 'Abrimos a las 9', [ana.lidJid, beto.lidJid]);
    expect(error).toBeUndefined();
    await until(() => entry(id)?.state === 'delivered', 'both phones have it');
    const shown = { id, account: BUSINESS, kind: 'text', text: 'Abrimos a las 9', backgroundColor: '#128c7e', font: 2, viewed: false };
    expect(network.statuses.seenBy(ana)).toEqual([{ ...shown, at: entry(id)?.at }]);
    expect(network.statuses.seenBy(caro)).toEqual([]);

    network.statuses.view(ana, network.account(BUSINESS), id);
    const views = () => device.received.filter(({ tag, attrs }) => tag === 'receipt' && attrs['id'] === id && attrs['type'] === 'read');
    await until(() => views().length > 0, 'the client hears of the view');
    expect(views().map(({ attrs }) => [attrs['from'], attrs['participant']])).toEqual([['status@broadcast', ana.lidJid]]);
    expect(network.statuses.seenBy(ana)).toMatchObject([{ viewed: true }]);
    expect(entry(id)).toMatchObject({ state: 'delivered', receipts: { [ANA]: 'read', [BETO]: 'delivered' } });
    expect(() => network.statuses.view(caro, network.account(BUSINESS), id)).toThrow(expect.objectContaining({ code: 'status_unknown' }));
    expect(network.unknown).toEqual([]);
  });

  it('479: viewers named by phone number; with the rule off they get it', async () => {
    const { network, device, ana, beto, entry } = await posting();

    const refused = await post(device, 'promo', [ana.phoneJid, beto.phoneJid]);
    expect(refused.error).toBe('479');
    expect(entry(refused.id)).toMatchObject({ state: 'refused', error: '479' });
    expect(network.statuses.seenBy(ana)).toEqual([]);

    network.changeRules({ statusLids: false });
    const { id, error } = await post(device, 'promo', [ana.phoneJid]);
    expect(error).toBeUndefined();
    await until(() => entry(id)?.state === 'delivered', 'her phone has it');
    expect(network.statuses.seenBy(ana)).toMatchObject([{ text: 'promo' }]);
  });

  it('may be images: viewers can fetch the file', async () => {
    const { simulated, network, device, ana } = await posting();

    await device.socket.sendMessage('status@broadcast', { image: png(40), caption: 'oferta' }, { statusJidList: [ana.lidJid] });
    const [status] = await until(() => network.statuses.seenBy(ana).length === 1 && network.statuses.seenBy(ana), 'she sees it');

    expect(status).toMatchObject({ kind: 'image', text: 'oferta', media: { mimetype: 'image/jpeg', width: 40 } });
    const file = await fetch(simulated.controlUrl + status?.media?.url);
    expect(Buffer.from(await file.arrayBuffer()).equals(png(40))).toBe(true);
  });

  it('go away when they are deleted, and after 24 hours', async () => {
    const { network, device, ana, beto, entry, pass } = await posting();
    const viewers = [ana.lidJid, beto.lidJid];
    const { id } = await post(device, 'error de tipeo', viewers);
    const kept = await post(device, 'así está bien', viewers);
    await until(() => entry(kept.id)?.state === 'delivered', 'both phones have both');

    const key = { remoteJid: 'status@broadcast', id, fromMe: true };
    await device.socket.sendMessage('status@broadcast', { delete: key }, { statusJidList: viewers });
    await until(() => network.statuses.seenBy(ana).length === 1, 'the first one is gone');
    expect(network.statuses.seenBy(beto).map(({ text }) => text)).toEqual(['así está bien']);
    pass(DAY_MS - 60_000);
    expect(network.statuses.seenBy(ana)).toHaveLength(1);
    pass(60_000);
    expect(network.statuses.seenBy(ana)).toEqual([]);
    expect(() => network.statuses.view(ana, network.account(BUSINESS), kept.id)).toThrow(expect.objectContaining({ code: 'status_unknown' }));
  });

  it('of people reach the client as such, and are in nobody’s chat', async () => {
    const { network, device, ana } = await posting();

    const id = await network.statuses.post(ana, [network.account(BUSINESS)], { text: 'de vacaciones', backgroundColor: '#ff8800' });
    const { key, message } = await device.untilText('de vacaciones');

    expect(key).toMatchObject({ id, remoteJid: 'status@broadcast', participant: ana.lidJid, fromMe: false });
    expect(message?.extendedTextMessage?.backgroundArgb).toBe(0xffff8800);
    await until(() => network.ledger.find('in', BUSINESS, 'status@broadcast', id)?.state === 'delivered', 'the client has confirmed it');
    expect(network.ledger.find('in', BUSINESS, 'status@broadcast', id)).toMatchObject({ author: ANA, text: 'de vacaciones' });
    expect([network.ledger.of(ANA), network.statuses.seenBy(ana)]).toEqual([[], []]);
    expect(network.unknown).toEqual([]);
  });

  it('sent again under its id it is shown once', async () => {
    const { network, device, ana, entry } = await posting();
    const { id } = await post(device, 'una vez', [ana.lidJid]);
    await until(() => entry(id)?.state === 'delivered', 'her phone has it');
    network.statuses.view(ana, network.account(BUSINESS), id);

    await post(device, 'una vez', [ana.lidJid], id);
    await until(() => entry(id)?.copies === 2, 'the network has it once more');

    expect(network.statuses.seenBy(ana)).toMatchObject([{ id, viewed: true }]);
    expect(entry(id)).toMatchObject({ retries: 0, receipts: { [ANA]: 'read' } });
  });
});
