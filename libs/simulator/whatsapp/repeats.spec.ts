import { describe, expect, it } from 'vitest';
import { ANA, BETO, BUSINESS, linkedClient, simulation } from './testing/simulation.js';
import { textOf } from './testing/client.js';
import { until } from './testing/until.js';

async function chat() {
  const simulated = await simulation();
  const { network } = simulated;
  const device = await linkedClient(simulated, { preKeys: true });
  const ana = network.putPerson(ANA, { name: 'Ana' });
  await network.personSends(ANA, BUSINESS, 'hola');
  await device.untilText('hola');
  return { simulated, network, device, ana };
}

describe('repeats', () => {
  it('an id that the client sends twice is one message on the phone and two copies in the ledger', async () => {
    const { network, device, ana } = await chat();

    const { id } = await device.send(ana.lidJid, 'una sola vez');
    await device.socket.sendMessage(ana.lidJid, { text: 'una sola vez', linkPreview: null }, { messageId: id });
    // Not by the acknowledgement: the receipt of the first copy bears the same id.
    const entries = () => network.ledger.chat(BUSINESS, ANA).filter((entry) => entry.id === id);
    await until(() => entries().some(({ copies }) => copies > 1), 'the network has the second');

    expect(entries()).toEqual([
      expect.objectContaining({ copies: 2, text: 'una sola vez' }),
    ]);
  });

  it('an id that a person sends twice reaches the client twice, which the ledger counts', async () => {
    const { network, device } = await chat();

    await network.personSends(ANA, BUSINESS, { text: 'repetido', id: 'REP1' });
    await device.untilText('repetido');
    await network.personSends(ANA, BUSINESS, { text: 'repetido', id: 'REP1' });
    await until(() => device.messages.filter(({ key }) => key.id === 'REP1').length === 2, 'Baileys shows it twice');

    expect(network.ledger.find('in', BUSINESS, ANA, 'REP1')).toMatchObject({ copies: 2 });
  });
});

describe('lost sessions', () => {
  it('a client that cannot decrypt asks again and gets the message in a new session', async () => {
    const { network, device, ana } = await chat();
    await device.disconnect();
    const session = [...device.auth.data.keys()].filter((key) => key.startsWith('session:') && key.includes(ana.lid));
    expect(session).toHaveLength(1);
    for (const key of session) device.auth.data.delete(key);
    await device.reconnect();

    // An answer ends the pkmsg phase: without a session the client cannot read what comes now.
    const id = await network.personSends(ANA, BUSINESS, 'sin sesión');
    const read = await device.untilText('sin sesión');

    expect(read.key.id).toBe(id);
    await until(() => network.ledger.find('in', BUSINESS, ANA, id)?.state === 'delivered', 'delivered in the end');
    expect(network.unknown).toEqual([]);
  });

  it('a phone that cannot decrypt asks again and shows the message once', async () => {
    const { network, device, ana } = await chat();
    await device.send(ana.lidJid, 'se entiende');
    ana.phone.dropSession(`${BUSINESS}:1`);

    const { id } = await device.send(ana.lidJid, 'no se entiende');
    const entry = () => network.ledger.find('out', BUSINESS, ANA, id);
    await until(() => entry()?.text === 'no se entiende', 'the phone can read it in the end');

    expect(entry()).toMatchObject({ copies: 1, retries: 1 });
    await network.personSends(ANA, BUSINESS, 'ahora sí');
    await until(() => device.messages.some((message) => textOf(message) === 'ahora sí'), 'the chat goes on');
  });
});

describe('one-time keys', () => {
  it('are asked for when they run low, and the client uploads more', async () => {
    const { network, device } = await chat();
    const [linked] = network.world.devices;
    await until(() => (linked?.preKeys.length ?? 0) > 5, 'the client has uploaded its first keys');
    linked?.preKeys.splice(5);

    network.putPerson(BETO, { name: 'Beto' });
    await network.personSends(BETO, BUSINESS, 'hola');

    await until(() => (linked?.preKeys.length ?? 0) > 5, 'there are more keys');
    await device.untilText('hola');
    expect(network.unknown).toEqual([]);
  });
});
