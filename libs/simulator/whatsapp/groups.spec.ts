import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BinaryNode, UserFacingSocketConfig } from '@whiskeysockets/baileys';
import { describe, expect, it } from 'vitest';
import type { NewGroup } from './group-changes.js';
import { textOf } from './testing/client.js';
import { ANA, BETO, BUSINESS, client, linkedClient, simulation } from './testing/simulation.js';
import { until } from './testing/until.js';

async function grouped(addressing: NewGroup['addressing'] = 'lid', options: Partial<UserFacingSocketConfig> = {}) {
  const simulated = await simulation();
  const { network } = simulated;
  const [ana, beto] = [network.putPerson(ANA, { name: 'Ana' }), network.putPerson(BETO, { name: 'Beto' })];
  network.putAccount(BUSINESS, { name: 'Fibra' });
  const group = network.groups.create({ subject: 'Vecinos', members: [ANA, BETO, BUSINESS], addressing });
  const device = await linkedClient(simulated, options);
  const said = (id: string) => network.ledger.find('out', BUSINESS, group.id, id);
  return { simulated, network, device, ana, beto, group, said };
}

describe('groups', () => {
  it.each(['lid', 'phone'] as const)('are listed and named to a client that is in them (by %s)', async (addressing) => {
    const { network, device, ana, group } = await grouped(addressing);
    const foreign = network.groups.create({ subject: 'Ajeno', members: [ANA] });

    const all = await device.socket.groupFetchAllParticipating();
    expect(Object.keys(all)).toEqual([group.id]);
    const { subject, addressingMode, participants, owner, size } = await device.socket.groupMetadata(group.id);
    const [address, other] = addressing === 'lid' ? [ana.lidJid, { phoneNumber: ana.phoneJid }] : [ana.phoneJid, { lid: ana.lidJid }];
    expect({ subject, addressingMode, owner, size }).toEqual({
      subject: 'Vecinos',
      addressingMode: addressing === 'lid' ? 'lid' : 'pn',
      owner: address,
      size: 3,
    });
    expect(participants[0]).toMatchObject({ id: address, admin: 'superadmin', ...other });
    await expect(device.socket.groupMetadata(foreign.id)).rejects.toThrow('forbidden');
    await expect(device.socket.groupMetadata('120363000000000000@g.us')).rejects.toThrow('item-not-found');
    expect(network.unknown).toEqual([]);
  });

  it.each(['lid', 'phone'] as const)('carry what the client says to every member, who confirm and read it (by %s)', async (addressing) => {
    const { network, device, group, said } = await grouped(addressing);

    const first = await device.send(group.id, 'corte a las 15');
    const second = await device.send(group.id, 'ya volvió');
    expect([first.error, second.error]).toEqual([undefined, undefined]);
    for (const { id } of [first, second]) await until(() => said(id)?.state === 'read', 'everybody has read it');

    expect(said(second.id)).toMatchObject({ text: 'ya volvió', author: BUSINESS, copies: 1, retries: 0, receipts: { [ANA]: 'read', [BETO]: 'read' } });
    const receipts = await until(() => {
      const heard = device.received.filter(({ tag, attrs }) => tag === 'receipt' && attrs['id'] === second.id && attrs['type'] === 'read');
      return heard.length === 2 && heard;
    }, 'the client hears of both');
    expect(receipts.every(({ attrs }) => attrs['from'] === group.id)).toBe(true);
    expect(network.unknown).toEqual([]);
  });

  it.each(['lid', 'phone'] as const)('carry what people say and quote to the client (by %s)', async (addressing) => {
    const { network, device, ana, beto, group } = await grouped(addressing);

    const id = await network.personSends(ANA, group.id, '¿a alguien le anda?');
    const { key, pushName } = await device.untilText('¿a alguien le anda?');
    const [participant, participantAlt] = addressing === 'lid' ? [ana.lidJid, ana.phoneJid] : [ana.phoneJid, ana.lidJid];
    expect({ ...key, pushName }).toMatchObject({ id, remoteJid: group.id, participant, participantAlt, fromMe: false, pushName: 'Ana' });
    await network.personSends(BETO, group.id, { text: 'acá sí', quote: id });
    const answer = await device.untilText('acá sí');
    await network.personSends(BETO, group.id, 'desde ayer');
    await device.untilText('desde ayer');

    expect(answer.message?.extendedTextMessage?.contextInfo).toMatchObject({ stanzaId: id, participant });
    await until(() => network.ledger.of(group.id).every(({ state }) => state === 'delivered'), 'all are delivered');
    const stanzas = device.received.filter(({ tag, attrs }) => tag === 'message' && attrs['participant'] === (addressing === 'lid' ? beto.lidJid : beto.phoneJid));
    expect(stanzas.map(({ content }) => (content as BinaryNode[]).map(({ attrs }) => attrs['type']))).toEqual([['pkmsg', 'skmsg'], ['skmsg']]);
    expect(network.ledger.of(ANA)).toEqual([]);
    expect(network.unknown).toEqual([]);
  });

  it("carry what is typed on the owner's phone to the client, who sees it as its own", async () => {
    const { network, device, group } = await grouped();

    const id = await network.phoneSends(BUSINESS, group.id, 'soy el dueño');
    const message = await until(() => device.messages.find((one) => textOf(one) === 'soy el dueño'), 'the client sees it');

    expect(message.key).toMatchObject({ id, remoteJid: group.id, fromMe: true });
    await until(() => network.ledger.find('own', BUSINESS, group.id, id)?.state === 'read', 'all have read it');
    expect(network.unknown).toEqual([]);
  });

  it('tell the client of a new name, of who enters and of who leaves, and write with new keys then', async () => {
    const { network, device, ana, beto, group } = await grouped();
    const changes: unknown[] = [];
    device.socket.ev.on('groups.update', (updates) => changes.push(...updates.map(({ subject }) => subject)));
    device.socket.ev.on('group-participants.update', ({ action, participants }) => changes.push([action, participants.map(({ id }) => id)]));
    network.putPerson('5493415550003', { name: 'Caro' });
    const caro = network.person('5493415550003');
    await network.personSends(ANA, group.id, 'uno');

    network.groups.change(group, { subject: 'Vecinos del 3º', add: [caro.number], remove: [BETO] });
    await until(() => changes.length === 3, 'the client was told three times');
    expect(changes).toHaveLength(3);
    expect(changes).toEqual(expect.arrayContaining(['Vecinos del 3º', ['add', [caro.lidJid]], ['remove', [beto.lidJid]]]));

    await network.personSends(ANA, group.id, 'dos');
    await device.untilText('dos');
    const { id } = await device.send(group.id, 'bienvenida');
    await until(() => network.ledger.find('out', BUSINESS, group.id, id)?.state === 'read', 'those who are in have read it');
    expect(Object.keys(network.ledger.find('out', BUSINESS, group.id, id)?.receipts ?? {})).toEqual([ANA, caro.number]);
    await expect(network.personSends(BETO, group.id, 'sigo acá')).rejects.toMatchObject({ code: 'not_a_member' });
    expect(ana.phone.senderKeys.isSharedWith(group.id, [...network.account(BUSINESS).devices.values()][0]?.address ?? '')).toBe(true);
    expect(network.unknown).toEqual([]);
  });

  it('a member whose phone lost the sender key asks again and gets the message once', async () => {
    const { network, device, beto, group, said } = await grouped('lid', { enableRecentMessageCache: true });
    const before = await device.send(group.id, 'uno');
    await until(() => said(before.id)?.state === 'read', 'all have read the first');

    beto.phone.senderKeys.forget(group.id, [...network.account(BUSINESS).devices.values()][0]?.address ?? '');
    const { id } = await device.send(group.id, 'dos');
    await until(() => said(id)?.state === 'read', 'all have read the second');

    expect(said(id)).toMatchObject({ retries: 1, copies: 1, text: 'dos', receipts: { [ANA]: 'read', [BETO]: 'read' } });
  });

  it('a client that lost its keys asks again and gets the message', async () => {
    const { simulated, network, device, group } = await grouped();
    await network.personSends(ANA, group.id, 'uno');
    await device.untilText('uno');

    for (const key of device.auth.data.keys()) if (key.startsWith('sender-key:')) device.auth.data.delete(key);
    await device.disconnect();
    const again = client(simulated);
    again.takeOver(device);
    again.connect();
    await again.untilOpen();
    const id = await network.personSends(ANA, group.id, 'dos');
    await again.untilText('dos');

    await until(() => network.ledger.find('in', BUSINESS, group.id, id)?.state === 'delivered', 'delivered');
    expect(network.ledger.find('in', BUSINESS, group.id, id)).toMatchObject({ retries: 1, copies: 1 });
  });

  it('two businesses in one group hear each other', async () => {
    const other = '5493410000002';
    const { simulated, network, device, group } = await grouped();
    const second = await linkedClient(simulated, { number: other });
    network.groups.change(group, { add: [other] });

    const { id } = await device.send(group.id, 'hola colegas');
    await second.untilText('hola colegas');
    await second.send(group.id, 'hola');
    await device.untilText('hola');

    expect(network.ledger.find('in', other, group.id, id)).toMatchObject({ author: BUSINESS, text: 'hola colegas' });
  });

  it('421: members named otherwise than the group names them', async () => {
    const { network, device, ana, group } = await grouped('lid', { cachedGroupMetadata: async () => mixed() });
    const mixed = () => ({ id: group.id, subject: '', owner: undefined, addressingMode: 'lid' as never, participants: [{ id: ana.phoneJid }, { id: network.person(BETO).lidJid }] });

    const { id, error } = await device.send(group.id, 'hola');
    expect(error).toBe('421');
    expect(network.ledger.find('out', BUSINESS, group.id, id)).toMatchObject({ state: 'refused', error: '421' });
    network.changeRules({ oneNamespace: false });
    expect((await device.send(group.id, 'hola')).error).toBeUndefined();
  });

  it('403 and 404: a group that the business is not in, and one that does not exist', async () => {
    const { network, device } = await grouped();
    const foreign = network.groups.create({ subject: 'Ajeno', members: [ANA] });
    const codes = [foreign.id, '120363000000000000@g.us'].map(async (to) => {
      const answer = device.socket.waitForMessage<BinaryNode>(`A-${to}`, 5000);
      await device.socket.sendNode({ tag: 'message', attrs: { id: `A-${to}`, to, type: 'text' }, content: [] });
      return (await answer)?.attrs['error'];
    });

    expect(await Promise.all(codes)).toEqual(['403', '404']);
    await expect(network.personSends(ANA, foreign.id, 'hola')).rejects.toMatchObject({ code: 'group_without_business' });
  });

  it('go on after a restart: members, keys and those who have not read yet', async () => {
    const stateDir = mkdtempSync(join(tmpdir(), 'groups-'));
    const before = await simulation({ stateDir });
    before.network.changeRules({ readDelayMs: null });
    for (const [number, name] of [[ANA, 'Ana'], [BETO, 'Beto']] as const) before.network.putPerson(number, { name });
    before.network.putAccount(BUSINESS);
    const { id: group } = before.network.groups.create({ subject: 'Vecinos', members: [ANA, BETO, BUSINESS] });
    const device = await linkedClient(before);
    await before.network.personSends(ANA, group, 'uno');
    await device.untilText('uno');
    const { id } = await device.send(group, 'recibido');
    await until(() => before.network.ledger.find('out', BUSINESS, group, id)?.state === 'delivered', 'delivered');
    await device.disconnect();
    await before.stop();

    const after = await simulation({ stateDir });
    after.network.changeRules({ readDelayMs: 1 });
    const again = client(after);
    again.takeOver(device);
    again.connect();
    await again.untilOpen();
    await after.network.personSends(ANA, group, 'dos');
    await again.untilText('dos');
    const next = await again.send(group, 'sigo');

    await until(() => after.network.ledger.find('out', BUSINESS, group, next.id)?.state === 'read', 'read after the restart');
    expect(after.network.ledger.of(group).every(({ retries, copies }) => retries === 0 && copies === 1)).toBe(true);
  });
});
