import { parseFlow, type Flows } from '../flow/flow.js';
import { firstCustomer, type FakeIsp } from './scripted-isp.js';
import { Rehearsal } from './rehearsal.js';
import type { Capability } from '../flow/offered.js';
import { defaultLimits, type Limits, type Settings } from './state.js';

/** What a system that can do everything can be asked. */
export const everything: readonly Capability[] = [
  'by-phone', 'by-document', 'account', 'connection', 'plans', 'profile', 'invoices', 'invoice-document', 'speed-test',
];

const words = {
  back: ['0', 'volver'],
  start: ['menú', 'inicio'],
  greetings: ['hola', 'buenas tardes'],
  thanks: ['gracias'],
};

const texts = {
  back: 'Volver',
  notUnderstood: 'No te entendí.',
  stillNotUnderstood: 'Sigo sin entenderte: llamanos.',
  unsupported: 'Recibí {{tipo}}, solo leo texto.',
  unreadable: 'No lo pude leer.',
  calls: 'No atendemos llamadas.',
  thanks: '¡De nada!',
  botLoop: 'Si sos una persona, escribí menú.',
};

const say = (text: string, next: string) => ({ type: 'message', text, next });

/** Flows small enough to be read at one glance, with one node of each kind. */
export const flows: Flows = {
  support: parseFlow({
    v: 1,
    kind: 'support',
    start: 'who',
    words,
    texts,
    shortcuts: [
      { keywords: ['hablar con una persona'], next: 'person' },
      { keywords: ['agente'], next: 'problem' },
      { keywords: ['informar un pago'], next: 'proof' },
      { keywords: ['quiero pagar'], next: 'pay' },
    ],
    nodes: {
      who: { type: 'identify', by: 'phone', on: { recognised: 'welcome', several: 'which', unknown: 'known', hidden: 'document', unavailable: 'down' } },
      welcome: { type: 'message', text: 'Hola, {{nombre}}.', next: 'main', welcome: true },
      main: {
        type: 'menu',
        text: '¿Qué necesitás?',
        again: '¿Algo más?',
        options: [
          { label: 'Mi saldo', keywords: ['cuánto debo'], next: 'account' },
          { label: 'Mi conexión', next: 'service' },
          { label: 'Autoayuda', next: 'help' },
          { label: 'Planes', keywords: ['contratar'], next: 'sales' },
        ],
      },
      account: {
        type: 'query',
        query: 'account',
        on: {
          clear: 'clear',
          owing: 'owing',
          overdue: 'overdue',
          suspended: 'cut',
          'clear-suspended': 'clear',
          unavailable: 'down',
          unidentified: 'known',
        },
      },
      clear: say('Estás al día.', 'main'),
      owing: say('Debés {{saldo}}, vence el {{vencimiento}}.', 'main'),
      overdue: say('Debés {{saldo}}, venció hace {{dias_vencido}}.', 'main'),
      cut: say('Suspendido: debés {{saldo}}.', 'main'),
      service: { type: 'choose', of: 'service', text: '¿Cuál?', none: 'down', next: 'connection' },
      connection: {
        type: 'query',
        query: 'connection',
        on: { online: 'online', weak: 'weak', offline: 'offline', suspended: 'off', unavailable: 'down', unidentified: 'known' },
      },
      online: say('{{servicio}}: en línea.', 'main'),
      weak: say('{{servicio}}: señal baja, {{senal}}.', 'main'),
      offline: say('{{servicio}}: caído.', 'main'),
      off: say('{{servicio}}: suspendido.', 'main'),
      help: {
        type: 'menu',
        text: '¿Qué pasa?',
        options: [
          { label: 'No tengo internet', next: 'lights' },
          { label: 'Anda lento', next: 'slow' },
        ],
      },
      lights: {
        type: 'menu',
        text: '¿Qué luces ves?',
        options: [
          { label: 'Ninguna', next: 'plug' },
          { label: 'LOS roja', keywords: ['roja'], next: 'person' },
        ],
      },
      plug: say('Revisá el enchufe.', 'help'),
      slow: say('Reiniciá el módem.', 'help'),
      person: say('Llamanos.', 'main'),
      problem: { type: 'ask', text: '¿Qué te pasa?', into: 'text', invalid: 'Contame.', attempts: 2, onFail: 'main', next: 'agents' },
      agents: {
        type: 'handoff',
        department: 'Soporte',
        summary: '{{texto_escrito}}',
        text: 'Pedido N.º {{ticket}}. {{lugar}}.',
        closed: 'Cerramos el N.º {{ticket}}.',
      },
      pay: { type: 'query', query: 'payment-options', on: { offered: 'how', none: 'clear', off: 'person', unavailable: 'down', unidentified: 'known' } },
      how: say('Factura {{factura}}, {{importe}}:\n{{medios_de_pago}}', 'proof'),
      proof: { type: 'receipt', text: 'Mandame el comprobante.', received: 'Recibí tu comprobante.', next: 'main', off: 'no-proofs' },
      'no-proofs': say('No recibimos comprobantes.', 'main'),
      which: { type: 'choose', of: 'customer', text: '¿Quién sos?', none: 'known', next: 'main' },
      known: {
        type: 'menu',
        text: '¿Ya sos cliente?',
        options: [
          { label: 'Sí', keywords: ['soy cliente'], next: 'document' },
          { label: 'No', keywords: ['no soy cliente'], next: 'sales' },
        ],
      },
      document: { type: 'ask', text: '¿Tu DNI?', into: 'document', invalid: 'Eso no es un DNI.', attempts: 2, onFail: 'known', next: 'fact' },
      fact: { type: 'ask', text: '¿Número de servicio?', into: 'fact', invalid: 'Solo el número.', attempts: 2, onFail: 'known', next: 'verify' },
      verify: {
        type: 'identify',
        by: 'document',
        accept: ['service-number', 'phone-ending'],
        attempts: 2,
        on: { recognised: 'main', several: 'which', failed: 'wrong', exhausted: 'blocked', unavailable: 'down' },
      },
      wrong: say('Los datos no coinciden.', 'document'),
      blocked: say('No se puede seguir probando.', 'known'),
      down: say('El sistema no responde.', 'offline-menu'),
      'offline-menu': {
        type: 'menu',
        text: '¿Qué hacemos?',
        options: [
          { label: 'Probar de nuevo', next: 'who' },
          { label: 'Despedirme', next: 'bye' },
        ],
      },
      bye: { type: 'end', text: 'Hasta luego.' },
      sales: { type: 'goto', flow: 'sales' },
    },
  }),
  sales: parseFlow({
    v: 1,
    kind: 'sales',
    start: 'shop',
    words,
    texts,
    shortcuts: [],
    nodes: {
      shop: {
        type: 'menu',
        text: '¿Qué querés saber?',
        options: [
          { label: 'Ver planes', next: 'plans' },
          { label: 'Que me llamen', next: 'name' },
          { label: 'Ya soy cliente', next: 'support' },
        ],
      },
      plans: { type: 'query', query: 'plans', on: { found: 'list', none: 'none', unavailable: 'none' } },
      list: say('{{planes}}', 'shop'),
      none: say('No hay planes.', 'shop'),
      name: { type: 'ask', text: '¿Tu nombre?', into: 'name', invalid: '¿Cómo te llamás?', attempts: 2, onFail: 'shop', next: 'noted' },
      noted: say('Gracias, {{nombre_escrito}}.', 'shop'),
      support: { type: 'goto', flow: 'support', node: 'document' },
    },
  }),
};

/** Sunday, 22 November 2026, ten in the morning in Argentina. */
export const morningMs = Date.parse('2026-11-22T13:00:00Z');

export function settingsFor(phone: string | undefined, limits: Partial<Limits> = {}): Settings {
  return {
    flows,
    company: { name: 'Litoral Fibra', timeZone: 'America/Argentina/Buenos_Aires', locale: 'es-AR', currency: 'ARS' },
    contact: { addresses: phone === undefined ? {} : { phone } },
    limits: { ...defaultLimits, ...limits },
    operation: { mode: 'complete' },
    isp: { capabilities: new Set(everything), down: false },
    receipts: { takes: ['image', 'pdf'] },
  };
}

/** Somebody writes to the bot of `flows`. Without a phone of their own they are the ISP's first customer. */
export function rehearse(isp: FakeIsp, phone: string | undefined = firstCustomer.phone): Rehearsal {
  return new Rehearsal(settingsFor(phone), isp.ask, morningMs);
}
