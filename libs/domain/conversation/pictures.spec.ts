import { describe, expect, it } from 'vitest';
import { rehearse } from './scripted-flows.js';
import { FakeIsp } from './scripted-isp.js';
import type { Rehearsal } from './rehearsal.js';
import type { LookedAt, MessageContent } from './state.js';

const picture: MessageContent = { kind: 'unsupported', what: 'image', receipt: 'image' };
const pdf: MessageContent = { kind: 'unsupported', what: 'document', receipt: 'pdf' };
const ana = { id: 'c1', name: 'Ana María Gómez' };

/** A customer who stands where a receipt is waited for, or at the main menu. */
const chatAt = (place: 'receipt' | 'menu', ...pictures: LookedAt['is'][]): Rehearsal => {
  const chat = rehearse(new FakeIsp());
  chat.write('hola');
  if (place === 'receipt') chat.write('informar un pago');
  chat.pictures = pictures;
  return chat;
};
const outcomesOf = (chat: Rehearsal, count: number) => Array.from({ length: count }, (_, back) => chat.outcomes.get(chat.state.lastSeq - back));

describe('a picture that was asked for', () => {
  it.each([
    ['receipt', 'Recibí tu comprobante.\n\n¿Algo más?'],
    ['pending', 'Recibí tu comprobante.\n\n¿Algo más?'],
    ['other', /^Eso no parece un comprobante.*\n\nMandame el comprobante\./su],
    ['unreadable', /^No pude abrir ese archivo.*\n\nMandame el comprobante\./su],
  ] as const)('is %s: that is said', (is, words) => {
    const chat = chatAt('receipt', is);
    const said = chat.send([picture]);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(words);
    expect(chat.looked).toEqual([{ kind: 'receipt', id: expect.stringMatching(/^s\d+$/u), seq: chat.state.lastSeq, customer: ana }]);
    expect(outcomesOf(chat, 1)).toEqual(['answered']);
  });

  it('is no trap: words, the way back and other wishes lead on', () => {
    expect(chatAt('receipt').write('0')[0]).toMatch(/¿Qué necesitás\?/u);
    expect(chatAt('receipt').write('mi saldo')[0]).toMatch(/^Debés/u);
    expect(chatAt('receipt').write('qwerty')[0]).toMatch(/^No te entendí\.\n\nMandame el comprobante/u);
  });

  it('is not waited for where the company takes none', () => {
    const chat = rehearse(new FakeIsp());
    chat.settings.receipts = { takes: [] };
    expect(chat.write('informar un pago')[0]).toMatch(/No recibimos comprobantes/u);
    expect(chat.send([picture])[0]).toMatch(/^Recibí la imagen, solo leo texto/u);
    expect(chat.looked).toEqual([]);
  });
});

describe('a picture that nobody asked for', () => {
  it('is a receipt: the customer hears so, and stays where they were', () => {
    const chat = chatAt('menu', 'receipt');
    chat.write('3');
    expect(chat.send([pdf])).toEqual(['🧾 Recibí tu comprobante. Lo estamos revisando y te avisamos por acá.']);
    expect(chat.write('1')[0]).toMatch(/¿Qué luces ves\?/u);
  });

  it('is none: it is answered as ever, unless somebody had asked for a better one', () => {
    expect(chatAt('menu', 'other').send([picture])[0]).toMatch(/^Recibí la imagen, solo leo texto/u);
    const asked = chatAt('menu', 'other');
    asked.settings.receipts = { ...asked.settings.receipts, asked: true };
    expect(asked.send([picture])[0]).toMatch(/^Eso no parece un comprobante/u);
  });

  it('comes first of all: of a stranger, too, behind the welcome', () => {
    const chat = rehearse(new FakeIsp(), '5491199999999');
    expect(chat.send([picture])[0]).toMatch(/Recibí tu comprobante.*¿Ya sos cliente\?/su);
    expect(chat.looked).toEqual([{ kind: 'receipt', id: expect.any(String) as string, seq: 1 }]);
  });

  it('of several, each is looked at, in order, once, and one word answers them', () => {
    const chat = chatAt('receipt', 'receipt', 'other', 'receipt');
    const said = chat.send([picture, pdf, picture, { kind: 'text', text: 'ahí va' }]);
    expect(said.join('').match(/Recibí tu comprobante/gu)).toHaveLength(1);
    const last = chat.state.lastSeq;
    expect(chat.looked.map(({ seq }) => seq)).toEqual([last - 3, last - 2, last - 1]);
    expect(outcomesOf(chat, 4)).toEqual(Array.from({ length: 4 }, () => 'answered'));
  });
});

describe('a picture that is not the bot’s', () => {
  const withTicket = (): Rehearsal => {
    const chat = chatAt('menu');
    chat.openTicket();
    return chat;
  };

  it('is the agents’, and becomes a receipt without a word', () => {
    const chat = withTicket();
    expect(chat.send([picture])).toEqual([]);
    expect(chat.looked).toMatchObject([{ quiet: true, seq: chat.state.lastSeq }]);
    expect(outcomesOf(chat, 1)).toEqual(['agent']);
    expect(chat.state.pending).toBeUndefined();
  });

  it('is looked at in an emergency, behind its words', () => {
    const chat = chatAt('menu').operate({ mode: 'emergency', message: { version: 1, text: 'Corte.' } });
    expect(chat.send([picture])).toEqual(['Corte.']);
    expect(chat.looked).toMatchObject([{ quiet: true, customer: ana }]);
  });

  it.each(['gateway-only', 'stopped'] as const)('is kept unseen in %s', (mode) => {
    for (const chat of [chatAt('menu'), withTicket()]) {
      chat.operate({ mode });
      expect(chat.send([picture])).toEqual([]);
      expect(chat.looked).toEqual([]);
    }
  });

  it('is the owner’s when they took the chat', () => {
    const chat = chatAt('menu');
    chat.send([{ kind: 'text', text: 'Soy el dueño' }], 'owner');
    expect(chat.send([picture])).toEqual([]);
    expect(chat.looked).toEqual([]);
  });

  it('goes on being looked at when an agent takes the chat meanwhile', () => {
    const chat = chatAt('menu');
    const [step] = chat.decide([chat.message(picture), chat.message(pdf)]);
    expect(step).toMatchObject({ kind: 'receipt', seq: chat.state.lastSeq - 1 });
    chat.openTicket();
    expect(chat.looked).toMatchObject([{ quiet: true, seq: chat.state.lastSeq }]);
    expect(outcomesOf(chat, 2)).toEqual(['agent', 'agent']);
  });
});

describe('how to pay', () => {
  it('is told with the invoice, the link and each method, and the receipt is waited for', () => {
    const chat = chatAt('menu');
    const [said] = chat.write('quiero pagar');
    expect(said).toMatch(/Factura 0003-00043000, .*27\.900.*https:\/\/pagos\.example\/f3.*\*Transferencia\*\nAlias: litoral\.fibra\nTitular: Litoral Fibra SRL\n\nMandame el comprobante\./su);
    chat.send([picture]);
    expect(chat.looked).toMatchObject([{ customer: ana, invoice: { id: 'f3', number: '0003-00043000' } }]);
  });

  it('is not told who owes nothing, and honestly where there is none', () => {
    const isp = new FakeIsp();
    isp.link = undefined;
    isp.methods = [];
    expect(rehearse(isp).write('quiero pagar')[0]).toMatch(/Llamanos/u);
    isp.invoices = isp.invoices.filter(({ state }) => state === 'paid');
    expect(rehearse(isp).write('quiero pagar')[0]).toMatch(/Estás al día/u);
    isp.isDown = true;
    expect(rehearse(isp).write('quiero pagar')[0]).toMatch(/no responde|DNI|cliente/u);
  });
});
