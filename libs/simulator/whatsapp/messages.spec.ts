import { describe, expect, it } from 'vitest';
import { ANA, BETO, BUSINESS, linkedClient, simulation } from './testing/simulation.js';
import { textOf } from './testing/client.js';
import { until } from './testing/until.js';

const lidOf = (number: string) => `1${number.padStart(14, '0')}@lid`;

describe('text between virtual customers and a linked client', () => {
  it('reaches the client under the LID, with the phone number beside it, and is shown as delivered', async () => {
    const simulated = await simulation();
    const { network } = simulated;
    const device = await linkedClient(simulated);
    network.putPerson(ANA, { name: 'Ana' });

    const id = await network.personSends(ANA, BUSINESS, 'hola');
    const message = await device.untilText('hola');

    expect(message.key).toMatchObject({ id, remoteJid: lidOf(ANA), remoteJidAlt: `${ANA}@s.whatsapp.net`, fromMe: false });
    expect(message.pushName).toBe('Ana');
    await until(() => network.ledger.find('in', BUSINESS, ANA, id)?.state === 'delivered', 'Ana sees two ticks');
    expect(network.unknown).toEqual([]);
  });

  it('reaches the client under the phone number for a person who is addressed so', async () => {
    const simulated = await simulation();
    const device = await linkedClient(simulated);
    simulated.network.putPerson(ANA, { name: 'Ana', lid: false });

    await simulated.network.personSends(ANA, BUSINESS, 'hola');

    const { key } = await device.untilText('hola');
    expect(key).toMatchObject({ remoteJid: `${ANA}@s.whatsapp.net`, remoteJidAlt: lidOf(ANA) });
  });

  it('goes on in both directions, and the client hears that the answer was delivered and read', async () => {
    const simulated = await simulation();
    const { network } = simulated;
    network.changeRules({ receiptDelayMs: 30, readDelayMs: 30 });
    const device = await linkedClient(simulated);
    network.putPerson(ANA, { name: 'Ana' });
    await network.personSends(ANA, BUSINESS, 'uno');
    await device.untilText('uno');

    const { id, error } = await device.send(lidOf(ANA), 'dos');
    expect(error).toBeUndefined();
    await network.personSends(ANA, BUSINESS, 'tres');
    await device.untilText('tres');
    await device.send(lidOf(ANA), 'cuatro');

    await until(() => device.updates.some(({ key, update }) => key.id === id && update.status === 4), 'the client hears "read"');
    expect(network.ledger.chat(BUSINESS, ANA).map(({ direction, text }) => [direction, text])).toEqual([
      ['in', 'uno'],
      ['out', 'dos'],
      ['in', 'tres'],
      ['out', 'cuatro'],
    ]);
    expect(network.unknown).toEqual([]);
  });
});
