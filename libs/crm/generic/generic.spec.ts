import { beforeEach, describe, expect, it } from 'vitest';
import type { CustomerBook } from '../../domain/customer-book.js';
import type { CustomerOrder } from '../../domain/customers.js';
import { generic } from '../../simulator/crm/generic.js';
import { ispbrain } from '../../simulator/crm/ispbrain.js';
import type { SimulatedSystem } from '../../simulator/crm/system.js';
import { crmAdapterSuite, suiteBook } from '../adapter-suite.js';
import type { CrmDeps } from '../crm-deps.js';
import { ispbrainCapabilities, ispbrainCrm, ispbrainSettings } from '../ispbrain.js';
import { simulatedHttp, type SimulatedHttp } from '../testing/simulated-http.js';
import { capabilitiesOf } from './description.js';
import { genericCrm, genericSettings } from './generic.js';
import { unknownSystemWith } from './testing/unknown-system.js';

const never = new AbortController().signal;
const KEY = 'clave-generica-1';

const reported: { operation: string; fields: string[] }[] = [];
const depsOf = (http: CrmDeps['http']): CrmDeps => ({
  http, now: Date.now, sleep: () => Promise.resolve(), report: (one) => void reported.push(one), defaultCountry: 'AR', currency: 'ARS', timeZone: 'America/Argentina/Buenos_Aires',
});

/** A company's own system of this kind, with a book. */
function simulated(system: SimulatedSystem, book: CustomerBook): SimulatedHttp {
  const made = simulatedHttp(system);
  made.simulator.load(book);
  return made;
}

let ours: SimulatedHttp;
beforeEach(() => {
  ours = simulated(generic, suiteBook);
});

const opened = ({ url, http }: SimulatedHttp, description = unknownSystemWith(), secret = KEY) => genericCrm(genericSettings.parse({ url, secret, description }), depsOf(http));

crmAdapterSuite('generic', {
  capabilities: capabilitiesOf(unknownSystemWith()),
  open: (book) => Promise.resolve(opened(simulated(generic, book))),
});

crmAdapterSuite('ispbrain (a preset, not verified with the vendor)', {
  capabilities: ispbrainCapabilities,
  open: (book) => {
    const { url, http } = simulated(ispbrain, book);
    return Promise.resolve(ispbrainCrm(ispbrainSettings.parse({ url, ...ispbrain.keys }), depsOf(http)));
  },
});

const ana = { customer: '801', service: '901' };
const payment: CustomerOrder & { kind: 'pay' } = {
  kind: 'pay', customer: '801', invoice: '5002', amount: { amount: '27900.20', currency: 'ARS' }, method: 'Transferencia', reference: 'hilo-77', paidAt: '2026-11-27T01:00:00.000Z', reactivate: true,
};
const ledger = () => ours.simulator.world('generic').ledger;

describe('a described system', () => {
  it.each([
    { mode: 'header', name: 'X-Api-Key' }, { mode: 'query', name: 'clave' }, { mode: 'bearer' }, { mode: 'basic', user: 'hilo' },
  ] as const)('is asked with its key as $mode', async (auth) => {
    const crm = opened(ours, unknownSystemWith({ auth }));
    expect(await crm.test(never)).toMatchObject({ ok: true, version: '3.4' });
    expect(await crm.ask({ kind: 'by-document', document: '30111222' }, never)).toMatchObject({ customers: [{ name: 'Ana Gómez' }] });
    expect(await opened(ours, unknownSystemWith({ auth }), 'otra').test(never)).toMatchObject({ ok: false, fault: 'auth' });
  });

  it('takes its key in the body where every operation has one', async () => {
    const description = unknownSystemWith({
      auth: { mode: 'body', name: 'clave' },
      operations: { test: { method: 'POST', path: '/v2/estado', body: { type: 'form', content: '{}' } }, plans: { method: 'POST', path: '/v2/planes', list: '$.planes' } },
    });
    expect(await opened(ours, description).test(never)).toMatchObject({ ok: true });
    expect(await opened(ours, description).ask({ kind: 'plans' }, never)).toMatchObject({ plans: [{ name: 'Fibra 300', downMbps: 300, price: { amount: '27900.00' } }] });
  });

  it('never shows another customer where the system ignores what it was asked for', async () => {
    const crm = opened(ours);
    ours.simulator.addFault({ system: 'generic', kind: 'ignore-filter', times: 5 });
    expect(await crm.ask({ kind: 'by-document', document: '30333444' }, never)).toMatchObject({ customers: [{ name: 'Beto Ruiz' }] });
    expect(await crm.ask({ kind: 'by-document', document: '39999999' }, never)).toMatchObject({ customers: [] });
    expect(await crm.ask({ kind: 'by-phone', phone: '5493415550302' }, never)).toMatchObject({ customers: [{ name: 'Beto Ruiz' }] });
    expect(await crm.ask({ kind: 'invoices', customer: '802', limit: 10 }, never)).toMatchObject({ invoices: [{ number: '0001-00000004', amount: { amount: '27900.00' } }] });
    expect(await crm.ask({ kind: 'by-document', document: '99999999' }, never)).toMatchObject({ customers: [] });
  });

  it('keeps nothing that the port does not know, and names what it left out', async () => {
    reported.length = 0;
    const result = await opened(ours).ask({ kind: 'profile', customer: '801' }, never);
    expect(result).toMatchObject({ profile: { name: 'Ana Gómez', document: '•••••222', phones: ['5493415550301'], services: [{ status: 'active' }, { status: 'suspended' }] } });
    expect(JSON.stringify(result)).not.toMatch(/secreta|x9|30111222/u);
    expect(reported).toEqual([{ operation: 'profile', fields: ['clave_portal'] }]);
  });

  it('gives the document of an own invoice, and none of another customer’s', async () => {
    const crm = opened(ours);
    const result = await crm.ask({ kind: 'invoice-document', customer: '801', invoice: '5002' }, never);
    expect(result).toMatchObject({ document: { invoice: { id: '5002', number: '0001-00000002' }, fileName: 'Factura 0001-00000002.pdf', mimetype: 'application/pdf' } });
    expect(await crm.ask({ kind: 'invoice-document', customer: '801', invoice: '5004' }, never)).toEqual({ ok: false, reason: 'not-found' });
  });

  it('measures a line, asking until it is done', async () => {
    expect(await opened(ours).ask({ kind: 'speed-test', ...ana }, never)).toMatchObject({ test: { downMbps: 287.4, upMbps: 143.9, pingMs: 8 } });
    expect(await opened(ours).ask({ kind: 'speed-test', customer: '802', service: '901' }, never)).toEqual({ ok: false, reason: 'not-found' });
  });

  it.each([
    ['html', 'html'], ['unavailable', 'unavailable'], ['expired-token', 'auth'], ['licence', 'licence'], ['quota', 'rate-limited'], ['ok-with-error', 'unavailable'], ['drop', 'unavailable'], ['timeout', 'timeout'],
  ] as const)('that fails with %s is told as %s', async (kind, fault) => {
    ours.simulator.addFault({ system: 'generic', kind });
    expect(await opened(ours).ask({ kind: 'by-document', document: '30111222' }, never)).toEqual({ ok: false, reason: 'unavailable', fault });
    ours.simulator.addFault({ system: 'generic', kind });
    expect(await opened(ours).test(never)).toMatchObject({ ok: false, fault });
  });
});

describe('orders to a described system', () => {
  it('pay once for each reference', async () => {
    const crm = opened(ours);
    expect(await crm.act(payment, never)).toEqual({ ok: true, done: 'now', id: '1' });
    expect(await crm.act(payment, never)).toEqual({ ok: true, done: 'already', id: '1' });
    expect(ledger().payments).toMatchObject([{ reference: 'hilo-77', amount: '27900.20' }]);
    expect(await crm.ask({ kind: 'account', customer: '801' }, never)).toMatchObject({ account: { balance: { amount: '27900.10' }, suspended: false } });
    expect(await crm.act({ ...payment, reference: 'hilo-78' }, never)).toEqual({ ok: false, reason: 'rejected', why: 'La factura ya está paga' });
  });

  it.each(['apply-then-timeout', 'timeout', 'html', 'drop', 'unavailable'] as const)('never pay twice, and never call a payment done that is not there, after %s', async (kind) => {
    const crm = opened(ours);
    ours.simulator.addFault({ system: 'generic', kind: 'slow', ms: 1, path: '/v2/pagos' }); // the reading before
    ours.simulator.addFault({ system: 'generic', kind, path: '/v2/pagos' });
    const first = await crm.act(payment, never);
    const applied = ledger().payments.length === 1;
    expect(applied).toBe(kind === 'apply-then-timeout');
    const answered = kind === 'html' || kind === 'unavailable'; // the system has finished with it, so that reading tells
    expect(first).toMatchObject(applied ? { ok: true, done: 'now' } : { ok: false, reason: answered ? 'unavailable' : 'unknown' });
    expect(await crm.act(payment, never)).toMatchObject({ ok: true, done: applied ? 'already' : 'now' });
    expect(ledger().payments).toHaveLength(1);
  });

  it('do not know what became of a payment that cannot be read again', async () => {
    const crm = opened(ours);
    for (const kind of ['slow', 'apply-then-timeout', 'unavailable'] as const) ours.simulator.addFault({ system: 'generic', kind, ms: kind === 'slow' ? 1 : 60_000, path: '/v2/pagos' });
    expect(await crm.act(payment, never)).toEqual({ ok: false, reason: 'unknown', fault: 'timeout' });
    expect(await crm.act(payment, never)).toMatchObject({ ok: true, done: 'already' });
  });

  it('change nothing where the reading before fails or the key is refused', async () => {
    ours.simulator.addFault({ system: 'generic', kind: 'unavailable', path: '/v2/pagos' });
    expect(await opened(ours).act(payment, never)).toEqual({ ok: false, reason: 'unavailable', fault: 'unavailable' });
    expect(await opened(ours, undefined, 'otra').act(payment, never)).toEqual({ ok: false, reason: 'unavailable', fault: 'auth' });
    expect(ledger().payments).toEqual([]);
  });

  it('take a payment back, once', async () => {
    const crm = opened(ours);
    await crm.act(payment, never);
    const reverse = { kind: 'reverse-payment', customer: '801', invoice: '5002', reference: 'hilo-77', reason: 'Duplicado' } as const;
    ours.simulator.addFault({ system: 'generic', kind: 'apply-then-timeout', path: '/v2/pagos/' });
    expect(await crm.act(reverse, never)).toMatchObject({ ok: true, done: 'now' });
    expect(await crm.act(reverse, never)).toMatchObject({ ok: true, done: 'already' });
    expect(ledger().payments).toMatchObject([{ reversed: true }]);
  });

  it('switch a service on and off, and see that it is so already', async () => {
    const crm = opened(ours);
    expect(await crm.act({ kind: 'reactivate', customer: '801', service: '902' }, never)).toEqual({ ok: true, done: 'now' });
    expect(await crm.act({ kind: 'reactivate', customer: '801', service: '902' }, never)).toEqual({ ok: true, done: 'already' });
    expect(await crm.act({ kind: 'suspend', customer: '802', service: '902' }, never)).toEqual({ ok: false, reason: 'not-found' });
    expect(ledger().switches).toHaveLength(1);
  });

  it('open a ticket once, close it, and note a prospect once', async () => {
    const crm = opened(ours);
    const ticket = { kind: 'open-ticket', customer: '801', subject: 'Sin señal', body: 'Dice "no anda"', reference: 'hilo-9' } as const;
    ours.simulator.addFault({ system: 'generic', kind: 'slow', ms: 1, path: '/v2/casos' });
    ours.simulator.addFault({ system: 'generic', kind: 'apply-then-timeout', path: '/v2/casos' });
    expect(await crm.act(ticket, never)).toEqual({ ok: true, done: 'now', id: '100' });
    expect(await crm.act(ticket, never)).toEqual({ ok: true, done: 'already', id: '100' });
    expect(await crm.act({ kind: 'close-ticket', ticket: '100', reason: 'Resuelto' }, never)).toMatchObject({ ok: true });
    expect(ledger().tickets).toMatchObject([{ subject: '[hilo-9] Sin señal', body: 'Dice "no anda"', closed: 'Resuelto' }]);
    const prospect = { kind: 'prospect', name: 'Leo', phone: '5493415550399', reference: 'hilo-p1' } as const;
    expect(await crm.act(prospect, never)).toMatchObject({ ok: true, done: 'now', id: '300' });
    expect(await crm.act(prospect, never)).toMatchObject({ ok: true, done: 'already', id: '300' });
    expect(ledger().prospects).toMatchObject([{ fields: { nombre: 'Leo', telefono: '+5493415550399' } }]);
  });
});
