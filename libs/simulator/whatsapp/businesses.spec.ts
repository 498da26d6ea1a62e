import { describe, expect, it } from 'vitest';
import { ANA, BUSINESS, client, linkedClient, simulation } from './testing/simulation.js';
import { textOf } from './testing/client.js';
import { until } from './testing/until.js';

const OTHER = '5493410000002';

describe('two businesses', () => {
  it('write to each other, and each hears of delivery', async () => {
    const simulated = await simulation();
    const { network } = simulated;
    const [one, two] = [await linkedClient(simulated), await linkedClient(simulated, { number: OTHER })];

    const { id } = await one.send(network.account(OTHER).lidJid, '¿hacen fibra?');
    const received = await two.untilText('¿hacen fibra?');
    expect(received.key).toMatchObject({ id, remoteJid: `${network.account(BUSINESS).lidJid}` });
    await until(() => one.statusOf(id) === 3, 'the sender hears that it was delivered');

    await two.send(network.account(BUSINESS).lidJid, 'sí');
    await one.untilText('sí');
    expect(network.ledger.after().map(({ account, direction, text, state }) => [account, direction, text, state])).toContainEqual(
      [BUSINESS, 'out', '¿hacen fibra?', 'delivered'],
    );
    expect(network.unknown).toEqual([]);
  });
});

describe('two clients linked to one phone', () => {
  it('both get what customers write, and each sees what the other answers', async () => {
    const simulated = await simulation();
    const { network } = simulated;
    const [one, two] = [await linkedClient(simulated), await linkedClient(simulated)];
    const ana = network.putPerson(ANA, { name: 'Ana' });

    await network.personSends(ANA, BUSINESS, 'hola a todos');
    await Promise.all([one.untilText('hola a todos'), two.untilText('hola a todos')]);
    const { id } = await two.send(ana.lidJid, 'contesto yo');
    const seen = await until(() => one.messages.find((message) => textOf(message) === 'contesto yo'), 'the first client sees it');

    expect(seen.key).toMatchObject({ id, fromMe: true, remoteJid: ana.lidJid });
    expect(network.ledger.chat(BUSINESS, ANA).filter(({ direction }) => direction === 'out')).toHaveLength(1);
  });

  it('a phone with one linked client may link another by QR', async () => {
    const simulated = await simulation();
    await linkedClient(simulated);
    const second = client(simulated).connect();
    await simulated.network.scan(BUSINESS, await second.untilQr());
    await second.untilOpen();
    expect(second.socket.user?.id).toBe(`${BUSINESS}:2@s.whatsapp.net`);
  });
});
