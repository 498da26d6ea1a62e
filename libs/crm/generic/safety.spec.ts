import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CustomerOrder, CustomerQuery } from '../../domain/customers.js';
import type { HttpRequest } from '../../http/http-client.js';
import type { CrmDeps } from '../crm-deps.js';
import { descriptionShape, genericDescription, type GenericDescription } from './description.js';
import { describedCrm } from './generic.js';
import { operationNames } from './operations.js';
import { MASK, shownRequestOf } from './request.js';
import { unknownSystem, unknownSystemWith } from './testing/unknown-system.js';

const SECRET = 'muy-secreta-0815';
const BASE = 'https://isp.example/panel';
const line = { tls: { mode: 'system' }, timeoutMs: 1_000 } as const;
const never = new AbortController().signal;
const deps = (http: CrmDeps['http']): CrmDeps => ({ http, now: () => 0, sleep: () => Promise.resolve(), defaultCountry: 'AR', currency: 'ARS', timeZone: 'UTC' });

const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.constantFrom('..', '.', '../..', '//evil.example', '\\evil', '@evil.example', '?a=b', '#x', '%2e%2e', 'a\r\nb: c', '801'));
const queries: fc.Arbitrary<CustomerQuery> = anyText.chain((customer) => fc.constantFrom<CustomerQuery>(
  { kind: 'by-phone', phone: '5493415550301' }, { kind: 'by-document', document: customer }, { kind: 'account', customer }, { kind: 'profile', customer }, { kind: 'invoices', customer, limit: 5 },
  { kind: 'invoice-document', customer, invoice: customer }, { kind: 'connection', customer, service: customer }, { kind: 'speed-test', customer, service: customer }, { kind: 'plans' },
));
const orders: fc.Arbitrary<CustomerOrder> = anyText.chain((customer) => fc.constantFrom<CustomerOrder>(
  { kind: 'pay', customer, invoice: customer, amount: { amount: '1.00', currency: 'ARS' }, method: customer, reference: 'r', paidAt: '2026-11-27T01:00:00.000Z', reactivate: true },
  { kind: 'reverse-payment', customer, reference: 'r', reason: customer }, { kind: 'suspend', customer }, { kind: 'close-ticket', ticket: customer, reason: customer },
  { kind: 'open-ticket', customer, subject: customer, body: customer, reference: 'r' }, { kind: 'prospect', name: customer, phone: '5493415550301', reference: 'r' },
));

/** Paths as somebody might try: only those that the language lets pass count. */
const anyPath = fc.oneof(fc.string({ maxLength: 30 }), fc.array(fc.constantFrom('/', '.', '..', '\\', '@', ':', '{{id}}', 'evil.example', 'a', '%2e', '?', '#', ' ', '\t', '\n'), { maxLength: 8 }).map((parts) => `/${parts.join('')}`));
const descriptions: fc.Arbitrary<GenericDescription> = fc.record({
  auth: fc.constantFrom<GenericDescription['auth'][]>({ mode: 'header', name: 'X-Key' }, { mode: 'query', name: 'key' }, { mode: 'bearer' }, { mode: 'basic', user: 'u' }),
  path: anyPath, at: fc.constantFrom('profile', 'findByDocument', 'invoices', 'closeTicket'), query: fc.dictionary(fc.constantFrom('a', 'b[]'), anyText, { maxKeys: 2 }),
}).map(({ auth, path, at, query }) => {
  const description = descriptionShape.parse({ ...structuredClone(unknownSystem), auth });
  const operation = description.operations[at as 'profile']!;
  return { ...description, operations: { ...description.operations, [at]: { ...operation, path, query } } };
}).filter((one) => genericDescription.safeParse(one).success);

/** An answer with rows like real ones, so that reading gets further than the first field, or anything at all. */
const answers = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.record({
    status: fc.constantFrom(200, 404, 'x', null), tarea: fc.jsonValue(), estado: fc.constantFrom('lista', 'PENDIENTE', 3),
    clientes: fc.array(fc.record({ id: fc.constantFrom(801, null), nombre: fc.jsonValue(), documento: fc.jsonValue(), telefonos: fc.jsonValue(), servicios: fc.jsonValue() })),
    cliente: fc.record({ id: fc.constantFrom(801, '801', {}), nombre: fc.string(), servicios: fc.oneof(fc.jsonValue(), fc.array(fc.record({ id: fc.constant(801), plan: fc.jsonValue(), estado: fc.string() }))) }),
    facturas: fc.oneof(fc.jsonValue(), fc.array(fc.record({ id: fc.constant(801), cliente: fc.constant(801), vence: fc.constantFrom('10/11/2026', 'x'), importe: fc.constantFrom('1,50', '1.234', 7, {}), estado: fc.constantFrom('Impaga', '?') }))),
    conexiones: fc.jsonValue(), planes: fc.jsonValue(), pagos: fc.jsonValue(), casos: fc.jsonValue(), interesados: fc.jsonValue(),
  }),
);

describe('a description, whatever it says', () => {
  it('asks the address of its system and no other, with the secret only where it says', async () => {
    await fc.assert(fc.asyncProperty(descriptions, queries, orders, answers, async (description, query, order, answer) => {
      const sent: HttpRequest[] = [];
      const crm = describedCrm({ url: BASE, secret: SECRET, description, line }, deps((request) => {
        sent.push(request);
        return Promise.resolve({ status: 200, headers: { 'content-type': 'application/json' }, body: new TextEncoder().encode(JSON.stringify(answer)), url: request.url });
      }));
      const said = JSON.stringify([await crm.ask(query, never), await crm.act(order, never), await crm.test(never)]);
      expect(said).not.toContain(SECRET);
      for (const { url, headers = {} } of sent) {
        expect(new URL(url).host).toBe('isp.example');
        expect(new URL(url).pathname.startsWith('/panel/')).toBe(true);
        expect(new URL(url).pathname).not.toContain(SECRET);
        if (description.auth.mode !== 'query') expect(url).not.toContain(SECRET);
        expect(Object.values(headers).every((value) => /^[\x20-\x7e]*$/u.test(value))).toBe(true);
      }
    }), { numRuns: 300 });
  });

  it('never shows the secret in the request that people see', () => {
    fc.assert(fc.property(descriptions, fc.constantFrom(...operationNames), (description, name) => {
      const operation = description.operations[name];
      if (!operation) return;
      const values = Object.fromEntries(['id', 'invoice', 'invoice.number', 'service', 'document', 'limit', 'task', 'reference', 'amount', 'currency', 'method', 'paidAt', 'paidAt.date', 'payment', 'reason', 'subject', 'body', 'ticket', 'name', 'email', 'address', 'note', 'phone.e164', 'phone.plus', 'phone.whatsapp', 'phone.national', 'phone.last10', 'phone.last8'].map((place) => [place, '1']));
      const shown = JSON.stringify(shownRequestOf({ url: BASE, secret: SECRET, description }, operation, { ...values, reactivate: 'true' }));
      expect(shown).not.toContain(SECRET);
      expect(shown).not.toContain(Buffer.from(`u:${SECRET}`).toString('base64'));
      expect(shown).toContain(MASK);
    }));
  });
});

describe('an answer, whatever it is', () => {
  it('is read, or is a response of another shape: nothing else comes of it', async () => {
    await fc.assert(fc.asyncProperty(queries, answers, fc.constantFrom(200, 201, 204, 302, 400, 404, 500), async (query, answer, status) => {
      const crm = describedCrm({ url: BASE, secret: SECRET, description: unknownSystemWith(), line }, deps(({ url }) => (
        Promise.resolve({ status, headers: {}, body: new TextEncoder().encode(JSON.stringify(answer)), url }))));
      const result = await crm.ask(query, never);
      if (!result.ok && result.reason === 'unavailable') expect(['bad-response', 'unavailable', 'timeout', 'auth', 'forbidden', 'rate-limited']).toContain(result.fault);
    }), { numRuns: 500 });
  });

  it('of no JSON at all is one, too', async () => {
    await fc.assert(fc.asyncProperty(queries, fc.uint8Array({ maxLength: 60 }), async (query, body) => {
      const crm = describedCrm({ url: BASE, secret: SECRET, description: unknownSystemWith(), line }, deps(({ url }) => Promise.resolve({ status: 200, headers: {}, body, url })));
      const result = await crm.ask(query, never);
      if (!result.ok) expect(['unavailable', 'not-found']).toContain(result.reason);
    }));
  });
});
