import { describe, expect, it } from 'vitest';
import { textOf } from './testing/client.js';
import { ANA, BETO, BUSINESS, linkedClient, simulation } from './testing/simulation.js';
import { until } from './testing/until.js';

describe("the owner's phone", () => {
  it.each([true, false])('what is typed on it reaches person and client, who sees it as its own (LID: %s)', async (lid) => {
    const simulated = await simulation();
    const { network } = simulated;
    const device = await linkedClient(simulated);
    const ana = network.putPerson(ANA, { name: 'Ana', lid });

    const id = await network.phoneSends(BUSINESS, ANA, 'te atiendo yo');
    const message = await until(() => device.messages.find((one) => textOf(one) === 'te atiendo yo'), 'the client sees it');

    expect(message.key).toMatchObject({ id, fromMe: true, remoteJid: ana.jid });
    await until(() => network.ledger.find('own', BUSINESS, ANA, id)?.state === 'read', 'Ana has read it');
    expect(network.unknown).toEqual([]);
  });

  it('quotes a message, and the client gets the quoted text with it', async () => {
    const simulated = await simulation();
    const { network } = simulated;
    const device = await linkedClient(simulated);
    network.putPerson(ANA, { name: 'Ana' });
    const quote = await network.personSends(ANA, BUSINESS, '¿cuánto debo?');

    await network.phoneSends(BUSINESS, ANA, { text: 'nada', quote });
    const message = await until(() => device.messages.find((one) => textOf(one) === 'nada'), 'the client sees it');

    const context = message.message?.extendedTextMessage?.contextInfo;
    expect([context?.stanzaId, context?.quotedMessage?.conversation]).toEqual([quote, '¿cuánto debo?']);
    await expect(network.phoneSends(BUSINESS, ANA, { text: 'x', quote: 'NADA' })).rejects.toMatchObject({ code: 'message_unknown' });
  });
});

describe('a person who comes from an advertisement', () => {
  it('writes a first message without content; the phone tells its text when the client asks', async () => {
    const simulated = await simulation();
    const { network } = simulated;
    const device = await linkedClient(simulated);
    network.putPerson(ANA, { name: 'Ana', ad: true });

    const id = await network.personSends(ANA, BUSINESS, 'vi el aviso');
    const placeholder = await until(() => device.messages.find(({ key }) => key.id === id), 'the client has a placeholder');
    expect(placeholder.message).toBeFalsy();
    const node = device.received.find(({ tag, attrs }) => tag === 'message' && attrs['id'] === id);
    expect(JSON.stringify(node?.content)).not.toContain('enc');

    expect((await device.untilText('vi el aviso')).key.id).toBe(id);
    await network.personSends(ANA, BUSINESS, '¿tienen fibra?');
    await device.untilText('¿tienen fibra?');
    expect(network.ledger.chat(BUSINESS, ANA).map(({ state, text }) => [state, text])[0]).toEqual(['delivered', 'vi el aviso']);
    expect(network.unknown).toEqual([]);
  });
});

describe('a person who hides the phone number', () => {
  it('is known to the client by LID alone, and can be answered', async () => {
    const simulated = await simulation();
    const { network } = simulated;
    const device = await linkedClient(simulated);
    const beto = network.putPerson(BETO, { name: 'Beto', hidePhone: true });

    await network.personSends(BETO, BUSINESS, 'soy yo');
    const { key } = await device.untilText('soy yo');
    expect(key).toMatchObject({ remoteJid: beto.lidJid, remoteJidAlt: undefined });
    expect((await device.send(beto.lidJid, 'hola')).error).toBeUndefined();

    expect(JSON.stringify(device.received)).not.toContain(BETO);
  });
});
