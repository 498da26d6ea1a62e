import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CustomerMatch, CustomerOrder, CustomerQuery } from '../domain/customers.js';
import type { HttpClient } from '../http/http-client.js';
import type { SimulatedSystem } from '../simulator/crm/system.js';
import { simulatedSystems } from '../simulator/crm/systems.js';
import { suiteBook } from './adapter-suite.js';
import type { Crm } from './crm.js';
import { outsideSystems, type OutsideSystemId } from './registry.js';
import { plantingHttp } from './testing/planted-secrets.js';
import { simulatedHttp } from './testing/simulated-http.js';

/** Every system that is opened with an address and its simulator's keys. */
const systems = simulatedSystems.filter(({ id, keys }) => outsideSystems[id as OutsideSystemId]?.settings.safeParse({ url: 'https://isp.test', ...keys }).success);
const never = new AbortController().signal;
const NOW = Date.parse('2026-11-20T15:00:00Z');

function open(system: SimulatedSystem, wrap: (http: HttpClient) => HttpClient) {
  const { simulator, http, url } = simulatedHttp(system, () => NOW);
  simulator.load(suiteBook);
  const reports: unknown[] = [];
  const crm = outsideSystems[system.id as OutsideSystemId]!.open({ url, ...system.keys }, {
    http: wrap(http), now: () => NOW, sleep: () => Promise.resolve(), report: (one) => void reports.push(one), defaultCountry: 'AR', currency: 'ARS', timeZone: 'America/Argentina/Buenos_Aires',
  });
  return { crm, reports };
}

/** Everything that an adapter says when it is asked and told everything. */
async function said(crm: Crm): Promise<unknown[]> {
  const found = await crm.ask({ kind: 'by-document', document: '30111222' }, never);
  const customers: CustomerMatch[] = found.ok && found.kind === 'customers' ? found.customers : [];
  const { id: customer = '801', services = [] } = customers[0] ?? {};
  const service = services[0]?.id ?? '901';
  const queries: CustomerQuery[] = [
    { kind: 'by-phone', phone: '5493415550301' }, { kind: 'account', customer }, { kind: 'connection', customer, service }, { kind: 'plans' }, { kind: 'profile', customer },
    { kind: 'invoices', customer, limit: 10 }, { kind: 'invoice-document', customer, invoice: '5001' }, { kind: 'speed-test', customer, service },
  ];
  const orders: CustomerOrder[] = [
    { kind: 'pay', customer, invoice: '5002', amount: { amount: '27900.20', currency: 'ARS' }, method: 'Transferencia', reference: 'r-1', paidAt: '2026-11-20T14:00:00Z', reactivate: true },
    { kind: 'open-ticket', customer, subject: 'Sin servicio', body: 'No anda', reference: 't-1' },
    { kind: 'close-ticket', ticket: '100', reason: 'Listo' },
  ];
  const answers: unknown[] = [await crm.test(never), found];
  for (const query of queries) answers.push(await crm.ask(query, never));
  for (const order of orders) answers.push(await crm.act(order, never));
  return answers;
}

const fields = fc.constantFrom('password', 'clave', 'ppppass', 'pin', 'portal_password', 'wifi_key', 'cvv', 'nota_interna', '__proto__', 'toString');

it.each(systems.map((system) => [system.id, system] as const))('%s: a secret in any field of any row gets nowhere', async (_, system) => {
  await fc.assert(fc.asyncProperty(fields, fc.string({ unit: fc.constantFrom(...'abcdefghjkmnpqrstuvwxyz'), minLength: 12, maxLength: 20 }), async (field, secret) => {
    const { crm, reports } = open(system, (http) => plantingHttp(http, field, secret));
    expect(JSON.stringify([await said(crm), reports])).not.toContain(secret);
  }), { numRuns: 12 });
});

it.each(systems.map((system) => [system.id, system] as const))('%s: nothing is lost by it, and the secrets of its own rows and keys stay where they are', async (_, system) => {
  const { crm, reports } = open(system, (http) => http);
  const answers = await said(crm);
  expect(answers.filter((answer) => (answer as { ok: boolean }).ok).length).toBeGreaterThan(5);
  const all = JSON.stringify([answers, reports]);
  expect(all).not.toMatch(/secret[oa]\b/u);
  for (const key of Object.values(system.keys).filter((one) => one.length > 8)) expect(all).not.toContain(key);
});

it('covers the systems of a vendor', () => {
  expect(systems.map(({ id }) => id)).toEqual(expect.arrayContaining(['ispcube', 'wisphub', 'ispbrain']));
});
