import { once } from 'node:events';
import { proto } from '@whiskeysockets/baileys';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { Faults } from './faults.js';
import { frame } from './framing.js';
import { newKeyPair } from './keys.js';
import { ANA, BUSINESS, linkedClient, simulation } from './testing/simulation.js';
import { until } from './testing/until.js';

async function chatting(options: Parameters<typeof linkedClient>[1] = {}) {
  const simulated = await simulation();
  const { network } = simulated;
  const device = await linkedClient(simulated, options);
  const person = network.putPerson(ANA, { name: 'Ana' });
  await network.personSends(ANA, BUSINESS, 'hola');
  await device.untilText('hola');
  await until(() => network.ledger.chat(BUSINESS, ANA)[0]?.state === 'delivered', 'the first message is delivered');
  const sends = (text: string) => network.personSends(ANA, BUSINESS, text);
  const entry = (id: string) => network.ledger.chat(BUSINESS, ANA).find((one) => one.id === id);
  return { simulated, network, device, person, sends, entry };
}

describe('faults on request', () => {
  it('drop-connection: the open connection is cut, and the client may come back at once', async () => {
    const { network, device, sends } = await chatting();

    network.addFault({ kind: 'drop-connection', account: BUSINESS, times: 1 });
    await until(() => device.closes.length === 1 && device.isOpen, 'the client is back');
    await sends('de nuevo');
    await device.untilText('de nuevo');

    expect(device.closes).toEqual([expect.objectContaining({ code: 428 })]);
    expect(network.faults.list()).toEqual([]);
  });

  it('drop-connection with times: later logins are cut, too, until it is used up', async () => {
    const { network, device } = await chatting();

    network.addFault({ kind: 'drop-connection', times: 3 });
    await until(() => device.closes.length === 3 && device.isOpen, 'cut three times, then left alone');

    expect(network.faults.list()).toEqual([]);
  });

  it('refuse-connection: that many new sockets are turned away, open ones are left alone', async () => {
    const { network, device, sends } = await chatting();

    network.addFault({ kind: 'refuse-connection', times: 2 });
    await sends('sigo acá');
    await device.untilText('sigo acá');
    network.addFault({ kind: 'drop-connection', times: 1 });
    await until(() => device.opened === 2, 'the client is back');

    expect(device.closes).toHaveLength(3);
  });

  it('refuse-connection of one account: others may come in', async () => {
    const { simulated, network, device } = await chatting();
    network.addFault({ kind: 'refuse-connection', account: BUSINESS, ms: 60_000 });
    network.addFault({ kind: 'drop-connection', account: BUSINESS, times: 1 });

    await linkedClient(simulated, { number: '5493410000002' });
    await until(() => device.closes.length > 2, 'the first one tries in vain');
    expect(network.accounts.find(({ number }) => number === BUSINESS)?.online).toBe(false);

    network.clearFaults();
    await device.untilOpen();
  });

  it('duplicate: the same ciphertext comes twice, the ledger counts two copies, the person sees one message', async () => {
    const { network, device, sends, entry } = await chatting();

    network.addFault({ kind: 'duplicate', times: 1 });
    const id = await sends('dos veces');
    await device.untilText('dos veces');
    const copies = await until(() => {
      const stanzas = device.received.filter(({ tag, attrs }) => tag === 'message' && attrs['id'] === id);
      return stanzas.length === 2 && stanzas;
    }, 'both copies came');

    expect(copies[1]).toEqual(copies[0]);
    expect(entry(id)?.copies).toBe(2);
    await until(() => entry(id)?.state === 'delivered', 'the message counts as delivered');
    expect(network.ledger.of(ANA).filter(({ text }) => text === 'dos veces')).toHaveLength(1);
  });

  it('delay: acknowledgements and deliveries take longer, and nothing overtakes them', async () => {
    const { network, device, person, sends } = await chatting();
    network.addFault({ kind: 'delay', times: 2, ms: 300 });

    const startedAt = performance.now();
    await sends('lento');
    await sends('también lento');
    await sends('rápido, pero detrás');
    await device.untilText('rápido, pero detrás');
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(290);
    expect(device.texts.slice(-3)).toEqual(['lento', 'también lento', 'rápido, pero detrás']);

    network.addFault({ kind: 'delay', times: 1, ms: 300 });
    const sentAt = performance.now();
    expect((await device.send(person.lidJid, 'acuse lento')).error).toBeUndefined();
    expect(performance.now() - sentAt).toBeGreaterThanOrEqual(290);
  });

  it('lose-receipt: the message counts as not delivered and comes again at the next connection', async () => {
    const { network, device, sends, entry } = await chatting();

    network.addFault({ kind: 'lose-receipt', times: 1 });
    const id = await sends('¿llegó?');
    await device.untilText('¿llegó?');
    await sends('otro');
    await until(() => network.ledger.chat(BUSINESS, ANA).at(-1)?.state === 'delivered', 'the next message is delivered');
    expect(entry(id)).toMatchObject({ state: 'sent', copies: 1 });

    network.addFault({ kind: 'drop-connection', times: 1 });
    await until(() => entry(id)?.copies === 2, 'the message comes again');
    // An unmodified client cannot decrypt the same ciphertext twice; it confirms it all the same, one way or the other.
    await until(() => entry(id)?.state !== 'sent', 'the client has answered for it');
  });

  it('freeze: nothing is answered or delivered while it lasts; what waited comes afterwards', async () => {
    const { network, device, person, sends } = await chatting();
    await device.send(person.lidJid, 'antes'); // the client has its keys: it will ask the server for nothing

    network.addFault({ kind: 'freeze', account: BUSINESS, ms: 60_000 });
    await sends('durante la helada');
    const answer = device.socket.waitForMessage('PERDIDO', 300);
    await device.socket.sendMessage(person.lidJid, { text: 'nadie lo lee', linkPreview: null }, { messageId: 'PERDIDO' });
    expect(await answer).toBeUndefined();
    expect(device.texts).not.toContain('durante la helada');

    network.clearFaults();
    await device.untilText('durante la helada');
    expect(network.ledger.find('out', BUSINESS, ANA, 'PERDIDO')).toBeUndefined();
    expect(device.closes).toEqual([]);
  });

  it('freeze: a client with short keep-alives notices a server that no longer answers', async () => {
    const { network, device } = await chatting({ keepAliveIntervalMs: 300 });
    device.reconnects = false;

    network.addFault({ kind: 'freeze', ms: 20_000 });

    expect(await device.untilClosed()).toMatchObject({ code: 408 });
  });

  it('freeze: ends by itself', async () => {
    const { network, device, sends } = await chatting();
    network.addFault({ kind: 'freeze', ms: 100 });
    await sends('al rato');
    await device.untilText('al rato');
    expect(network.faults.list()).toEqual([]);
  });

  it('freeze: the server does not even shake hands', async () => {
    const { network, url } = await simulation();
    network.addFault({ kind: 'freeze', ms: 60_000 });
    const answers: unknown[] = [];
    const socket = new WebSocket(url);
    socket.on('message', (data) => answers.push(data));
    await once(socket, 'open');
    const clientHello = { ephemeral: newKeyPair().public };
    const hello = frame(proto.HandshakeMessage.encode({ clientHello }).finish());

    socket.send(Buffer.concat([Buffer.from([0x57, 0x41, 6, 3]), hello]));
    socket.ping(); // answered below WhatsApp's protocol: by then the server has read the hello
    await once(socket, 'pong');

    expect(answers).toEqual([]);
    socket.terminate();
  });
});

describe('the list of faults', () => {
  it('ends a fault by count and by time, and hits only the account that it is for', () => {
    let now = 0;
    const faults = new Faults(() => now);
    faults.add({ kind: 'duplicate', account: BUSINESS, times: 2 });
    faults.add({ kind: 'refuse-connection', ms: 100 });

    expect(faults.take('duplicate', 'another')).toBeUndefined();
    const taken = Array.from({ length: 3 }, () => faults.take('duplicate', BUSINESS) !== undefined);
    expect(taken).toEqual([true, true, false]);
    now = 99;
    expect(faults.list()).toEqual([{ kind: 'refuse-connection', ms: 100 }]);
    now = 100;
    expect(faults.take('refuse-connection')).toBeUndefined();
  });
});
