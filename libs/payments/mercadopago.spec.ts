import { beforeEach, describe, expect, it } from 'vitest';
import { HttpFailure, type HttpClient, type HttpRequest } from '../http/http-client.js';
import { MercadoPagoSimulator, type FaultKind } from '../simulator/mercadopago/simulator.js';
import { simulatedAccount } from '../simulator/mercadopago/world.js';
import { mercadoPago } from './mercadopago.js';
import type { LinkRequest, PaymentPlatform } from './platform.js';

const now = Date.parse('2026-11-27T12:00:00Z');
const never = new AbortController().signal;
const link: LinkRequest = {
  idempotencyKey: 'k1', externalReference: 'litoral:1', title: 'Factura 0001-00000042', amount: { amount: '18900.50', currency: 'ARS' },
  notificationUrl: 'https://litoral.example/hooks/mercadopago/litoral/x', expiresAt: '2026-12-07T12:00:00.000Z',
};

let simulator: MercadoPagoSimulator;
let sent: HttpRequest[];
let platform: PaymentPlatform;
/** The simulator without sockets. */
const http: HttpClient = async (request) => {
  sent.push(request);
  const url = new URL(request.url);
  const { answer } = simulator.react({
    method: request.method ?? 'GET', path: url.pathname, query: url.searchParams, headers: request.headers ?? {}, body: Buffer.from((request.body ?? '') as string), base: url.origin,
  });
  if (!answer) throw new HttpFailure('timeout', 'mp.test did not answer in time', true);
  const body = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
  return { status: answer.status ?? 200, headers: {}, body: Buffer.from(body), url: request.url };
};
beforeEach(() => {
  simulator = new MercadoPagoSimulator(() => now);
  sent = [];
  platform = mercadoPago({ url: 'https://mp.test', accessToken: simulatedAccount.accessToken }, http);
});
const fault = (kind: FaultKind, path?: string) => simulator.addFault({ kind, path });
const paid = async (outcome: 'approved' | 'pending' = 'approved') => {
  await platform.createLink(link, never);
  return simulator.pay(simulator.world.preferences[0]!, outcome);
};

describe('a link', () => {
  it('is asked for as the API has it, and once whatever is repeated', async () => {
    const first = await platform.createLink(link, never);
    expect(first).toMatchObject({ ok: true, value: { id: expect.any(String) as string, url: expect.stringContaining('https://mp.test/checkout/') as string, expiresAt: link.expiresAt } });
    expect(await platform.createLink(link, never)).toEqual(first);
    expect(simulator.world.preferences).toHaveLength(1);
    expect(sent[0]).toMatchObject({ url: 'https://mp.test/checkout/preferences', method: 'POST', headers: { authorization: `Bearer ${simulatedAccount.accessToken}`, 'x-idempotency-key': 'k1' } });
    expect(JSON.parse(sent[0]!.body as string)).toEqual({
      items: [{ id: 'litoral:1', title: 'Factura 0001-00000042', quantity: 1, unit_price: 18_900.5, currency_id: 'ARS' }], external_reference: 'litoral:1',
      notification_url: link.notificationUrl, expires: true, expiration_date_to: '2026-12-07T12:00:00.000+00:00', date_of_expiration: '2026-12-07T12:00:00.000+00:00',
    });
  });

  it('that may have been made is unknown, and found by asking again', async () => {
    fault('apply-then-timeout');
    expect(await platform.createLink(link, never)).toMatchObject({ ok: false, reason: 'unknown' });
    expect(await platform.createLink(link, never)).toMatchObject({ ok: true });
    expect(simulator.world.preferences).toHaveLength(1);
  });

  it.each([['unauthorized', 'auth'], ['rate-limited', 'unavailable'], ['unavailable', 'unknown'], ['html', 'unknown'], ['timeout', 'unknown']] as const)('meets %s as %s', async (kind, reason) => {
    fault(kind);
    expect(await platform.createLink(link, never)).toMatchObject({ ok: false, reason });
  });

  it('of an amount that is not exact, or that the account does not take, is not made', async () => {
    expect(await platform.createLink({ ...link, amount: { amount: '1.005', currency: 'ARS' } }, never)).toMatchObject({ ok: false, reason: 'rejected' });
    expect(sent).toEqual([]);
    expect(await platform.createLink({ ...link, amount: { amount: '1.00', currency: 'MXN' } }, never)).toEqual({ ok: false, reason: 'rejected', detail: 'HTTP 400: currency_id invalid' });
  });
});

describe('a payment', () => {
  it('is what the platform says of it', async () => {
    const { id } = await paid();
    expect(await platform.payment(String(id), never)).toEqual({ ok: true, value: {
      id: String(id), status: 'approved', detail: 'accredited', amount: { amount: '18900.50', currency: 'ARS' }, refunded: '0.00', externalReference: 'litoral:1', collector: '458901234',
      createdAt: '2026-11-27T12:00:00.000Z', approvedAt: '2026-11-27T12:00:00.000Z', operation: 'regular_payment', method: 'credit_card', references: [String(id)],
    } });
    simulator.change(simulator.world.payments[0]!, 'approved', 900.5);
    expect(await platform.payment(String(id), never)).toMatchObject({ value: { status: 'approved', refunded: '900.50', detail: 'partially_refunded' } });
  });

  it('that is not there, or not exact, is none', async () => {
    expect(await platform.payment('99', never)).toMatchObject({ ok: false, reason: 'not-found' });
    expect(await platform.payment('../users/me', never)).toMatchObject({ ok: false, reason: 'not-found' });
    const payment = await paid();
    payment.transaction_amount = 0.1 + 0.2;
    expect(await platform.payment(String(payment.id), never)).toMatchObject({ ok: false, reason: 'unreadable' });
  });

  it.each([['unauthorized', 'auth'], ['rate-limited', 'unavailable'], ['unavailable', 'unavailable'], ['html', 'unreadable'], ['timeout', 'unavailable']] as const)('meets %s as %s', async (kind, reason) => {
    const { id } = await paid();
    fault(kind, '/v1/');
    expect(await platform.payment(String(id), never)).toMatchObject({ ok: false, reason });
  });
});

describe('a search', () => {
  it('finds a link’s payments, and transfers of a time with who sent them', async () => {
    await paid();
    simulator.world.transfer({ amount: 900, name: 'Ana Gómez', document: '27-30111222-5', reference: 'abc-123', at: '2026-11-20T10:00:00.000-03:00' });
    expect(await platform.search({ externalReference: 'litoral:1' }, never)).toMatchObject({ ok: true, value: { payments: [{ externalReference: 'litoral:1' }], isWhole: true, unreadable: 0 } });
    expect(await platform.search({ between: { from: '2026-11-20T00:00:00Z', until: '2026-11-21T00:00:00Z' } }, never)).toMatchObject({ value: { payments: [
      { amount: { amount: '900.00' }, operation: 'money_transfer', payerName: 'Ana Gómez', payerDocument: '27301112225', createdAt: '2026-11-20T13:00:00.000Z', references: [expect.any(String), 'ABC123'] },
    ] } });
    expect(await platform.search({}, never)).toMatchObject({ ok: false, reason: 'rejected' });
  });

  it('reads page after page, leaves out what is not exact, and says so', async () => {
    for (let i = 0; i < 130; i++) simulator.world.transfer({ amount: i === 7 ? 0.1 + 0.2 : 10 + i });
    const found = await platform.search({ between: { from: '2026-11-27T00:00:00Z', until: '2026-11-28T00:00:00Z' } }, never);
    expect(found).toMatchObject({ ok: true, value: { unreadable: 1, isWhole: true } });
    expect(found.ok && found.value.payments).toHaveLength(129);
  });
});

describe('the test of an account', () => {
  it('says whose it is, and what it takes', async () => {
    expect(await platform.test(never)).toEqual({ ok: true, value: { id: '458901234', name: 'LITORALFIBRA', country: 'AR', currency: 'ARS' } });
    simulator.world.account = { ...simulatedAccount, accessToken: 'otro' };
    const refused = await platform.test(never);
    expect(refused).toMatchObject({ ok: false, reason: 'auth' });
    expect(JSON.stringify(refused)).not.toContain(simulatedAccount.accessToken);
  });
});
