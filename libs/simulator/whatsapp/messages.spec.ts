import { describe, expect, it } from 'vitest';
import { ANA, BUSINESS, linkedClient, simulation } from './testing/simulation.js';
import type { NetworkEvent } from './contract.js';
import { until } from './testing/until.js';

describe('text between virtual customers and a linked client', () => {
  it('reaches the client under the LID, with the phone number beside it, and is shown as delivered', async () => {
    const simulated = await simulation();
    const { network } = simulated;
    const device = await linkedClient(simulated);
    const ana = network.putPerson(ANA, { name: 'Ana' });

    const id = await network.personSends(ANA, BUSINESS, 'hola');
    const message = await device.untilText('hola');

    expect(message.key).toMatchObject({ id, remoteJid: ana.lidJid, remoteJidAlt: `${ANA}@s.whatsapp.net`, fromMe: false });
    expect(message.pushName).toBe('Ana');
    await until(() => network.ledger.find('in', BUSINESS, ANA, id)?.state === 'delivered', 'Ana sees two ticks');
    expect(network.unknown).toEqual([]);
  });

  it('reaches the client under the phone number for a person who is addressed so', async () => {
    const simulated = await simulation();
    const device = await linkedClient(simulated);
    const ana = simulated.network.putPerson(ANA, { name: 'Ana', lid: false });

    await simulated.network.personSends(ANA, BUSINESS, 'hola');

    const { key } = await device.untilText('hola');
    expect(key).toMatchObject({ remoteJid: `${ANA}@s.whatsapp.net`, remoteJidAlt: ana.lidJid });
  });

  it('goes on in both directions, and the client hears that the answer was delivered and read', async () => {
    const simulated = await simulation();
    const { network } = simulated;
    network.changeRules({ receiptDelayMs: 30, readDelayMs: 30 });
    const device = await linkedClient(simulated);
    const ana = network.putPerson(ANA, { name: 'Ana' });
    await network.personSends(ANA, BUSINESS, 'uno');
    await device.untilText('uno');

    const { id, error } = await device.send(ana.lidJid, 'dos');
    expect(error).toBeUndefined();
    await network.personSends(ANA, BUSINESS, 'tres');
    await device.untilText('tres');
    await device.send(ana.lidJid, 'cuatro');

    await until(() => device.statusOf(id) === 4, 'the client hears "read"');
    expect(network.ledger.chat(BUSINESS, ANA).map(({ direction, text }) => [direction, text])).toEqual([
      ['in', 'uno'],
      ['out', 'dos'],
      ['in', 'tres'],
      ['out', 'cuatro'],
    ]);
    expect(network.unknown).toEqual([]);
  });

  it('shows the person typing to the client, and the client typing to whoever watches', async () => {
    const simulated = await simulation();
    const { network } = simulated;
    const device = await linkedClient(simulated);
    const ana = network.putPerson(ANA, { name: 'Ana' });
    const seen: NetworkEvent[] = [];
    network.on((event) => event.kind === 'typing' && seen.push(event));
    const presences: string[] = [];
    device.socket.ev.on('presence.update', ({ id, presences: changed }) => {
      presences.push(...Object.values(changed).map(({ lastKnownPresence }) => `${id} ${lastKnownPresence}`));
    });

    await device.socket.presenceSubscribe(ana.lidJid);
    network.personTypes(ANA, BUSINESS, 'composing');
    await device.socket.sendPresenceUpdate('composing', ana.lidJid);

    await until(() => presences.includes(`${ana.lidJid} composing`), 'the client sees Ana typing');
    await until(() => seen.length, 'the network tells that the business types');
    expect(seen).toEqual([{ kind: 'typing', account: BUSINESS, chat: ANA, state: 'composing' }]);
    await until(() => presences.includes(`${ana.lidJid} available`), 'the client sees that Ana is there');
  });

  it('answers what a client asks on its way: who exists, pictures, groups, privacy, key rotation', async () => {
    const simulated = await simulation();
    const { network } = simulated;
    const device = await linkedClient(simulated);
    const ana = network.putPerson(ANA, { name: 'Ana' });
    const { socket } = device;

    expect(await socket.onWhatsApp(ANA, '5491100000000')).toEqual([expect.objectContaining({ exists: true, jid: ana.phoneJid })]);
    await expect(socket.profilePictureUrl(ana.lidJid)).rejects.toThrow('item-not-found');
    expect(await socket.groupFetchAllParticipating()).toEqual({});
    await expect(socket.groupMetadata('120363000000000000@g.us')).rejects.toThrow('item-not-found');
    expect(await socket.fetchPrivacySettings(true)).toMatchObject({ readreceipts: 'all' });
    expect(await socket.fetchBlocklist()).toEqual([]);
    await socket.rotateSignedPreKey();
    expect(network.world.devices[0]?.keys.signedPreKey.id).toBe(2);
    expect(network.unknown).toEqual([]);
  });

  it('records what it does not understand, and answers 501', async () => {
    const simulated = await simulation({ log: () => undefined });
    const device = await linkedClient(simulated);

    await expect(
      device.socket.query({ tag: 'iq', attrs: { to: '@s.whatsapp.net', type: 'get', xmlns: 'w:nunca' }, content: [{ tag: 'x', attrs: {} }] }),
    ).rejects.toThrow('feature-not-implemented');
    await device.socket.sendNode({ tag: 'novedad', attrs: { id: '1' } });

    await until(() => simulated.network.unknown.length === 2, 'both are recorded');
    expect(simulated.network.unknown.map(({ tag }) => tag)).toEqual(['iq', 'novedad']);
  });
});
