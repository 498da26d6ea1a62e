import type { ConnectionState, NewChatMessageCapInfo } from '@whiskeysockets/baileys';
import { describe, expect, it } from 'vitest';
import { ANA, BETO, BUSINESS, linkedClient, simulation } from './testing/simulation.js';
import { until } from './testing/until.js';

async function writing() {
  let ahead = 0;
  const simulated = await simulation({ now: () => Date.now() + ahead });
  const { network } = simulated;
  network.changeRules({ tcToken: false });
  const device = await linkedClient(simulated);
  const locks: NonNullable<ConnectionState['reachoutTimeLock']>[] = [];
  const caps: Partial<NewChatMessageCapInfo>[] = [];
  device.socket.ev.on('connection.update', ({ reachoutTimeLock }) => reachoutTimeLock && locks.push(reachoutTimeLock));
  device.socket.ev.on('message-capping.update', (cap) => caps.push(cap));
  const [ana, beto] = [network.putPerson(ANA, { name: 'Ana' }), network.putPerson(BETO, { name: 'Beto' })];
  await network.personSends(ANA, BUSINESS, 'hola');
  await device.untilText('hola');
  const restrict = (...[restriction]: [Parameters<typeof network.restrictions.set>[1]]) =>
    network.restrictions.set(network.account(BUSINESS), restriction);
  return { network, device, ana, beto, locks, caps, restrict, pass: (ms: number) => (ahead += ms) };
}

describe('restrictions', () => {
  it('reach-out time lock: the client is told and may ask, new chats are refused with 463, answering goes on, until it ends', async () => {
    const { network, device, ana, beto, locks, restrict, pass } = await writing();
    const ends = new Date(Math.ceil(Date.now() / 1000) * 1000 + 3_600_000);

    restrict({ kind: 'reachout', until: ends.toISOString() });
    await until(() => locks.length > 0, 'the client is told');
    const lock = { isActive: true, enforcementType: 'BIZ_QUALITY', timeEnforcementEnds: ends };
    expect(locks).toEqual([lock]);
    expect(await device.socket.fetchAccountReachoutTimelock()).toEqual(lock);
    expect((await device.send(beto.lidJid, 'oferta')).error).toBe('463');
    expect((await device.send(ana.lidJid, 'respuesta')).error).toBeUndefined();
    expect(network.accounts).toMatchObject([{ restriction: { kind: 'reachout', until: ends.toISOString() } }]);

    pass(3_700_000);
    expect((await device.send(beto.lidJid, 'oferta')).error).toBeUndefined();
    expect(await device.socket.fetchAccountReachoutTimelock()).toMatchObject({ isActive: false });
    expect(network.accounts[0]?.restriction).toBeUndefined();
    expect(network.unknown).toEqual([]);
  });

  it('message capping: the client is told and may ask, new chats are refused with 475, until it is lifted', async () => {
    const { network, device, ana, beto, caps, restrict } = await writing();

    restrict({ kind: 'capping' });
    await until(() => caps.length === 1, 'the client is told');
    expect(caps[0]).toMatchObject({ capping_status: 'CAPPED', total_quota: 10, used_quota: 10 });
    expect(await device.socket.fetchNewChatMessageCap()).toMatchObject({ capping_status: 'CAPPED' });
    expect((await device.send(beto.lidJid, 'oferta')).error).toBe('475');
    expect((await device.send(ana.lidJid, 'respuesta')).error).toBeUndefined();

    restrict(undefined);
    await until(() => caps.length === 2, 'the client is told again');
    expect(caps[1]).toMatchObject({ capping_status: 'NONE', used_quota: 0 });
    expect((await device.send(beto.lidJid, 'oferta')).error).toBeUndefined();
    expect(network.unknown).toEqual([]);
  });

  it('one after the other: the first is lifted when the second begins', async () => {
    const { locks, caps, restrict } = await writing();

    restrict({ kind: 'reachout' });
    restrict({ kind: 'capping' });

    await until(() => locks.length === 2 && caps.length === 1, 'the client is told three times');
    expect(locks.map(({ isActive }) => isActive)).toEqual([true, false]);
  });
});
