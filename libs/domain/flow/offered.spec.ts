import { describe, expect, it } from 'vitest';
import { everything, flows } from '../conversation/scripted-flows.js';
import { parseFlow, type Flows } from './flow.js';
import { isOfUse, offeredAt, type Capability } from './offered.js';

const without = (...cannot: Capability[]) => new Set(everything.filter((capability) => !cannot.includes(capability)));
const nothing = new Set<Capability>();

/** The scripted flows with other nodes in place of `main`'s options. */
function withNodes(nodes: Record<string, unknown>, options: Record<string, string>): Flows {
  const { support } = flows;
  const main = { type: 'menu', text: '¿Qué necesitás?', options: Object.entries(options).map(([label, next]) => ({ label, next })) };
  return { ...flows, support: parseFlow({ ...support, nodes: { ...support.nodes, ...nodes, main } }) };
}
const labels = (all: Flows, can: ReadonlySet<Capability>) => {
  const menu = all.support.nodes.main!;
  return menu.type === 'menu' ? offeredAt(all, { flow: 'support', node: 'main' }, can).map((index) => menu.options[index]!.label) : [];
};

const speedTest = (ways: object = {}) => ({ type: 'query', query: 'speed-test', on: { measured: 'measured', unavailable: 'down', unidentified: 'known', ...ways } });
const extra = {
  measured: { type: 'message', text: '{{bajada}}', next: 'main' },
  sorry: { type: 'message', text: 'Eso no lo puedo hacer.', next: 'main' },
  'sorry-then-link': { type: 'message', text: 'Yo no puedo medirla.', next: 'link' },
  link: { type: 'link', text: 'Medila vos:', url: 'https://velocidad.example/', next: 'main' },
  wait: { type: 'message', text: 'Un momento.', next: 'test' },
  sub: { type: 'menu', text: '¿Qué?', options: [{ label: 'Medir', next: 'test' }, { label: 'Al menú', next: 'main' }] },
};

describe('what a menu offers', () => {
  it('is everything, of a system that can do everything', () => {
    expect(labels(flows, new Set(everything))).toEqual(['Mi saldo', 'Mi conexión', 'Autoayuda', 'Planes']);
  });

  it.each<[string, ReadonlySet<Capability>, string[]]>([
    ['no connection state', without('connection'), ['Mi saldo', 'Autoayuda', 'Planes']],
    ['no balance', without('account'), ['Mi conexión', 'Autoayuda', 'Planes']],
    ['nothing at all: what needs no system is left', nothing, ['Autoayuda', 'Planes']],
    ['plans: the shop has more to offer than a list of them', without('plans'), ['Mi saldo', 'Mi conexión', 'Autoayuda', 'Planes']],
  ])('leaves out what its system cannot do: %s', (_, can, offered) => {
    expect(labels(flows, can)).toEqual(offered);
  });

  it.each<[string, Record<string, unknown>, string, boolean]>([
    ['the question itself', { test: speedTest() }, 'test', false],
    ['words before it', { test: speedTest() }, 'wait', false],
    ['an apology instead', { test: speedTest({ unsupported: 'sorry' }) }, 'test', false],
    ['a link instead', { test: speedTest({ unsupported: 'link' }) }, 'test', true],
    ['an apology with a link', { test: speedTest({ unsupported: 'sorry-then-link' }) }, 'test', true],
    ['an agent instead', { test: speedTest({ unsupported: 'agents' }) }, 'test', true],
    ['a menu that has nothing else', { test: speedTest() }, 'sub', false],
  ])('with no speed test, and %s', (_, nodes, next, isOffered) => {
    const all = withNodes({ ...extra, ...nodes }, { Medir: next, Ayuda: 'help' });
    expect(labels(all, without('speed-test'))).toEqual(isOffered ? ['Medir', 'Ayuda'] : ['Ayuda']);
    expect(labels(all, new Set(everything))).toEqual(['Medir', 'Ayuda']);
  });

  it('is a list of invoices only for a system that has their documents, too', () => {
    const on = { unavailable: 'down', unidentified: 'known', none: 'sorry' };
    const all = withNodes({
      ...extra,
      invoices: { type: 'query', query: 'invoices', on: { open: 'which-invoice', clear: 'document-of', ...on } },
      'which-invoice': { type: 'choose', of: 'invoice', text: '¿Cuál?', none: 'sorry', next: 'document-of' },
      'document-of': { type: 'query', query: 'invoice-document', caption: '', on: { sent: 'sorry', 'no-document': 'sorry', ...on } },
    }, { Factura: 'invoices', Ayuda: 'help' });
    expect(labels(all, without('invoice-document'))).toEqual(['Ayuda']);
    expect(labels(all, without('invoices'))).toEqual(['Ayuda']);
    expect(labels(all, without())).toEqual(['Factura', 'Ayuda']);
  });

  it('is everything where nothing works: nobody stands before an empty menu', () => {
    expect(labels(withNodes({}, { Saldo: 'account', Conexión: 'connection' }), nothing)).toEqual(['Saldo', 'Conexión']);
  });

  it('goes by the document where nobody is found by phone', () => {
    expect(isOfUse(flows, { flow: 'support', node: 'who' }, without('by-phone'))).toBe(true);
    expect(isOfUse(flows, { flow: 'support', node: 'document' }, without('by-document'))).toBe(false);
  });
});
