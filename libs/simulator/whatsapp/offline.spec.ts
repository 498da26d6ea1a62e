import { describe, expect, it } from 'vitest';
import { ANA, BETO, BUSINESS, linkedClient, simulation } from './testing/simulation.js';
import { until } from './testing/until.js';

const numbered = (count: number, from = 1) => Array.from({ length: count }, (_, index) => `mensaje ${index + from}`);

describe('a client that was away', () => {
  it('gets what waited before what comes live, in order, each message once', async () => {
    const simulated = await simulation();
    const { network } = simulated;
    const device = await linkedClient(simulated);
    network.putPerson(ANA, { name: 'Ana' });
    await network.personSends(ANA, BUSINESS, 'antes');
    await device.untilText('antes');

    await device.disconnect();
    await until(() => !network.accounts[0]?.online, 'the network notices');
    for (const text of numbered(20)) await network.personSends(ANA, BUSINESS, text);
    expect(network.ledger.chat(BUSINESS, ANA).filter(({ state }) => state === 'sent')).toHaveLength(20);

    device.connect();
    for (const text of numbered(20, 21)) await network.personSends(ANA, BUSINESS, text);
    await device.untilText('mensaje 40');

    const stanzas = device.received.filter(({ tag }) => tag === 'message');
    const ids = network.ledger.chat(BUSINESS, ANA).map(({ id }) => id);
    expect(stanzas.map(({ attrs }) => attrs['id'])).toEqual(ids);
    expect(stanzas[1]?.attrs['offline']).toBe('1');
    expect(new Set(device.texts)).toEqual(new Set(['antes', ...numbered(40)]));
    await until(() => network.ledger.chat(BUSINESS, ANA).every(({ state }) => state === 'delivered'), 'all are delivered');
    expect(network.ledger.after().every(({ copies }) => copies === 1)).toBe(true);
  });

  it('hears of delivery marks that came while it was away', async () => {
    const simulated = await simulation();
    const { network } = simulated;
    network.changeRules({ tcToken: false, receiptDelayMs: 300, readDelayMs: null });
    const device = await linkedClient(simulated);
    const { lidJid } = network.putPerson(ANA, { name: 'Ana' });

    const { id } = await device.send(lidJid, 'hola');
    await device.disconnect();
    await until(() => network.ledger.find('out', BUSINESS, ANA, id)?.state === 'delivered', 'the phone has it');
    device.connect();

    await until(() => device.statusOf(id) === 3, 'the client hears of it');
  });

  it('keeps accounts apart', async () => {
    const simulated = await simulation();
    const { network } = simulated;
    const other = '5493410000002';
    const [first, second] = [await linkedClient(simulated), await linkedClient(simulated, { number: other })];
    network.putPerson(ANA, { name: 'Ana' });
    network.putPerson(BETO, { name: 'Beto' });

    await Promise.all([network.personSends(ANA, BUSINESS, 'para la primera'), network.personSends(BETO, other, 'para la segunda')]);
    await Promise.all([first.untilText('para la primera'), second.untilText('para la segunda')]);

    expect([first.texts, second.texts]).toEqual([['para la primera'], ['para la segunda']]);
  });
});
