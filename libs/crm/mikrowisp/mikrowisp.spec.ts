import { describe, expect, it } from 'vitest';
import type { CustomerBook } from '../../domain/customer-book.js';
import type { CustomerOrder } from '../../domain/customers.js';
import { HttpFailure, type HttpClient } from '../../http/http-client.js';
import { mikrowisp } from '../../simulator/crm/mikrowisp.js';
import { crmAdapterSuite, suiteBook } from '../adapter-suite.js';
import { simulatedHttp } from '../testing/simulated-http.js';
import { mikrowispCapabilities, mikrowispCrm } from './mikrowisp.js';
import { mikrowispSettings } from './settings.js';

const never = new AbortController().signal;
const NOW = Date.parse('2026-11-20T15:00:00Z');
const [ana, openInvoice] = ['801', '5002'];

function open({ settings = {}, book = suiteBook, wrap = (http) => http }: { settings?: object; book?: CustomerBook; wrap?: (http: HttpClient) => HttpClient } = {}) {
  const { simulator, http, url, sent } = simulatedHttp(mikrowisp, () => NOW);
  simulator.load(book);
  const unmapped: string[] = [];
  const crm = mikrowispCrm(mikrowispSettings.parse({ url, ...mikrowisp.keys, ...settings }), {
    http: wrap(http), now: () => NOW, sleep: () => Promise.resolve(), report: ({ operation, fields }) => unmapped.push(`${operation}: ${fields.join()}`),
    defaultCountry: 'AR', currency: 'ARS', timeZone: 'America/Argentina/Buenos_Aires',
  });
  return { crm, simulator, sent, unmapped, ledger: simulator.world('mikrowisp').ledger };
}

/** Answers some calls with this instead. */
const instead = (command: string, json: object): ((http: HttpClient) => HttpClient) => (http) => (request) =>
  (request.url.endsWith(`/${command}`) ? Promise.resolve({ status: 200, headers: {}, body: Buffer.from(JSON.stringify(json)), url: request.url }) : http(request));

const payment: Extract<CustomerOrder, { kind: 'pay' }> = {
  kind: 'pay', customer: ana, invoice: openInvoice, amount: { amount: '27900.20', currency: 'ARS' }, method: 'Transferencia', reference: 'hilo-7', paidAt: '2026-11-21T01:30:00.000Z', reactivate: true,
};

crmAdapterSuite('mikrowisp', { capabilities: mikrowispCapabilities, lacks: ['signal', 'since', 'service-status', 'service-numbers'], open: (book) => Promise.resolve(open({ book }).crm) });

describe('MikroWisp', () => {
  it.each(['https://isp.test', 'https://isp.test/', 'https://isp.test/api', 'https://isp.test/api/v1/'])('is found at %s', async (url) => {
    expect(await open({ settings: { url } }).crm.test(never)).toMatchObject({ ok: true });
  });

  it.each([
    ['a wrong token', { token: 'otro' }, 'auth'], ['another path', { url: 'https://isp.test/panel' }, 'html'], ['another host', { url: 'https://nadie.test' }, 'name'],
  ])('tells of %s, and never the token', async (_, settings, fault) => {
    const result = await open({ settings }).crm.test(never);
    expect(result).toMatchObject({ ok: false, fault });
    expect(JSON.stringify(result)).not.toMatch(/otro|token-de-mikrowisp/u);
  });

  it.each([['tls', 'tls'], ['refused', 'refused'], ['address', 'address'], ['bad-url', 'address']] as const)('tells of a call that fails with %s', async (code, fault) => {
    const { crm } = open({ wrap: () => () => Promise.reject(new HttpFailure(code, 'x', false)) });
    expect(await crm.test(never)).toMatchObject({ ok: false, fault });
  });

  it('finds everybody with a number in either field, each once', async () => {
    const { crm, sent } = open();
    const found = await crm.ask({ kind: 'by-phone', phone: '5493415550301' }, never);
    expect(found.ok && found.kind === 'customers' && found.customers.map(({ id }) => id).sort()).toEqual(['801', '802']);
    expect(sent.length).toBeLessThanOrEqual(10);
  });

  it('reads both shapes of dates, and says who is paid', async () => {
    const { crm } = open();
    const listed = await crm.ask({ kind: 'invoices', customer: ana, limit: 10 }, never);
    expect(listed.ok && listed.kind === 'invoices' && listed.invoices.map(({ id, state, dueOn, paidOn, amount }) => [id, state, dueOn, paidOn, amount.amount]).toSorted()).toEqual([
      ['5001', 'open', '2026-12-10', undefined, '27900.10'], ['5002', 'open', '2026-11-10', undefined, '27900.20'], ['5003', 'paid', '2026-10-10', '2026-10-09', '27900.00'],
    ]);
  });

  it('names what it does not know and drops it; known passwords are not even named', async () => {
    const { crm, unmapped } = open({ wrap: (http) => async (request) => {
      const response = await http(request);
      return { ...response, body: Buffer.from(Buffer.from(response.body).toString().replace('"nombre"', '"campo_nuevo":"x","nombre"')) };
    } });
    expect(JSON.stringify(await crm.ask({ kind: 'profile', customer: ana }, never))).not.toMatch(/clave|campo_nuevo/u);
    expect(unmapped).toEqual(['GetClientsDetails: campo_nuevo']);
  });

  it('does not take its own trouble for "nobody"', async () => {
    const { crm } = open({ wrap: instead('GetClientsDetails', { estado: 'error', mensaje: 'Error interno del servidor' }) });
    expect(await crm.ask({ kind: 'by-document', document: '30111222' }, never)).toEqual({ ok: false, reason: 'unavailable', fault: 'unavailable' });
    const { crm: other } = open({ wrap: instead('GetClientsDetails', { resultado: [] }) });
    expect(await other.ask({ kind: 'by-document', document: '30111222' }, never)).toEqual({ ok: false, reason: 'unavailable', fault: 'bad-response' });
  });

  it('says that it does not know who is online, where it does not', async () => {
    const row = { id: 801, estado: 'ACTIVO', servicios: [{ id: 901 }] };
    const { crm } = open({ wrap: instead('GetClientsDetails', { estado: 'exito', datos: [row] }) });
    expect(await crm.ask({ kind: 'connection', customer: ana, service: '901' }, never)).toEqual({ ok: false, reason: 'unavailable', fault: 'bad-response' });
  });

  it('has a document only by the address that it tells, or that an administrator typed', async () => {
    const factura = { id: 5002, idcliente: 801, estado: 'No pagado', total: '1.00', vencimiento: '2026-11-10' };
    const wrap = instead('GetInvoice', { estado: 'exito', factura });
    const query = { kind: 'invoice-document', customer: ana, invoice: openInvoice } as const;
    expect(await open({ wrap }).crm.ask(query, never)).toEqual({ ok: false, reason: 'unsupported' });
    const typed = open({ wrap, settings: { invoiceUrl: 'https://isp.test/facturas/{idfactura}.pdf' } });
    expect(await typed.crm.ask(query, never)).toMatchObject({ ok: true, kind: 'document', document: { mimetype: 'application/pdf' } });
    expect(mikrowispSettings.safeParse({ url: 'https://isp.test', token: 'x', invoiceUrl: 'https://isp.test/facturas/' }).success).toBe(false);
  });

  it('pays with our reference where it comes back, at the clocks of the company; MikroWisp switches the customer on', async () => {
    const { crm, ledger, sent } = open();
    expect(await crm.act(payment, never)).toEqual({ ok: true, done: 'now' });
    expect(ledger.payments).toMatchObject([{ amount: '27900.20', method: 'Transferencia hilo-7', reference: 'hilo-7' }]);
    expect(ledger.switches).toMatchObject([{ to: 'active' }]);
    expect(JSON.parse(sent.find(({ url }) => url.endsWith('PaidInvoice'))?.body as string)).toMatchObject({ fecha: '2026-11-20 22:30:00', cantidad: '27900.20' });
  });

  it('does not pay an invoice that a till has paid meanwhile, nor one that is void', async () => {
    const { crm, ledger } = open();
    expect(await crm.act({ ...payment, invoice: '5003' }, never)).toEqual({ ok: false, reason: 'rejected', why: 'La factura ya figura pagada el 2026-10-09' });
    const { crm: other } = open({ wrap: instead('GetInvoice', { estado: 'exito', factura: { id: 5002, idcliente: 801, estado: 'Anulado' } }) });
    expect(await other.act(payment, never)).toMatchObject({ ok: false, reason: 'rejected' });
    expect(ledger.payments).toEqual([]);
  });

  it('switches a customer, not one of several services', async () => {
    expect(await open().crm.act({ kind: 'suspend', customer: ana, service: '901' }, never)).toMatchObject({ ok: false, reason: 'rejected' });
    expect(await open().crm.act({ kind: 'suspend', customer: ana, service: '903' }, never)).toEqual({ ok: false, reason: 'not-found' });
  });

  it('passes a refusal on without numbers that could be somebody’s', async () => {
    const { crm } = open({ wrap: instead('PaidInvoice', { estado: 'error', salida: 'Cliente 30111222 bloqueado' }) });
    expect(await crm.act(payment, never)).toEqual({ ok: false, reason: 'rejected', why: 'Cliente … bloqueado' });
  });

  it('writes a ticket as text, not as the page that it might be', async () => {
    const { crm, ledger } = open();
    await crm.act({ kind: 'open-ticket', customer: ana, subject: 'Sin servicio', body: 'uno\n<b>dos</b>', reference: 't-1' }, never);
    expect(ledger.tickets).toMatchObject([{ subject: 'Sin servicio t-1', body: 'uno<br>&lt;b&gt;dos&lt;/b&gt;' }]);
  });
});
