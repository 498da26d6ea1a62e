import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { signatureFault } from '../../payments/mercadopago-signature.js';
import { startMercadoPago, type RunningMercadoPago } from './start.js';
import { simulatedAccount } from './world.js';

let running: RunningMercadoPago;
let hook: Server;
let answer: number;
let got: { query: URLSearchParams; headers: IncomingHttpHeaders }[];
beforeEach(async () => {
  [answer, got] = [200, []];
  hook = createServer((request, response) => {
    got.push({ query: new URL(request.url!, 'http://hook').searchParams, headers: request.headers });
    request.resume().once('end', () => response.writeHead(answer).end());
  });
  await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve));
  running = await startMercadoPago();
});
afterEach(async () => {
  await running.stop();
  await new Promise((resolve) => hook.close(resolve));
});

const call = async (method: string, path: string, body?: object, headers: Record<string, string> = {}) => {
  const response = await fetch(`${running.url}${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
  return { status: response.status, json: (await response.json()) as Record<string, unknown> };
};
const asSeller = { authorization: `Bearer ${simulatedAccount.accessToken}` };
const prefer = async () => {
  const { port } = hook.address() as AddressInfo;
  const { json } = await call('POST', '/checkout/preferences', {
    items: [{ title: 'Factura 42', quantity: 1, unit_price: 1_500.25, currency_id: 'ARS' }], external_reference: 'litoral:1', notification_url: `http://litoral.localhost:${port}/hook?a=1`,
  }, { ...asSeller, 'x-idempotency-key': 'k' });
  return json as { id: string; init_point: string };
};
const faultOf = ({ query, headers }: (typeof got)[number]) => signatureFault(
  { signature: headers['x-signature'] as string | undefined, requestId: headers['x-request-id'] as string | undefined, dataId: query.get('data.id') ?? undefined }, simulatedAccount.secret, Date.now());

it('is paid with a click, and tells it signed', async () => {
  const { init_point: page } = await prefer();
  expect(await (await fetch(page)).text()).toContain('$ 1.500,25'.replace(' ', '\u00A0'));
  const paid = await fetch(page, { method: 'POST', body: new URLSearchParams({ outcome: 'approved' }) });
  expect(await paid.text()).toContain('se acreditó tu pago');
  await expect.poll(() => got).toHaveLength(1);
  expect(got[0]!.query.get('a')).toBe('1');
  expect(faultOf(got[0]!)).toBeUndefined();
  const { json } = await call('GET', `/v1/payments/${got[0]!.query.get('data.id')}`, undefined, asSeller);
  expect(json).toMatchObject({ status: 'approved', transaction_amount: 1_500.25, external_reference: 'litoral:1', collector_id: simulatedAccount.userId });
  expect(json).not.toHaveProperty('notification_url');
});

it('sends wrong, repeated and reordered notices, and loses them', async () => {
  const { id } = await prefer();
  await call('PUT', '/control/notices', { mode: 'hold' });
  const { json: first } = await call('POST', `/control/preferences/${id}/pay`, { outcome: 'pending' });
  await call('POST', `/control/payments/${String(first['id'])}`, { status: 'approved' });
  expect((await call('POST', '/control/notices/release', { reversed: true, times: 2 })).json).toEqual({ answers: [200, 200, 200, 200] });
  answer = 401;
  const notify = async (shape: object) => (await call('POST', `/control/payments/${String(first['id'])}/notify`, shape)).json;
  expect(await notify({ signature: 'bad' })).toEqual({ answers: [401] });
  expect(faultOf(got.at(-1)!)).toBe('mismatch');
  await notify({ ts: 'ms' });
  expect(faultOf(got.at(-1)!)).toBeUndefined();
  await notify({ ageSeconds: 7_200 });
  expect(faultOf(got.at(-1)!)).toBe('too-old');
  await notify({ ipn: true });
  expect([...got.at(-1)!.query.keys()]).toEqual(['a', 'topic', 'id']);
  await call('PUT', '/control/notices', { mode: 'lose' });
  await call('POST', `/control/payments/${String(first['id'])}`, { status: 'refunded' });
  expect(got).toHaveLength(8);
});

it.each([
  ['POST', '/control/preferences/nothing/pay', {}, 404], ['POST', '/control/transfers', { amount: -1 }, 422], ['POST', '/control/faults', { kind: 'rain' }, 422], ['GET', '/control/nothing', undefined, 404],
  ['POST', '/control/payments/1', { status: 'refunded' }, 404], ['GET', '/v1/payments/1', undefined, 401],
])('refuses %s %s %j', async (method, path, body, status) => expect((await call(method, path, body)).status).toBe(status));

it('is not steered by a page of another site', async () => {
  expect((await call('POST', '/control/faults', { kind: 'drop' }, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
});
