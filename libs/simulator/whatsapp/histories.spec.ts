import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BaileysEventMap } from '@whiskeysockets/baileys';
import { afterEach, describe, expect, it } from 'vitest';
import { ANA, BETO, BUSINESS, client, simulation } from './testing/simulation.js';
import { until } from './testing/until.js';

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((path) => rmSync(path, { recursive: true, force: true })));

describe('the history of a phone', () => {
  it('reaches the client that is linked first, also after a restart, with names and whose LID is whose', async () => {
    const stateDir = folders[folders.push(mkdtempSync(join(tmpdir(), 'history-'))) - 1] ?? '';
    const before = await simulation({ stateDir });
    before.network.putAccount(BUSINESS);
    const ana = before.network.putPerson(ANA, { name: 'Ana' });
    before.network.putPerson(BETO, { name: 'Beto', lid: false });
    const messages = [
      { from: 'person', text: '¿tienen fibra?', at: '2026-01-02T10:00:00Z' },
      { from: 'account', text: 'sí', at: '2026-01-02T10:05:00-03:00' },
    ];
    const beto = { with: BETO, messages: [{ from: 'account', text: 'su factura', at: '2026-01-03T10:00:00Z' }] };
    const post = (chats: object[]) =>
      fetch(`${before.controlUrl}/accounts/${BUSINESS}/history`, { method: 'POST', body: JSON.stringify({ chats }) });
    expect(await (await post([{ with: ANA, messages }, beto])).json()).toEqual({ chats: 2, messages: 3 });
    expect(await (await post([{ with: '5491100000000', messages }])).json()).toMatchObject({ code: 'person_unknown' });
    await before.network.personSends(ANA, BUSINESS, 'hola, de nuevo');
    await before.stop();

    const { network, ...after } = await simulation({ stateDir });
    const device = client(after);
    const told: BaileysEventMap['messaging-history.set'][] = [];
    device.connect();
    const listen = () => device.socket.ev.on('messaging-history.set', (part) => told.push(part));
    listen();
    await network.scan(BUSINESS, await device.untilQr());
    const first = device.socket;
    await until(() => device.socket !== first, 'it connects anew');
    listen();
    await until(() => told.flatMap((part) => part.messages).length === 4, 'all is told');

    const texts = told.flatMap((part) => part.messages).map(({ key, message }) => [key.remoteJid, key.fromMe, message?.conversation]);
    expect(texts).toEqual([
      [ana.lidJid, false, 'hola, de nuevo'],
      [ana.lidJid, true, 'sí'],
      [ana.lidJid, false, '¿tienen fibra?'],
      [`${BETO}@s.whatsapp.net`, true, 'su factura'],
    ].toSorted((a, b) => texts.findIndex((one) => one[2] === a[2]) - texts.findIndex((one) => one[2] === b[2])));
    const contacts = told.flatMap((part) => part.contacts);
    expect(contacts).toContainEqual(expect.objectContaining({ id: ana.lidJid, name: 'Ana' }));
    expect(contacts).toContainEqual({ id: ana.lidJid, notify: 'Ana' });
    await device.untilOpen();
    expect(await device.socket.signalRepository.lidMapping.getLIDForPN(`${BETO}@s.whatsapp.net`)).toBe(network.person(BETO).lidJid);
    expect((await device.send(ana.lidJid, 'seguimos')).error).toBeUndefined();
    expect(network.unknown).toEqual([]);
  });
});
