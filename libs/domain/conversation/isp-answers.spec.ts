import { describe, expect, it } from 'vitest';
import { parseFlow, type Flows } from '../flow/flow.js';
import { Rehearsal } from './rehearsal.js';
import { everything, flows, morningMs, settingsFor } from './scripted-flows.js';
import { FakeIsp, firstCustomer } from './scripted-isp.js';
import { initialState, type Settings } from './state.js';

const back = (text: string) => ({ type: 'message', text, next: 'main' });
const failures = { unavailable: 'down', unidentified: 'known' };

/** The scripted flows, with invoices and a speed test in the menu. */
const withDocuments: Flows = {
  ...flows,
  support: parseFlow({
    ...flows.support,
    nodes: {
      ...flows.support.nodes,
      main: {
        type: 'menu', text: '¿Qué necesitás?', again: '¿Algo más?',
        options: [
          { label: 'Mi saldo', next: 'account' }, { label: 'Mi factura', next: 'invoices' }, { label: 'La última factura', next: 'newest' },
          { label: 'Medir mi velocidad', next: 'speed' }, { label: 'Hablar con alguien', next: 'problem' },
        ],
      },
      invoices: { type: 'query', query: 'invoices', on: { open: 'which-invoice', clear: 'all-paid', none: 'no-invoices', ...failures } },
      'all-paid': { type: 'message', text: 'Estás al día. Te mando la última.', next: 'newest' },
      'which-invoice': { type: 'choose', of: 'invoice', text: '¿Cuál?', none: 'no-invoices', next: 'newest' },
      newest: {
        type: 'query', query: 'invoice-document', caption: 'N.º {{factura}}: {{importe}}, vence el {{vence}}',
        on: { sent: 'sent', 'no-document': 'no-document', none: 'no-invoices', ...failures },
      },
      sent: back('Ahí va.'),
      'no-document': back('El sistema no tiene el archivo de la N.º {{factura}}.'),
      'no-invoices': back('No tenés facturas.'),
      speed: { type: 'query', query: 'speed-test', meanwhile: 'Midiendo…', on: { measured: 'measured', unsupported: 'speed-link', ...failures } },
      measured: back('{{bajada}} de bajada, {{subida}} de subida.'),
      'speed-link': { type: 'link', text: 'Medila acá:', url: 'https://velocidad.example/', next: 'main' },
    },
  }),
};

function chatWith(isp: FakeIsp, system: Partial<Settings['isp']> = {}): Rehearsal {
  const settings = settingsFor(firstCustomer.phone);
  const chat = new Rehearsal({ ...settings, flows: withDocuments, isp: { ...settings.isp, ...system } }, isp.ask, morningMs);
  chat.write('hola');
  return chat;
}

const without = (...cannot: string[]) => ({ capabilities: new Set(everything.filter((one) => !cannot.includes(one))) });
const third = { id: 'f1', number: '0003-00041000', dueOn: '2026-10-01', amount: { amount: '25000.00', currency: 'ARS' }, state: 'open' } as const;

describe('an invoice by chat', () => {
  it('is a file with its facts, then the words', () => {
    const chat = chatWith(new FakeIsp());
    expect(chat.write('2')).toEqual(['Ahí va.\n\n¿Algo más?']);
    expect(chat.files).toEqual([expect.objectContaining({
      text: 'N.º 0003-00043000: $ 27.900, vence el 1 de diciembre', node: 'support/newest', answers: [],
      file: { sha256: 'f3'.padEnd(64, '0'), size: 1000, mimetype: 'application/pdf', fileName: 'factura-f3.pdf' },
    })]);
  });

  it('is chosen where several are unpaid: by number, by its own number, or as the newest', () => {
    for (const [answer, sent] of [['2', 'f1'], ['0003-00041000', 'f1'], ['1', 'f3'], ['la última', 'f3']] as const) {
      const isp = new FakeIsp();
      isp.invoices = [third, ...isp.invoices];
      const chat = chatWith(isp);
      expect(chat.write('2')[0]).toBe(
        '¿Cuál?\n\n*1* N.º 0003-00043000 · $ 27.900 · vence el 1 de diciembre\n*2* N.º 0003-00041000 · $ 25.000 · venció el 1 de octubre\n*0* Volver');
      chat.write(answer);
      expect(chat.files.map(({ file }) => file.fileName)).toEqual([`factura-${sent}.pdf`]);
    }
  });

  it('can be another one afterwards, from where one chose', () => {
    const isp = new FakeIsp();
    isp.invoices = [third, ...isp.invoices];
    const chat = chatWith(isp);
    chat.write('2', '1');
    chat.write('mi factura');
    chat.write('2');
    expect(chat.files.map(({ file }) => file.fileName)).toEqual(['factura-f3.pdf', 'factura-f1.pdf']);
  });

  it('is the newest one when all are paid, and when nobody asked which', () => {
    const isp = new FakeIsp();
    isp.invoices = isp.invoices.map((invoice) => ({ ...invoice, state: 'paid' }));
    const chat = chatWith(isp);
    expect(chat.write('2')[0]).toContain('Estás al día. Te mando la última.\n\nAhí va.');
    chat.write('3');
    expect(chat.files.map(({ file }) => file.fileName)).toEqual(['factura-f3.pdf', 'factura-f3.pdf']);
  });

  it('is never a cancelled one', () => {
    const isp = new FakeIsp();
    isp.invoices = [{ ...isp.invoices[0]!, state: 'cancelled' }];
    expect(chatWith(isp).write('2')).toEqual(['No tenés facturas.\n\n¿Algo más?']);
  });

  it('is said not to be there when the system has none for it', () => {
    const isp = new FakeIsp();
    isp.documents.clear();
    const chat = chatWith(isp);
    expect(chat.write('2')).toEqual(['El sistema no tiene el archivo de la N.º 0003-00043000.\n\n¿Algo más?']);
    expect(chat.files).toEqual([]);
    expect(chat.state.customer?.id).toBe('c1');
  });

  it('of another one than was asked for is not sent', () => {
    const isp = new FakeIsp();
    const settings = { ...settingsFor(firstCustomer.phone), flows: withDocuments };
    const chat = new Rehearsal(settings, (query) => isp.ask(query.kind === 'invoice-document' ? { ...query, invoice: 'f2' } : query), morningMs);
    chat.write('hola');
    expect(chat.write('2')[0]).toContain('El sistema no responde.');
    expect(chat.files).toEqual([]);
  });

  it('goes out once for a burst that asks for it twice', () => {
    const chat = chatWith(new FakeIsp());
    chat.write('mi factura', 'mi factura');
    expect(chat.files).toHaveLength(1);
  });
});

describe('a speed test', () => {
  it('is announced at once, and told when it is done', () => {
    expect(chatWith(new FakeIsp()).write('4')).toEqual(['Midiendo…', '287,4 Mbps de bajada, 151 Mbps de subida.\n\n¿Algo más?']);
  });

  it('is a link where the system cannot do it', () => {
    const chat = chatWith(new FakeIsp(), without('speed-test'));
    expect(chat.write('4')).toEqual(['Medila acá:\nhttps://velocidad.example/\n\n¿Algo más?']);
    expect(chat.queries.map(({ kind }) => kind)).not.toContain('speed-test');
  });
});

describe('what a system cannot do', () => {
  const menu = (...labels: string[]) => labels.map((label, index) => `*${index + 1}* ${label}`).join('\n');

  it('is not in the menu, and the numbers are of what is', () => {
    const chat = chatWith(new FakeIsp(), without('invoice-document'));
    expect(chat.write('menú')[0]).toContain(menu('Mi saldo', 'Medir mi velocidad', 'Hablar con alguien'));
    expect(chat.write('2')[0]).toContain('Midiendo…');
  });

  it('is understood by name all the same, and said not to work', () => {
    const chat = chatWith(new FakeIsp(), without('invoice-document'));
    expect(chat.write('la última factura')[0]).toContain('El sistema no responde.');
    expect(chat.queries.map(({ kind }) => kind)).not.toContain('invoice-document');
  });

  it('changes no number that is on the screen already; after a silence an old number means nothing', () => {
    const chat = chatWith(new FakeIsp(), without('invoice-document'));
    chat.settings.isp = { capabilities: new Set(everything), down: false };
    expect(chat.write('2')[0]).toContain('Midiendo…');
    expect(chat.write('menú')[0]).toContain(menu('Mi saldo', 'Medir mi velocidad', 'Hablar con alguien'));
    expect(chat.wait(31).write('2')[0]).toContain(menu('Mi saldo', 'Mi factura', 'La última factura', 'Medir mi velocidad', 'Hablar con alguien'));
    expect(chat.files).toEqual([]);
  });

  it('was shown in sessions of before anything was hidden: their numbers hold', () => {
    const chat = chatWith(new FakeIsp(), without('invoice-document'));
    const { shown: _, ...old } = { ...initialState(), ...chat.state };
    chat.state = old;
    expect(chat.write('4')[0]).toContain('Midiendo…');
  });

  it('goes by the document where nobody is found by phone', () => {
    const settings = settingsFor(firstCustomer.phone);
    const chat = new Rehearsal({ ...settings, isp: { ...settings.isp, ...without('by-phone') } }, new FakeIsp().ask, morningMs);
    expect(chat.write('hola')).toEqual(['¿Tu DNI?']);
    expect(chat.queries).toEqual([]);
  });
});

describe('a system that does not answer', () => {
  it('is said so; what needs it is marked, what does not still works, and it comes back by itself', () => {
    const isp = new FakeIsp();
    const chat = chatWith(isp);
    isp.isDown = true;
    chat.settings.isp = { ...chat.settings.isp, down: true };
    expect(chat.write('1')[0]).toContain('El sistema no responde.');
    expect(chat.write('menú')[0]).toContain('*1* Mi saldo (ahora no responde)\n*2* Mi factura (ahora no responde)');
    expect(chat.write('menú')[0]).toContain('*5* Hablar con alguien');
    expect(chat.write('5')[0]).toContain('¿Qué te pasa?');
    isp.isDown = false;
    chat.settings.isp = { ...chat.settings.isp, down: false };
    expect(chat.write('menú')[0]).toContain('*1* Mi saldo\n');
    expect(chat.write('1')[0]).toContain('Debés $ 27.900');
  });

  it.each([
    ['2026-11-22T12:55:00Z', /^_Según lo que sabíamos a las 09:55:_\n\nDebés/u],
    ['2026-11-21T12:55:00Z', /^_Según lo que sabíamos el 21 de noviembre.* 09:55:_\n\nDebés/u],
    ['2026-11-22T12:59:30Z', /^Debés/u],
  ])('is quoted with the age of what it said at %s', (asOf, said) => {
    const isp = new FakeIsp();
    const chat = chatWith(isp);
    isp.asOf = asOf;
    expect(chat.write('1')[0]).toMatch(said);
  });
});
