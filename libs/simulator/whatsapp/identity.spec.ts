import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ANA, BETO, BUSINESS, client, linkedClient, simulation } from './testing/simulation.js';
import { until } from './testing/until.js';

async function known(lid: boolean) {
  const simulated = await simulation();
  const { network } = simulated;
  const device = await linkedClient(simulated, { enableRecentMessageCache: true });
  const ana = network.putPerson(ANA, { name: 'Ana', lid });
  await network.personSends(ANA, BUSINESS, 'uno');
  const first = await device.untilText('uno');
  return { network, device, ana, first };
}

describe('the addresses of a person', () => {
  it.each([false, true])('change in mid-chat (by LID first: %s): the client hears both, and reads on in the same session', async (lid) => {
    const { network, device, ana, first } = await known(lid);
    network.putPerson(ANA, { name: 'Ana', lid: !lid });

    await network.personSends(ANA, BUSINESS, 'dos');
    const second = await device.untilText('dos');
    const by = [ana.phoneJid, ana.lidJid];
    expect([first.key.remoteJid, first.key.remoteJidAlt]).toEqual(lid ? by.toReversed() : by);
    expect([second.key.remoteJid, second.key.remoteJidAlt]).toEqual(lid ? by : by.toReversed());
    expect((await device.send(ana.lidJid, 'respuesta')).error).toBeUndefined();

    await until(() => network.ledger.chat(BUSINESS, ANA).every(({ state }) => state !== 'sent'), 'all are delivered');
    expect(network.ledger.chat(BUSINESS, ANA).map(({ retries }) => retries)).toEqual([0, 0, 0]);
    expect(network.unknown).toEqual([]);
  });

  it('another LID: the old one names nobody, messages arrive under the new one', async () => {
    const { network, device, ana } = await known(true);
    const old = ana.lidJid;
    network.putPerson(ANA, { name: 'Ana', lid: '199900000000001' });

    const id = await network.personSends(ANA, BUSINESS, 'dos');
    expect((await device.untilText('dos')).key).toMatchObject({ id, remoteJid: '199900000000001@lid', remoteJidAlt: ana.phoneJid });
    expect(network.world.user(old)).toBeUndefined();
    network.putPerson(BETO, { name: 'Beto' });
    expect(() => network.putPerson(BETO, { name: 'Beto', lid: ana.lid })).toThrow(expect.objectContaining({ code: 'number_taken' }));
  });

  it('a phone that was installed anew: the client is told, and both read each other again', async () => {
    const { network, device, ana } = await known(true);
    await device.send(ana.lidJid, 'antes');
    const { identity } = ana.phone.keys;

    network.reinstalls.reinstall(ana);
    expect(ana.phone.keys.identity.public).not.toEqual(identity.public);
    await until(() => device.received.some(({ tag, attrs }) => tag === 'notification' && attrs['type'] === 'encrypt'), 'the client is told');
    const { id } = await device.send(ana.lidJid, 'después');
    await until(() => network.ledger.find('out', BUSINESS, ANA, id)?.state === 'read', 'she reads it');
    await network.personSends(ANA, BUSINESS, 'teléfono nuevo');
    await device.untilText('teléfono nuevo');

    expect(network.ledger.find('out', BUSINESS, ANA, id)?.text).toBe('después');
  });

  it('and what restricts a number outlive a restart', async () => {
    const stateDir = mkdtempSync(join(tmpdir(), 'identity-'));
    const before = await simulation({ stateDir });
    before.network.putPerson(ANA, { name: 'Ana' });
    const device = await linkedClient(before);
    await before.network.personSends(ANA, BUSINESS, 'uno');
    await device.untilText('uno');
    before.network.reinstalls.reinstall(before.network.person(ANA));
    before.network.putPerson(ANA, { name: 'Ana', lid: '199900000000002' });
    before.network.restrictions.set(before.network.account(BUSINESS), { kind: 'capping' });
    await device.disconnect();
    await before.stop();

    const after = await simulation({ stateDir });
    const again = client(after);
    again.takeOver(device);
    await again.connect().untilOpen();
    await after.network.personSends(ANA, BUSINESS, 'dos');
    expect((await again.untilText('dos')).key.remoteJid).toBe('199900000000002@lid');
    expect(after.network.accounts).toMatchObject([{ restriction: { kind: 'capping' } }]);
  });
});
