import fc from 'fast-check';
import { askedKinds, parseFlow, secondFactKinds, type Flow, type FlowKind, type Flows } from './flow.js';

/** Random flows for properties: most of them sane, some not; the checker tells which. */

const words = { back: ['0', 'volver'], start: ['menú'], greetings: ['hola'], thanks: ['gracias'] };

const sayings = [
  'Hola, {{nombre}}.',
  'Debés {{saldo}}.',
  '{{planes}}',
  'Texto cualquiera.',
  'Otro texto, un poco más largo que el resto de los textos.',
];

const labels = ['Saldo', 'Mi conexión', 'Planes', 'Sí', 'No', 'Ayuda técnica', 'Factura', 'Otra cosa'];

interface Names {
  own: readonly string[];
  index: number;
  kind: FlowKind;
  /** Whether nodes that do not wait may lead anywhere, and so into circles and nowhere. */
  wild: boolean;
}

function anyNode(names: Names): fc.Arbitrary<unknown> {
  const { own, index, kind, wild } = names;
  const anywhere = fc.constantFrom(...own, ...(wild ? ['nowhere'] : []));
  const onward = wild ? anywhere : fc.constantFrom(...own.slice(index + 1));
  const text = fc.constantFrom(...sayings);
  const constant = fc.constant;
  const other: FlowKind = kind === 'support' ? 'sales' : 'support';
  const told = { text: constant('Pedido {{ticket}}. {{lugar}}.'), closed: fc.constantFrom('Cerramos el {{ticket}}.', 'Listo.') };
  return fc.oneof(
    fc.record({ type: constant('message'), text, next: onward, welcome: fc.boolean() }),
    anyMenu(anywhere, 0),
    fc.record({
      type: constant('ask'),
      text,
      into: fc.constantFrom(...askedKinds),
      invalid: text,
      attempts: fc.integer({ min: 1, max: 3 }),
      onFail: anywhere,
      next: anywhere,
    }),
    fc.record({ type: constant('receipt'), text, received: fc.constantFrom(...sayings, ''), next: anywhere, off: onward }),
    fc.record({ type: constant('choose'), of: fc.constantFrom('customer', 'service', 'invoice'), text, none: onward, next: onward }),
    fc.record({ type: constant('link'), text, url: constant('https://velocidad.example/medir'), next: onward }),
    ...askingNodes(onward),
    fc.record({ type: constant('goto'), flow: constant(other) }),
    fc.record({ type: constant('handoff'), department: fc.option(constant('Soporte'), { nil: undefined }), summary: text, ...told }),
    fc.record({ type: constant('end'), text }),
  );
}

/** Nodes that ask the ISP's system. */
function askingNodes(onward: fc.Arbitrary<string>): fc.Arbitrary<unknown>[] {
  const outcomes = {
    account: ['clear', 'owing', 'overdue', 'suspended', 'clear-suspended', 'unavailable', 'unidentified'],
    connection: ['online', 'weak', 'offline', 'suspended', 'unavailable', 'unidentified'],
    plans: ['found', 'none', 'unavailable'],
    invoices: ['open', 'clear', 'none', 'unavailable', 'unidentified'],
    'invoice-document': ['sent', 'no-document', 'none', 'unavailable', 'unidentified'],
    'payment-options': ['offered', 'none', 'off', 'unavailable', 'unidentified'],
    'speed-test': ['measured', 'unavailable', 'unidentified'],
    phone: ['recognised', 'several', 'unknown', 'hidden', 'unavailable'],
    document: ['recognised', 'several', 'failed', 'exhausted', 'unavailable'],
  };
  const on = (names: readonly string[]) => fc.record(Object.fromEntries(names.map((name) => [name, onward])));
  const ways = (names: readonly string[]) => fc.oneof(on(names), on([...names, 'unsupported']));
  const caption = fc.constantFrom('Factura {{factura}}', '');
  const meanwhile = fc.option(fc.constant('Un momento.'), { nil: undefined });
  const queries = (['account', 'connection', 'plans', 'invoices', 'invoice-document', 'payment-options', 'speed-test'] as const).map((query) =>
    fc.record({ type: fc.constant('query'), query: fc.constant(query), caption, meanwhile, on: ways(outcomes[query]) }),
  );
  const accept = fc.subarray([...secondFactKinds], { minLength: 1 });
  const attempts = fc.integer({ min: 1, max: 3 });
  const identify = { type: fc.constant('identify') };
  return [
    ...queries,
    fc.record({ ...identify, by: fc.constant('phone'), on: on(outcomes.phone) }),
    fc.record({ ...identify, by: fc.constant('document'), accept, attempts, on: on(outcomes.document) }),
  ];
}

function anyMenu(target: fc.Arbitrary<string>, minLength: number): fc.Arbitrary<{ options: unknown[] }> {
  return fc.record({
    type: fc.constant('menu'),
    text: fc.constantFrom(...sayings),
    again: fc.option(fc.constant('¿Algo más?'), { nil: undefined }),
    options: fc.array(fc.record({ label: fc.constantFrom(...labels), next: target }), { minLength, maxLength: 4 }),
  });
}

/** The last node is a menu, the one before it leads to the other flow. */
function anyFlow(kind: FlowKind, wild: boolean): fc.Arbitrary<Flow> {
  return fc.integer({ min: 1, max: 7 }).chain((count) => {
    const own = [...Array.from({ length: count }, (_, index) => `n${index}`), 'last'];
    const nodes = own.slice(0, -1).map((_, index) => anyNode({ own, index, kind, wild }));
    const other = kind === 'support' ? 'sales' : 'support';
    return fc
      .record({
        nodes: fc.tuple(...nodes),
        last: anyMenu(fc.constantFrom(...own), 1),
        shortcut: fc.constantFrom(...own),
      })
      .map(({ nodes: made, last, shortcut }) =>
        parseFlow({
          v: 1,
          kind,
          start: 'n0',
          words,
          texts: {
            back: 'Volver',
            notUnderstood: 'No te entendí.',
            stillNotUnderstood: 'Sigo sin entenderte.',
            unsupported: 'Recibí {{tipo}}.',
            unreadable: 'No lo pude leer.',
            thanks: '¡De nada!',
            botLoop: 'Escribí menú.',
          },
          shortcuts: [{ keywords: ['persona'], next: shortcut }],
          nodes: {
            ...Object.fromEntries(made.map((node, index) => [`n${index}`, node])),
            last: { ...last, options: [...last.options, { label: 'Al otro lado', next: 'cross' }] },
            cross: { type: 'goto', flow: other },
          },
        }),
      );
  });
}

export const anyFlows: fc.Arbitrary<Flows> = fc
  .boolean()
  .chain((wild) => fc.record({ support: anyFlow('support', wild), sales: anyFlow('sales', wild) }));
