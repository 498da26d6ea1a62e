import { afterEach, expect, it } from 'vitest';
import { suiteBook } from '../../crm/adapter-suite.js';
import { allowedNetworks } from '../../http/address.js';
import { guardedClient } from '../../http/guarded-client.js';
import { outsideSystems } from '../../crm/registry.js';
import { pemOf } from '../whatsapp/media/tls-certificate.js';
import { startNetwork, type RunningNetwork } from '../whatsapp/index.js';
import { CRM_PATH, crmListener } from './listener.js';
import { mikrowisp } from './mikrowisp.js';
import { CrmSimulator } from './simulator.js';
import { simulatedSystems } from './systems.js';

const never = new AbortController().signal;
let network: RunningNetwork | undefined;
afterEach(async () => {
  await network?.stop();
  network = undefined;
});

async function start() {
  const crm = new CrmSimulator(simulatedSystems);
  network = await startNetwork({ mounts: { [CRM_PATH]: crmListener(crm) } });
  const { controlUrl } = network;
  const call = async (method: string, path: string, body?: object, headers: Record<string, string> = {}) => {
    const response = await fetch(`${controlUrl}${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
    return { status: response.status, json: await response.json() };
  };
  const open = (url: string, more: object = {}) => outsideSystems.mikrowisp!.open({ url, ...mikrowisp.keys, ...more }, {
    http: guardedClient({ allowed: allowedNetworks('127.0.0.1') }), now: Date.now, defaultCountry: 'AR', currency: 'ARS', timeZone: 'America/Argentina/Buenos_Aires',
  });
  return { call, open, controlUrl, network };
}

it('is steered over HTTP beside the network: customers, faults, calls without secrets, ledger', async () => {
  const { call, open, controlUrl } = await start();
  expect(await call('GET', '/health')).toMatchObject({ json: { status: 'ok' } });
  expect(await call('PUT', '/crm/customers', { system: 'mikrowisp', ...suiteBook })).toEqual({ status: 200, json: { customers: 3 } });
  const crm = open(`${controlUrl}/crm/mikrowisp`);
  expect(await crm.ask({ kind: 'by-document', document: '30111222' }, never)).toMatchObject({ ok: true, customers: [{ name: 'Ana Gómez' }] });
  expect(await call('POST', '/crm/faults', { system: 'mikrowisp', kind: 'drop' })).toMatchObject({ status: 201 });
  expect(await crm.ask({ kind: 'by-document', document: '30111222' }, never)).toEqual({ ok: false, reason: 'unavailable', fault: 'unavailable' });
  expect(await crm.act({ kind: 'pay', customer: '801', invoice: '5002', amount: { amount: '27900.20', currency: 'ARS' }, method: 'Transferencia', reference: 'r1', paidAt: '2026-11-20T14:00:00Z', reactivate: true }, never)).toEqual({ ok: true, done: 'now' });
  expect((await call('GET', '/crm/ledger?system=mikrowisp')).json).toMatchObject({ payments: [{ reference: 'r1', amount: '27900.20' }] });
  const { json } = await call('GET', '/crm/calls?after=1');
  expect(json).toMatchObject([{ seq: 2, system: 'mikrowisp', method: 'POST', path: '/api/v1/GetClientsDetails', status: 0 }, {}, {}, {}]);
  expect(JSON.stringify(json)).not.toContain(mikrowisp.keys['token']);
});

it('answers over HTTPS, too, with a certificate that nobody knows', async () => {
  const { open, controlUrl, network: { certificate } } = await start();
  const url = `${controlUrl.replace('http:', 'https:')}/crm/mikrowisp`;
  expect(await open(url).test(never)).toMatchObject({ ok: false, fault: 'tls' });
  expect(await open(url, { tls: 'insecure' }).test(never)).toMatchObject({ ok: true });
  expect(await open(url, { tls: 'pinned', certificate: pemOf(Buffer.from(certificate, 'base64')) }).test(never)).toMatchObject({ ok: true });
});

it.each([
  ['PUT', '/crm/customers', { customers: 'many' }, 422], ['PUT', '/crm/customers', { system: 'otro', ...suiteBook }, 404], ['POST', '/crm/faults', { system: 'mikrowisp', kind: 'rain' }, 422],
  ['POST', '/crm/faults', { system: 'otro', kind: 'drop' }, 404], ['GET', '/crm/ledger', undefined, 404], ['GET', '/crm/nothing', undefined, 404],
])('refuses %s %s %j', async (method, path, body, status) => {
  const { call } = await start();
  expect((await call(method, path, body)).status).toBe(status);
});

it('is not steered by a page of another site', async () => {
  const { call } = await start();
  expect((await call('POST', '/crm/faults', { system: 'mikrowisp', kind: 'drop' }, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
});
