import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CustomerOrder } from '../../domain/customers.js';
import type { FaultKind } from '../../simulator/crm/faults.js';
import { htmlPage } from '../../simulator/crm/simulator.js';
import { subjects } from '../../simulator/crm/wisphub-rows.js';
import { wisphub } from '../../simulator/crm/wisphub.js';
import { crmAdapterSuite, suiteBook } from '../adapter-suite.js';
import { simulatedHttp } from '../testing/simulated-http.js';
import { mbpsOf } from './map.js';
import { wisphubSettings } from './settings.js';
import { asuntoOf, htmlOf } from './tickets.js';
import { wisphubCapabilities, wisphubCrm } from './wisphub.js';

const never = new AbortController().signal;
const NOW = Date.parse('2026-11-20T15:00:00Z');
const [ana, beto] = ['700001', '700003'] as const;

function open(settings: Record<string, unknown> = {}, hosts?: readonly string[], book = suiteBook) {
  const wrong = { 'https://otro.test': htmlPage(403), 'https://ajeno.test': { status: 403, body: { detail: 'Las credenciales de autenticación no se proveyeron.' } } };
  const { simulator, http, url, sent } = simulatedHttp(wisphub, () => NOW, wrong);
  simulator.load(book);
  const unmapped: string[] = [];
  let waited = 0;
  const crm = wisphubCrm(wisphubSettings.parse({ url, ...wisphub.keys, ...settings }), {
    http, now: () => NOW, sleep: (ms) => { waited += ms; return Promise.resolve(); }, report: ({ operation, fields }) => unmapped.push(`${operation}: ${fields.join()}`),
    defaultCountry: 'AR', currency: 'ARS', timeZone: 'America/Argentina/Buenos_Aires',
  }, hosts);
  const world = simulator.world('wisphub');
  const calls = () => simulator.calls.map(({ method, path }) => `${method} ${path}`);
  return { crm, url, world, notes: world.notes, sent, unmapped, calls, waited: () => waited, ask: crm.ask.bind(crm), fault: (kind: FaultKind, path?: string, times?: number) => simulator.addFault({ system: 'wisphub', kind, path, times }) };
}

const payment: CustomerOrder = {
  kind: 'pay', customer: ana, invoice: '5002', amount: { amount: '27900.20', currency: 'ARS' }, method: 'transferencia', reference: 'r-1', paidAt: '2026-11-20T14:05:00Z', reactivate: true,
};

crmAdapterSuite('wisphub', { capabilities: wisphubCapabilities, lacks: ['signal', 'since'], open: (book) => Promise.resolve(open({}, undefined, book).crm) });

describe('the host of a WispHub account', () => {
  it('is tried out, and the one that answers as WispHub does is found', async () => {
    const { crm } = open({ url: undefined }, ['https://nadie.test', 'https://otro.test', 'https://ajeno.test', 'https://isp.test']);
    expect(await crm.test(never)).toEqual({ ok: true, ms: 0, found: { url: 'https://isp.test' } });
  });

  it.each([
    ['a web page', { url: 'https://otro.test' }, 'html'],
    ['a refused key', { apiKey: 'otra' }, 'auth'],
    ['no such host', { url: 'https://nadie.test' }, 'name'],
  ] as const)('is told to be wrong: %s', async (_, settings, fault) => {
    const { crm, sent } = open(settings);
    const result = await crm.test(never);
    expect(result).toMatchObject({ ok: false, fault });
    expect(JSON.stringify(result)).not.toContain(wisphub.keys['apiKey']);
    expect(new Set(sent.map(({ url }) => new URL(url).origin)).size).toBe(1); // the key goes nowhere else
  });

  it('says which filters this account ignores', async () => {
    const { crm, fault, unmapped } = open();
    fault('ignore-filter', '/clientes', 4);
    expect(await crm.test(never)).toMatchObject({ ok: true });
    expect(unmapped).toEqual(['/clientes/ ignores the filter: cedula,usuario,id_servicio,telefono__contains']);
  });
});

describe('calls of WispHub', () => {
  it('never follow `next`, and never go out in the clear', async () => {
    const { ask, sent, world } = open();
    world.book.services.push(...Array.from({ length: 650 }, (_, at) => ({ ...world.book.services[3]!, id: `x${at}`, serviceNumber: String(800_000 + at) })));
    expect(await ask({ kind: 'by-document', document: '30555666' }, never)).toMatchObject({ customers: [{ name: 'Caro Paz' }] });
    expect(sent.map(({ url }) => new URL(url).searchParams.get('offset'))).toEqual(['0', '300', '600']);
    expect(sent.every(({ url }) => url.startsWith('https://isp.test/'))).toBe(true);
  });

  it('give up on a list without end rather than answer from a part of it', async () => {
    const { ask, fault, world } = open();
    world.book.services.push(...Array.from({ length: 3_100 }, (_, at) => ({ ...world.book.services[3]!, id: `x${at}`, serviceNumber: String(800_000 + at) })));
    fault('ignore-filter', '/clientes', 20);
    expect(await ask({ kind: 'by-document', document: '30555666' }, never)).toEqual({ ok: false, reason: 'unavailable', fault: 'bad-response' });
  });

  it('come without a slash at the end where it is refused', async () => {
    const { crm, ask, notes, world } = open();
    notes.set('slash', false);
    expect(await ask({ kind: 'by-document', document: '30111222' }, never)).toMatchObject({ customers: [{ id: ana }] });
    expect(await ask({ kind: 'account', customer: ana }, never)).toMatchObject({ account: { balance: { amount: '55800.30' } } });
    expect(await crm.act(payment, never)).toMatchObject({ ok: true, done: 'now' });
    expect(world.ledger.payments).toHaveLength(1);
  });

  it('report no field that is known', async () => {
    const { crm, ask, unmapped } = open();
    await ask({ kind: 'profile', customer: ana }, never);
    await ask({ kind: 'invoices', customer: ana, limit: 10 }, never);
    await ask({ kind: 'account', customer: ana }, never);
    await ask({ kind: 'connection', customer: ana, service: ana }, never);
    await crm.act(payment, never);
    expect(unmapped).toEqual([]);
  });
});

describe('customers of WispHub', () => {
  it('are one person with all services, whichever row was found', async () => {
    const { ask } = open();
    expect(await ask({ kind: 'profile', customer: '700002' }, never)).toMatchObject({ profile: { id: ana, status: 'suspended', services: [{ id: '700001', status: 'active' }, { id: '700002', status: 'suspended' }] } });
  });

  it('are never others than those that were asked for, though the filter is ignored', async () => {
    const { ask, fault } = open();
    fault('ignore-filter', '/clientes', 2);
    expect(await ask({ kind: 'by-phone', phone: '5493415550302' }, never)).toMatchObject({ customers: [{ id: beto }] });
    fault('ignore-filter', '/clientes');
    expect(await ask({ kind: 'account', customer: '999' }, never)).toEqual({ ok: false, reason: 'not-found' });
  });
});

describe('money of WispHub', () => {
  it.each([['id_factura', true], ['id', true], ['id_factura', false]])('is the pending invoices (%s, call of its own: %s) and what is carried over', async (field, call) => {
    const { ask, notes } = open();
    notes.set('saldo-ids', field).set('saldo-call', call).set('saldo', new Map([[suiteBook.customers[0]!.id, 6_000]]));
    expect(await ask({ kind: 'account', customer: ana }, never)).toMatchObject({ account: { balance: { amount: '55860.30' }, invoices: [{ dueOn: '2026-11-10', amount: { amount: '27900.20' } }, {}] } });
  });

  it('keeps to ranges of three months', async () => {
    const { ask, sent } = open();
    await ask({ kind: 'invoices', customer: beto, limit: 50 }, never);
    const ranges = sent.map(({ url }) => new URL(url).searchParams).filter((query) => query.has('fecha_emision__range_0'));
    expect(ranges).toHaveLength(4);
    expect(ranges.map((query) => query.get('fecha_emision__range_1'))).toEqual(['2026-11-21', '2026-08-23', '2026-05-25', '2026-02-24']);
  });

  it('is paid once, however often it is ordered, and reconnects in a task', async () => {
    const { crm, world, waited } = open();
    expect(await crm.act(payment, never)).toEqual({ ok: true, done: 'now', id: '5002' });
    expect(await crm.act(payment, never)).toEqual({ ok: true, done: 'already', id: '5002' });
    expect(world.ledger.payments).toMatchObject([{ amount: '27900.20', method: 'Transferencia', reference: 'r-1' }]);
    expect(world.ledger.switches).toMatchObject([{ to: 'active' }]);
    expect(waited()).toBe(2_000);
  });

  it('does not reconnect whom it is not told to', async () => {
    const { crm, world } = open();
    expect(await crm.act({ ...payment, reactivate: false }, never)).toMatchObject({ ok: true, done: 'now' });
    expect(world.ledger.switches).toEqual([]);
  });

  it('is paid once when the answer is lost after the payment was applied', async () => {
    const { crm, world, fault } = open();
    fault('apply-then-timeout', 'registrar-pago');
    expect(await crm.act(payment, never)).toEqual({ ok: true, done: 'now', id: '5002' });
    expect(await crm.act(payment, never)).toMatchObject({ ok: true, done: 'already' });
    expect(world.ledger.payments).toHaveLength(1);
  });

  it.each(['timeout', 'drop', 'unavailable'] as const)('is unknown after %s, until reading shows it', async (kind) => {
    const { crm, world, fault } = open();
    fault(kind, 'registrar-pago');
    expect(await crm.act(payment, never)).toMatchObject({ ok: false, reason: 'unknown' });
    expect(await crm.act(payment, never)).toMatchObject({ ok: true, done: 'now' });
    expect(world.ledger.payments).toHaveLength(1);
  });

  it('is not paid where somebody else has paid, and not for another', async () => {
    const { crm, world, fault } = open();
    expect(await crm.act({ ...payment, invoice: '5003' }, never)).toEqual({ ok: false, reason: 'rejected', why: 'La factura figura como pagada' });
    expect(await crm.act({ ...payment, invoice: '5004' }, never)).toEqual({ ok: false, reason: 'not-found' });
    fault('ok-with-error', 'registrar-pago');
    expect(await crm.act(payment, never)).toEqual({ ok: false, reason: 'rejected', why: 'error: No se pudo procesar la solicitud' });
    expect(await crm.act({ ...payment, method: 'bitcoin' }, never)).toMatchObject({ ok: false, reason: 'rejected' });
    expect(world.ledger.payments).toEqual([]);
  });

  it('pays the earliest invoice where none is named, and the same one again', async () => {
    const { crm, world } = open();
    const order = { ...payment, invoice: undefined };
    expect(await crm.act(order, never)).toEqual({ ok: true, done: 'now', id: '5002' });
    expect(await crm.act(order, never)).toEqual({ ok: true, done: 'already', id: '5002' });
    expect(world.ledger.payments).toHaveLength(1);
  });
});

describe('lines of WispHub', () => {
  const query = { kind: 'connection', customer: ana, service: ana } as const;

  it('are pinged', async () => {
    const { ask, world } = open();
    expect(await ask(query, never)).toEqual({ ok: true, kind: 'connection', connection: { status: 'active', online: true } });
    world.book.services[0]!.online = false;
    expect(await ask(query, never)).toMatchObject({ connection: { online: false } });
  });

  it('are unknown where the router cannot ping or the task does not end', async () => {
    const { ask, notes } = open();
    notes.set('ping', 'router');
    expect(await ask(query, never)).toEqual({ ok: false, reason: 'unavailable', fault: 'bad-response' });
    notes.set('task-status', 'PROCESS');
    expect(await ask(query, never)).toEqual({ ok: false, reason: 'unavailable', fault: 'timeout' });
  });

  it('of a router that is down are not pinged, but told of', async () => {
    const { ask, notes, calls } = open();
    notes.set('outage', 'Corte de fibra en Centro');
    expect(await ask(query, never)).toEqual({ ok: true, kind: 'connection', connection: { status: 'active', online: false, outage: { description: 'Corte de fibra en Centro' } } });
    expect(calls().filter((call) => call.includes('ping'))).toEqual([]);
  });

  it.each([['300M', 300], ['10240k', 10.24], ['1G', 1000], ['2.5m', 2.5], ['30 Mbps', 30], ['1000000', 1], ['', undefined], ['rápido', undefined]])('%j is %j Mbps', (written, mbps) => {
    expect(mbpsOf(written)).toBe(mbps);
  });

  it('have plans with speed and price; others are reported', async () => {
    const { ask, unmapped } = open();
    expect(await ask({ kind: 'plans' }, never)).toMatchObject({ plans: [{ name: 'Fibra 300', downMbps: 300, upMbps: 150, price: { amount: '27900.00' } }] });
    expect(unmapped).toEqual(['/plan-internet/ without speed or price: PCQ']);
  });
});

describe('tickets of WispHub', () => {
  const ticket: CustomerOrder = { kind: 'open-ticket', customer: ana, subject: 'Sin servicio', body: '<script>alert(1)</script>', reference: 't-1' };

  it('are opened once and closed once', async () => {
    const { crm, world } = open();
    expect(await crm.act(ticket, never)).toEqual({ ok: true, done: 'now', id: '100' });
    expect(await crm.act(ticket, never)).toEqual({ ok: true, done: 'already', id: '100' });
    expect(await crm.act({ ...ticket, service: beto }, never)).toEqual({ ok: false, reason: 'not-found' });
    expect(await crm.act({ kind: 'close-ticket', ticket: '100', reason: 'Listo' }, never)).toEqual({ ok: true, done: 'now', id: '100' });
    expect(await crm.act({ kind: 'close-ticket', ticket: '100', reason: 'Listo' }, never)).toEqual({ ok: true, done: 'already', id: '100' });
    expect(await crm.act({ kind: 'close-ticket', ticket: '555', reason: 'Listo' }, never)).toEqual({ ok: false, reason: 'not-found' });
    expect(world.ledger.tickets).toMatchObject([{ subject: 'No Tiene Internet', closed: 'Cerrado' }]);
  });

  it.each([
    ['Internet lento', 'Internet Lento'], ['No tengo internet', 'No Tiene Internet'], ['Se corta a cada rato', 'Internet Intermitente'], ['Mudanza', 'Cambio de Domicilio'],
    ['Quiero dar de baja', 'Cancelación'], ['reconexión', 'Reconexión'], ['Cambiar la clave del wifi', 'Cambio de Contraseña'], ['Consulta', undefined],
  ])('%j is the subject %j', (subject, asunto) => {
    expect(asuntoOf(subject)).toBe(asunto);
  });

  it('have subjects of the list, and no HTML of a customer', async () => {
    expect(subjects.filter((one) => one !== 'Otro Asunto').map(asuntoOf)).toEqual(subjects.filter((one) => one !== 'Otro Asunto'));
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(htmlOf(text).replace(/<\/?p>/gu, '')).not.toMatch(/[<>"']/u);
    }));
    const { crm, world } = open();
    expect(await open({ otherSubject: 'Varios' }).crm.act({ ...ticket, subject: 'Consulta' }, never)).toEqual({ ok: false, reason: 'rejected', why: 'asunto: no es una elección válida.' });
    await crm.act({ ...ticket, subject: 'Consulta' }, never);
    expect(world.ledger.tickets).toMatchObject([{ subject: 'Otro Asunto', body: '<p>Consulta</p><p>&lt;script&gt;alert(1)&lt;/script&gt;</p><p>t-1</p>' }]);
  });
});
