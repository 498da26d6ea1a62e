import { describe, expect, it } from 'vitest';
import { DEFAULT_RULES, refusalOf } from './rules.js';
import { stanza } from './stanza.js';
import { ANA, BETO, BUSINESS, linkedClient, simulation } from './testing/simulation.js';
import { until } from './testing/until.js';

describe("the real service's rules, on by default", () => {
  it('463: a chat addressed by phone number is refused, by LID it goes through', async () => {
    const simulated = await simulation();
    const { network } = simulated;
    const device = await linkedClient(simulated);
    const ana = network.putPerson(ANA, { name: 'Ana' });
    await network.personSends(ANA, BUSINESS, 'hola');
    await device.untilText('hola');

    const refused = await device.send(ana.phoneJid, 'por número');
    expect(refused.error).toBe('463');
    expect((await device.send(ana.lidJid, 'por LID')).error).toBeUndefined();

    expect(network.ledger.find('out', BUSINESS, ANA, refused.id)).toMatchObject({ state: 'refused', error: '463' });
    network.changeRules({ lidChats: false });
    expect((await device.send(ana.phoneJid, 'por número')).error).toBeUndefined();
  });

  it('463: starting a chat is refused, answering is not, and the client carries the token that it was given', async () => {
    const simulated = await simulation();
    const { network } = simulated;
    const device = await linkedClient(simulated);
    const [ana, beto] = [network.putPerson(ANA, { name: 'Ana' }), network.putPerson(BETO, { name: 'Beto' })];

    expect((await device.send(ana.lidJid, 'oferta')).error).toBe('463');
    await network.personSends(ANA, BUSINESS, 'hola');
    await device.untilText('hola');
    await until(() => device.auth.data.has(`tctoken:${ana.lidJid}`), 'the client has the token');
    expect((await device.send(ana.lidJid, 'respuesta')).error).toBeUndefined();

    network.changeRules({ tcToken: false });
    expect((await device.send(beto.lidJid, 'oferta')).error).toBeUndefined();
  });

  it('a refused message that is sent again under its id and accepted is shown', async () => {
    const simulated = await simulation();
    const { network } = simulated;
    const device = await linkedClient(simulated);
    const ana = network.putPerson(ANA, { name: 'Ana' });

    const { id, error } = await device.send(ana.lidJid, 'insisto');
    expect(error).toBe('463');
    network.changeRules({ tcToken: false });
    await device.send(ana.lidJid, 'insisto', id);

    await until(() => network.ledger.find('out', BUSINESS, ANA, id)?.state === 'delivered', 'the phone has it');
    expect(network.ledger.find('out', BUSINESS, ANA, id)).toMatchObject({ text: 'insisto', error: undefined });
  });

  it('479: a privacy token on a message to the own phone', () => {
    const node = stanza('message', { to: `${BUSINESS}@s.whatsapp.net`, category: 'peer' }, [stanza('tctoken', {}, Buffer.from('x'))]);
    const judged = { node, isPeer: true, toPerson: false, chatExists: true };
    expect(refusalOf(DEFAULT_RULES, judged)).toBe('479');
    expect(refusalOf({ ...DEFAULT_RULES, peerToken: false }, judged)).toBeUndefined();
  });

  it('421: phone and LID addresses in one stanza', async () => {
    const simulated = await simulation();
    const { network } = simulated;
    const device = await linkedClient(simulated);
    const ana = network.putPerson(ANA, { name: 'Ana' });
    await network.personSends(ANA, BUSINESS, 'hola');
    await device.untilText('hola');

    const part = (jid: string) => stanza('to', { jid }, [stanza('enc', { v: '2', type: 'msg' }, Buffer.from('x'))]);
    const participants = stanza('participants', {}, [part(ana.lidJid), part(`${BUSINESS}@s.whatsapp.net`)]);
    const answer = device.socket.waitForMessage<{ attrs: Record<string, string> }>('MEZCLA', 5000);
    await device.socket.sendNode(stanza('message', { id: 'MEZCLA', to: ana.lidJid, type: 'text' }, [participants]));

    expect((await answer)?.attrs['error']).toBe('421');
  });

  it('an acknowledgement may take its time', async () => {
    const simulated = await simulation();
    const { network } = simulated;
    network.changeRules({ tcToken: false, ackDelayMs: 200 });
    const device = await linkedClient(simulated);
    const ana = network.putPerson(ANA, { name: 'Ana' });

    const startedAt = performance.now();
    expect((await device.send(ana.lidJid, 'hola')).error).toBeUndefined();
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(195);
  });

  it('people who do not read leave it at delivered', async () => {
    const simulated = await simulation();
    const { network } = simulated;
    network.changeRules({ tcToken: false, receiptDelayMs: 1, readDelayMs: null });
    const device = await linkedClient(simulated);
    const ana = network.putPerson(ANA, { name: 'Ana' });

    const { id } = await device.send(ana.lidJid, 'hola');
    await until(() => device.statusOf(id) === 3, 'delivered');
    network.changeRules({ readDelayMs: 1 });
    const next = await device.send(ana.lidJid, '¿leíste?');
    await until(() => device.statusOf(next.id) === 4, 'the next one is read');

    expect(network.ledger.find('out', BUSINESS, ANA, id)?.state).toBe('delivered');
  });
});
