import { describe, expect, it } from 'vitest';
import { Rehearsal } from '../../../domain/conversation/rehearsal.js';
import { everything } from '../../../domain/conversation/scripted-flows.js';
import { defaultLimits, type KeptAnswer, type Settings, type ConversationQuery } from '../../../domain/conversation/state.js';
import type { CustomerBook } from '../../../domain/customer-book.js';
import type { CustomerMatch } from '../../../domain/customers.js';
import { checkFlow } from '../../../domain/flow/check.js';
import { parseFlow } from '../../../domain/flow/flow.js';
import { demoBook, wellKnown } from './customers.js';
import sales from './flow-sales.json' with { type: 'json' };
import support from './flow-support.json' with { type: 'json' };

const flows = { support: parseFlow(support), sales: parseFlow(sales) };
const book = demoBook('2026-11-22');
const newcomer = '5493415550199';

function matchesOf(customers: CustomerBook['customers']): KeptAnswer {
  const match = ({ id, name, phones }: CustomerBook['customers'][number]): CustomerMatch => {
    const services = book.services.filter((service) => service.customerId === id);
    return {
      id,
      name,
      services: services.map(({ id: service, planId, address }) => ({
        id: service,
        plan: book.plans.find((plan) => plan.id === planId)!.name,
        address,
      })),
      facts: {
        phoneEndings: phones.map((phone) => phone.slice(-4)),
        serviceNumbers: services.map((service) => service.serviceNumber),
        streetNumbers: [],
      },
    };
  };
  return { ok: true, kind: 'customers', customers: customers.map(match) };
}

function ask(query: ConversationQuery): KeptAnswer {
  switch (query.kind) {
    case 'by-phone':
      return matchesOf(book.customers.filter((customer) => customer.phones.includes(query.phone)));
    case 'by-document':
      return matchesOf(book.customers.filter((customer) => customer.document === query.document));
    case 'account': {
      const open = book.invoices.filter((invoice) => invoice.customerId === query.customer && invoice.paidOn === undefined);
      const total = open.reduce((sum, invoice) => sum + Number(invoice.amount), 0);
      const invoices = open.map(({ number, dueOn, amount, currency }) => ({ number, dueOn, amount: { amount, currency } }));
      const suspended = book.services.some(({ customerId, status }) => customerId === query.customer && status === 'suspended');
      const balance = { amount: total.toFixed(2), currency: 'ARS' };
      return { ok: true, kind: 'account', account: { balance, dueOn: open[0]?.dueOn, invoices, suspended } };
    }
    case 'connection':
      return { ok: true, kind: 'connection', connection: book.services.find((service) => service.id === query.service)! };
    case 'plans':
      return {
        ok: true,
        kind: 'plans',
        plans: book.plans.map((plan) => ({ ...plan, price: { amount: plan.price, currency: plan.currency } })),
      };
    case 'invoices': {
      const all = book.invoices.filter((invoice) => invoice.customerId === query.customer);
      return {
        ok: true, kind: 'invoices',
        invoices: all.map(({ id, number, dueOn, amount, currency, paidOn }) => ({ id, number, dueOn, amount: { amount, currency }, state: paidOn === undefined ? 'open' : 'paid' })),
      };
    }
    case 'invoice-document': {
      const { id, number } = book.invoices.find((invoice) => invoice.id === query.invoice)!;
      return { ok: true, kind: 'stored-document', document: { invoice: { id, number }, sha256: '0'.repeat(64), size: 1, mimetype: 'application/pdf', fileName: `${number}.pdf` } };
    }
    case 'payment-options':
      return { ok: true, kind: 'payment-options', link: 'https://pagos.example/1', methods: [{ kind: 'transfer', name: 'Transferencia', alias: 'litoral.fibra' }] };
    default:
      return { ok: false, reason: 'unsupported' };
  }
}

function chatOf(phone: string | undefined): Rehearsal {
  const settings: Settings = {
    flows,
    company: { name: 'Litoral Fibra', timeZone: 'America/Argentina/Buenos_Aires', locale: 'es-AR', currency: 'ARS' },
    contact: { addresses: phone === undefined ? {} : { phone } },
    limits: defaultLimits,
    operation: { mode: 'complete' },
    isp: { capabilities: new Set(everything), down: false },
    receipts: { takes: ['image', 'pdf'] },
  };
  return new Rehearsal(settings, ask, Date.parse('2026-11-22T13:00:00Z'));
}

describe('the demo flows', () => {
  it('have nothing for the checker to find', () => {
    expect(checkFlow(flows)).toEqual([]);
  });

  it('greet a customer by name', () => {
    expect(chatOf(wellKnown.upToDate.phones[0]).write('hola')).toEqual([
      '¡Hola, *Ana*! 👋 Soy el asistente de *Litoral Fibra*.\n\n¿En qué te puedo ayudar?\n\n' +
        '*1* Mi saldo y vencimiento\n*2* Estado de mi conexión\n*3* Autoayuda\n' +
        '*4* Quiero contratar o cambiar de plan\n*5* Mi factura en PDF\n*6* Hablar con una persona\n*7* Pagar\n*8* Informar un pago',
    ]);
  });

  it('tell how to pay, take the receipt and are the customer’s again', () => {
    const chat = chatOf(wellKnown.debtor.phones[0]);
    chat.write('hola');
    const how = chat.write('7').join('');
    const told = /¿Cuál querés pagar\?/u.test(how) ? chat.write('1').join('') : how;
    expect(told).toMatch(/^\*Factura N\.º .*https:\/\/pagos\.example\/1.*Alias: litoral\.fibra.*mandame por acá/su);
    const [received] = chat.send([{ kind: 'unsupported', what: 'image', receipt: 'image' }]);
    expect(received).toMatch(/^🧾 ¡Recibí tu comprobante!.*¿Necesitás algo más\?/su);
    expect(chat.looked).toMatchObject([{ seq: chat.state.lastSeq, customer: { name: wellKnown.debtor.name } }]);
  });

  it.each([
    [wellKnown.upToDate, /^✅ \*Estás al día, Ana\.\*/u],
    [wellKnown.dueSoon, /^\*Tu saldo: \$ [\d.]+\*\nVence el \*.*Todavía estás a tiempo/su],
    [wellKnown.debtor, /^\*Tu saldo: \$ [\d.]+\*\nVenció el \*.*\(hace \d+ días\).*Para evitar la suspensión/su],
    [wellKnown.suspended, /^⚠️ \*Tu servicio está suspendido por falta de pago\.\*.*\n• .*\n• /su],
    [wellKnown.paidButSuspended, /^No tenés deuda, Karina, pero tu servicio \*todavía figura suspendido\*/u],
  ])('tell $name honestly about the balance', ({ phones }, words) => {
    const chat = chatOf(phones[0]);
    chat.write('hola');
    expect(chat.write('1')[0]).toMatch(words);
  });

  it.each([
    [wellKnown.upToDate, /^🟢 \*Tu conexión está en línea\.\*/u],
    [wellKnown.weakSignal, /^🟡 .*Señal: -2[789](,\d)? dBm/su],
    [wellKnown.offline, /^🔴 \*Tu conexión está caída\.\*.*¿Qué ves\?/su],
    [wellKnown.suspended, /^⚠️ \*Tu servicio está suspendido\*/u],
    [wellKnown.twoServices, /^Tenés más de un servicio\. ¿De cuál querés saber\?\n\n\*1\* Fibra .*\n\*2\* Fibra /u],
  ])('tell $name honestly about the connection', ({ phones }, words) => {
    const chat = chatOf(phones[0]);
    chat.write('hola');
    expect(chat.write('2')[0]).toMatch(words);
  });

  it('look at the connection first when somebody has no internet', () => {
    expect(chatOf(wellKnown.offline.phones[0]).write('buenas, me quedé sin internet')[0]).toMatch(/🔴 \*Tu conexión está caída/u);
  });

  it('send an invoice as a file, ask which when several are unpaid, and say when the system has none', () => {
    const chat = chatOf(wellKnown.upToDate.phones[0]);
    chat.write('hola');
    expect(chat.write('mandame la factura')[0]).toMatch(/Ahí va tu factura \*N\.º /u);
    expect(chat.files).toMatchObject([{ text: expect.stringMatching(/^Factura N\.º .* · \$ .* · vencimiento: /u), file: { mimetype: 'application/pdf' } }]);
    const debtor = chatOf(wellKnown.suspended.phones[0]);
    debtor.write('hola');
    expect(debtor.write('5')[0]).toMatch(/^Tenés más de una factura sin pagar.*\*1\* N\.º .*\n\*2\* N\.º /su);
    expect(debtor.write('la última')[0]).toMatch(/Ahí va tu factura/u);
  });

  it('offer a link where the system cannot measure a line, and hide what it cannot send', () => {
    const chat = chatOf(wellKnown.upToDate.phones[0]);
    chat.settings.isp = { capabilities: new Set(everything.filter((one) => one !== 'speed-test' && one !== 'invoice-document')), down: false };
    expect(chat.write('hola')[0]).not.toMatch(/factura/iu);
    expect(chat.write('test de velocidad')[0]).toMatch(/^Medí tu velocidad.*https:\/\//su);
    expect(chat.write('factura en pdf')[0]).toMatch(/no las puedo mandar por acá/u);
  });

  it('say that the system does not answer, offer what works without it, and are back by themselves', () => {
    const chat = chatOf(wellKnown.upToDate.phones[0]);
    const up = chat.settings.isp;
    chat.write('hola');
    let isDown = true;
    Object.assign(chat, { ask: (query: ConversationQuery) => (isDown ? { ok: false, reason: 'unavailable' } : ask(query)) });
    chat.settings.isp = { ...up, down: true };
    expect(chat.write('1')[0]).toMatch(/\*El sistema no responde\*.*\*3\* Hablar con una persona\n\*4\* Probar de nuevo con mis datos _\(ahora no responde\)_/su);
    isDown = false;
    chat.settings.isp = up;
    expect(chat.write('4')[0]).toMatch(/¿En qué te puedo ayudar\?/u);
    expect(chat.write('1')[0]).toMatch(/Estás al día, Ana/u);
  });

  it('ask a couple on one phone who writes', () => {
    expect(chatOf(wellKnown.coupleOne.phones[0]).write('hola')[0]).toMatch(/\*1\* Fabián L\.\n\*2\* Graciela R\.$/u);
  });

  it('help through three levels of self-help', () => {
    const chat = chatOf(wellKnown.upToDate.phones[0]);
    chat.write('hola', '3', '1');
    expect(chat.write('la luz roja')[0]).toMatch(/^La luz \*LOS\* avisa/u);
    expect(chat.write('no sé cuál es')[0]).toMatch(/ficha verde o azul/u);
    expect(chat.write('sí')[0]).toMatch(/¿Se solucionó\?/u);
    expect(chat.write('anda!')[0]).toMatch(/^¡Buenísimo! 🎉/u);
  });

  it('ask a newcomer, show the plans, and lead back to customers', () => {
    const chat = chatOf(newcomer);
    expect(chat.write('hola')[0]).toMatch(/\*¿Ya sos cliente\?\*\n\n\*1\* Sí, ya soy cliente\n\*2\* No, todavía no$/u);
    expect(chat.write('no')[0]).toMatch(/^¡Qué bueno que te interese \*Litoral Fibra\*! 🚀/u);
    expect(chat.write('1')[0]).toMatch(/\*Fibra 100\* · 100 Mbps de bajada y 50 de subida · \$ 21\.900 por mes/u);
    expect(chat.write('ya soy cliente')[0]).toMatch(/\*DNI o CUIT\*/u);
  });

  it('ask somebody whose number WhatsApp hides for the document, and let a newcomer see the plans', () => {
    const hidden = () => {
      const chat = chatOf(newcomer);
      delete chat.settings.contact.addresses.phone;
      return chat;
    };
    const chat = hidden();
    expect(chat.write('hola')[0]).toMatch(/no me muestra tu número.*\*DNI o CUIT\*/su);
    chat.write(wellKnown.dueSoon.document);
    expect(chat.write(wellKnown.dueSoon.phones[0].slice(-4))[0]).toMatch(/^¡Listo, \*Bruno\*!/u);
    const newcomers = hidden();
    newcomers.write('hola');
    expect(newcomers.write('planes')[0]).toMatch(/^¡Qué bueno que te interese/u);
  });

  it('identify somebody without a phone by document and service number', () => {
    const chat = chatOf(newcomer);
    const { serviceNumber } = book.services.find((service) => service.customerId === book.customers[9]!.id)!;
    chat.write('hola', 'sí');
    chat.write(`mi dni es ${wellKnown.withoutPhone.document}`);
    expect(chat.write(serviceNumber)[0]).toMatch(/^¡Listo, \*Julio\*! Ya te encontré\./u);
  });

  it('are the same words for everybody who cannot be identified', () => {
    const chat = chatOf(newcomer);
    chat.write('hola', 'sí', '30123456');
    expect(chat.write('9999')[0]).toMatch(/^Los datos no coinciden/u);
    chat.write('11111111');
    expect(chat.write('9999')[0]).toMatch(/^No pude confirmar tu identidad/u);
  });

  it('never greet twice in one session', () => {
    const chat = chatOf(wellKnown.upToDate.phones[0]);
    const said = ['hola', '4', 'menú', '4', '5', 'hola', '1'].flatMap((text) => chat.wait(1).write(text));
    expect(said.join('\n').match(/¡Hola/gu)).toHaveLength(1);
    expect(said.join('\n').match(/¡Qué bueno/gu)).toHaveLength(1);
  });

  it('pass on to an agent what somebody needs, and say the number and the place in the queue', () => {
    const chat = chatOf(wellKnown.upToDate.phones[0]);
    chat.ahead = 2;
    chat.write('hola');
    expect(chat.write('6')[0]).toMatch(/Contame \*en un solo mensaje\* qué necesitás/u);
    expect(chat.write('Se me cortó el cable de fibra')[0]).toMatch(/pedido es el \*N\.º 1\*\. Tenés 2 personas adelante\./u);
    expect(chat.summaries).toEqual(['Se me cortó el cable de fibra']);
    expect(chat.write('¿están ahí?')).toEqual([]);
    expect(chat.closeTicket()[0]).toMatch(/^Cerramos tu pedido \*N\.º 1\*/u);
    expect(chat.write('hola')[0]).toMatch(/^¡Hola, \*Ana\*!/u);
  });

  it.each(['quiero hablar con una persona', 'agente', 'humano por favor'])('come to an agent by «%s», known or not', (words) => {
    for (const phone of [wellKnown.upToDate.phones[0], newcomer]) {
      const chat = chatOf(phone);
      chat.write('hola', words);
      expect(chat.write('No me anda')[0]).toMatch(/N\.º 1/u);
    }
  });
});
