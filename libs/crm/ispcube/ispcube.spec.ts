import { describe, expect, it } from 'vitest';
import { ispcube } from '../../simulator/crm/ispcube.js';
import { crmAdapterSuite, suiteBook } from '../adapter-suite.js';
import type { CustomerOrder, QueryResult } from '../../domain/customers.js';
import { simulatedHttp } from '../testing/simulated-http.js';
import { ispcubeCapabilities, ispcubeCrm } from './ispcube.js';
import { ispcubeSettings } from './settings.js';

const never = new AbortController().signal;
const NOW = Date.parse('2026-11-20T15:00:00Z');
const [ana, beto, caro] = ['801', '802', '803'] as const;

function open(settings: Record<string, unknown> = {}, book = suiteBook) {
  const { simulator, http, url, sent } = simulatedHttp(ispcube, () => NOW);
  simulator.load(book);
  const unmapped: string[] = [];
  const crm = ispcubeCrm(ispcubeSettings.parse({ url, ...ispcube.keys, ...settings }), {
    http, now: () => NOW, sleep: () => Promise.resolve(), report: ({ operation, fields }) => unmapped.push(`${operation}: ${fields.join()}`),
    defaultCountry: 'AR', currency: 'ARS', timeZone: 'America/Argentina/Buenos_Aires',
  });
  const world = simulator.world('ispcube');
  const calls = () => simulator.calls.map(({ method, path }) => `${method} ${path}`);
  return { crm, simulator, world, notes: world.notes, sent, unmapped, calls, ask: crm.ask.bind(crm), fault: (kind: Parameters<typeof simulator.addFault>[0]['kind'], path?: string) => simulator.addFault({ system: 'ispcube', kind, path }) };
}

const payment: CustomerOrder = {
  kind: 'pay', customer: ana, amount: { amount: '55800.30', currency: 'ARS' }, method: 'Transferencia', reference: 'r-1', paidAt: '2026-11-20T14:00:00Z', reactivate: true,
};
const byDocument = (document: string) => ({ kind: 'by-document', document }) as const;
const count = (result: QueryResult) => (result.ok && result.kind === 'customers' ? result.customers.length : -1);

crmAdapterSuite('ispcube', { capabilities: ispcubeCapabilities, lacks: ['signal', 'since', 'service-status'], open: (book) => Promise.resolve(open({}, book).crm) });

describe('the login of ISPCube', () => {
  it.each(['object', 'bare', 'nested', 'access'])('takes the token as %s', async (shape) => {
    const { crm, notes } = open();
    notes.set('token-shape', shape);
    expect(await crm.test(never)).toMatchObject({ ok: true });
  });

  it('happens once for all calls, and once more when the token expires', async () => {
    const { ask, calls, fault } = open();
    await ask(byDocument('30111222'), never);
    await ask(byDocument('30333444'), never);
    fault('expired-token', '/customer');
    expect(await ask(byDocument('30333444'), never)).toMatchObject({ ok: true });
    expect(calls().filter((call) => call.includes('sanctum'))).toHaveLength(2);
    fault('expired-token', '/customer');
    fault('expired-token', '/customer');
    expect(await ask(byDocument('30333444'), never)).toEqual({ ok: false, reason: 'unavailable', fault: 'auth' });
  });

  it.each([
    ['a wrong password', { password: 'otra' }, 'auth', /401/],
    ['no api-key', { apiKey: undefined }, 'auth', /api-key/],
    ['no client-id', { clientId: undefined }, 'auth', /client-id/],
    ['no user', { user: undefined }, 'auth', /user/],
    ['another path', { url: 'https://isp.test/panel' }, 'html', /sanctum/],
    ['another host', { url: 'https://nadie.test' }, 'name', /nadie\.test/],
  ] as const)('tells of %s', async (_, settings, fault, detail) => {
    const result = await open(settings).crm.test(never);
    expect(result).toMatchObject({ ok: false, fault });
    expect(result).toHaveProperty('detail', expect.stringMatching(detail));
    expect(JSON.stringify(result)).not.toContain(ispcube.keys['password']);
  });
});

describe('customers of ISPCube', () => {
  it.each([true, false])('come as one row or as a list (always a list: %s)', async (always) => {
    const { ask, notes } = open();
    notes.set('always-list', always);
    expect(await ask(byDocument('30111222'), never)).toMatchObject({ customers: [{ id: ana, number: '000801', name: 'Ana Gómez', services: [{ id: '700001', plan: 'Fibra 300' }, { id: '700002' }] }] });
  });

  it('are never others than those that were asked for', async () => {
    const { ask, fault } = open();
    fault('ignore-filter', '/customer');
    expect(await ask(byDocument('30333444'), never)).toMatchObject({ customers: [{ id: beto }] });
    fault('ignore-filter', '/customer');
    expect(await ask({ kind: 'account', customer: '999' }, never)).toEqual({ ok: false, reason: 'not-found' });
  });

  it('are not found by a document that many have, and no request is spent on it', async () => {
    const { ask, sent } = open({}, { ...suiteBook, customers: suiteBook.customers.map((one) => ({ ...one, document: '99999999' })) });
    expect(count(await ask(byDocument('99999999'), never))).toBe(0);
    expect(sent).toEqual([]);
    expect(await ask({ kind: 'profile', customer: caro }, never)).not.toHaveProperty('profile.document');
  });

  it('cost few requests', async () => {
    const { ask, calls } = open();
    await ask({ kind: 'by-phone', phone: '5493415550301' }, never);
    expect(calls()).toEqual(['POST /api/sanctum/token', 'GET /api/customer', 'GET /api/plans/plans_list']);
    expect(count(await ask({ kind: 'by-phone', phone: '5493419999999' }, never))).toBe(0);
    expect(calls()).toHaveLength(6);
  });

  it('are known by their codes in an old installation, zeros and all', async () => {
    const { crm, ask } = open({ login: 'legacy', user: undefined, clientId: undefined });
    expect(await crm.test(never)).toMatchObject({ ok: true });
    expect(await ask(byDocument('30111222'), never)).toMatchObject({ customers: [{ id: 'code:000801' }] });
    expect(await ask({ kind: 'account', customer: 'code:000801' }, never)).toMatchObject({ account: { balance: { amount: '55800.30' } } });
    expect(await ask({ kind: 'account', customer: 'code:801' }, never)).toEqual({ ok: false, reason: 'not-found' });
    expect(await ask({ kind: 'connection', customer: 'code:000801', service: '700001' }, never)).toEqual({ ok: false, reason: 'unsupported' });
    expect(crm.capabilities).toEqual(['by-phone', 'by-document', 'account', 'profile']);
  });
});

describe('money of ISPCube', () => {
  it('is owed for the newest bills, as payments go to the oldest debt', async () => {
    const { ask, world } = open();
    await ask(byDocument('30111222'), never); // the world counts what is owed from now on
    world.ledger.payments.push({ seq: 1, at: '2026-11-19T00:00:00Z', customer: suiteBook.customers[0]!.id, amount: '30000.00', method: 'EFECTIVO', reference: '' });
    const result = await ask({ kind: 'account', customer: ana }, never);
    expect(result).toMatchObject({ account: { balance: { amount: '25800.30' }, dueOn: '2026-12-10', invoices: [{ amount: { amount: '25800.30' } }] } });
  });

  it('tells what is past its due date', async () => {
    expect(await open().ask({ kind: 'account', customer: ana }, never)).toMatchObject({ account: { overdue: { amount: '27900.20' } } });
    expect(await open().ask({ kind: 'account', customer: beto }, never)).not.toHaveProperty('account.overdue');
  });

  it.each(['url', 'list', 'row'])('has the document of a bill without one by the newest bill’s address (%s)', async (shape) => {
    const { ask, notes, world } = open();
    notes.set('bill-shape', shape);
    expect(await ask({ kind: 'invoice-document', customer: ana, invoice: '5001' }, never)).toMatchObject({ document: { fileName: 'Factura 0001-00000001.pdf', mimetype: 'application/pdf' } });
    expect(await ask({ kind: 'invoice-document', customer: ana, invoice: '5004' }, never)).toEqual({ ok: false, reason: 'not-found' });
    expect(world.notes.get('requests')).toBeGreaterThan(0);
  });

  it('sends no key to where a bill’s document lies', async () => {
    const { ask, sent } = open();
    await ask({ kind: 'invoice-document', customer: ana, invoice: '5001' }, never);
    expect(JSON.stringify(sent.filter(({ url }) => url.includes('/public/')))).not.toMatch(/api-key|Bearer/u);
  });

  it('is paid once, however often it is ordered', async () => {
    const { crm, world } = open();
    expect(await crm.act(payment, never)).toEqual({ ok: true, done: 'now', id: '7001' });
    expect(await crm.act(payment, never)).toEqual({ ok: true, done: 'already', id: '7001' });
    expect(world.ledger.payments).toMatchObject([{ amount: '55800.30', method: 'TRANSFERENCIA', reference: 'Hilo r-1' }]);
    expect(world.ledger.switches).toMatchObject([{ to: 'active' }]);
  });

  it('is paid once when the answer is lost after the payment was applied', async () => {
    const { crm, world, fault } = open();
    fault('apply-then-timeout', 'payment_save');
    expect(await crm.act(payment, never)).toEqual({ ok: true, done: 'now', id: '7001' });
    expect(world.ledger.payments).toHaveLength(1);
  });

  it('is unknown when the answer is lost and the installation keeps no reference: never paid again', async () => {
    const { crm, world, notes, fault } = open();
    notes.set('comments', false);
    fault('apply-then-timeout', 'payment_save');
    expect(await crm.act(payment, never)).toEqual({ ok: false, reason: 'unknown', fault: 'timeout' });
    expect(await crm.act(payment, never)).toEqual({ ok: false, reason: 'unknown' });
    expect(world.ledger.payments).toHaveLength(1);
  });

  it('is known to be paid without a reference when the answer came', async () => {
    const { crm, notes } = open();
    notes.set('comments', false);
    expect(await crm.act(payment, never)).toEqual({ ok: true, done: 'now', id: '7001' });
  });

  it.each(['timeout', 'drop'] as const)('is unknown after %s, as nothing shows that it will not come yet', async (kind) => {
    const { crm, world, fault } = open();
    fault(kind, 'payment_save');
    expect(await crm.act(payment, never)).toMatchObject({ ok: false, reason: 'unknown' });
    expect(world.ledger.payments).toEqual([]);
    expect(await crm.act(payment, never)).toMatchObject({ ok: true, done: 'now' });
  });

  it('is refused with ISPCube’s words, HTTP 200 or not', async () => {
    const { crm, fault, world } = open();
    fault('ok-with-error', 'payment_save');
    expect(await crm.act(payment, never)).toEqual({ ok: false, reason: 'rejected', why: 'No se pudo procesar la consulta' });
    expect(await crm.act({ ...payment, amount: { amount: '0.00', currency: 'ARS' } }, never)).toEqual({ ok: false, reason: 'rejected', why: 'amount invalido' });
    expect(world.ledger.payments).toEqual([]);
    expect(await crm.act({ ...payment, customer: '999' }, never)).toEqual({ ok: false, reason: 'not-found' });
  });
});

describe('lines and tickets of ISPCube', () => {
  it.each([undefined, 'empty'])('knows who is offline (answer: %s)', async (shape) => {
    const { ask, notes, world } = open();
    notes.set('offline-shape', shape);
    const query = { kind: 'connection', customer: beto, service: '700003' } as const;
    expect(await ask(query, never)).toEqual({ ok: true, kind: 'connection', connection: { status: 'active', online: true } });
    world.book.services[2]!.online = false;
    expect(await ask(query, never)).toMatchObject({ connection: { online: false } });
  });

  it('does not pretend to know where there is no Radius', async () => {
    const { ask, notes } = open();
    notes.set('radius', false);
    expect(await ask({ kind: 'connection', customer: beto, service: '700003' }, never)).toEqual({ ok: false, reason: 'unsupported' });
    expect(await ask({ kind: 'connection', customer: ana, service: '700001' }, never)).toMatchObject({ connection: { status: 'suspended', online: false } });
  });

  it('opens a ticket once and closes it once', async () => {
    const { crm, world, fault } = open();
    const ticket: CustomerOrder = { kind: 'open-ticket', customer: ana, service: '700001', subject: 'Sin servicio', body: 'No anda', reference: 't-1' };
    fault('apply-then-timeout', 'new_ticket');
    expect(await crm.act(ticket, never)).toEqual({ ok: true, done: 'now', id: '100' });
    expect(await crm.act(ticket, never)).toEqual({ ok: true, done: 'already', id: '100' });
    expect(await crm.act({ ...ticket, service: '700003', reference: 't-2' }, never)).toEqual({ ok: false, reason: 'not-found' });
    expect(await crm.act({ kind: 'close-ticket', ticket: '100', reason: 'Listo' }, never)).toEqual({ ok: true, done: 'now', id: '100' });
    expect(await crm.act({ kind: 'close-ticket', ticket: '100', reason: 'Listo' }, never)).toEqual({ ok: true, done: 'already', id: '100' });
    expect(world.ledger.tickets).toMatchObject([{ subject: 'Sin servicio', closed: 'Listo' }]);
  });

  it('reports fields that are new, by name alone, and none that are known', async () => {
    const { crm, ask, unmapped } = open();
    await ask({ kind: 'profile', customer: ana }, never);
    await crm.act(payment, never);
    expect(unmapped).toEqual([]);
  });
});
