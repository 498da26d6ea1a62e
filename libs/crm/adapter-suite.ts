import { beforeAll, describe, expect, it } from 'vitest';
import type { CustomerBook } from '../domain/customer-book.js';
import type { CustomerMatch, CustomerQuery, QueryResult } from '../domain/customers.js';
import type { Crm, CrmCapability } from './crm.js';

type Fact = 'signal' | 'since' | 'service-status' | 'service-numbers';

/** What the suite needs to know of an adapter. */
export interface AdapterUnderTest {
  capabilities: readonly CrmCapability[];
  /** What its system does not tell. `service-status`: it cuts off customers, not services. `service-numbers`: none that customers know. */
  lacks?: readonly Fact[];
  /** Makes a company whose system holds this book, and opens the adapter with that company's access. Called for two companies. */
  open(book: CustomerBook): Promise<Crm>;
}

const plan = { id: 'de300000-0000-4000-8001-0000000000a1', name: 'Fibra 300', downMbps: 300, upMbps: 150, price: '27900.00', currency: 'ARS', description: 'Para la familia' };
const ids = { ana: 'de300000-0000-4000-8002-0000000000a1', beto: 'de300000-0000-4000-8002-0000000000a2', caro: 'de300000-0000-4000-8002-0000000000a3' };
const SHARED_PHONE = '5493415550301';

const service = (nth: number, customerId: string, rest: Partial<CustomerBook['services'][number]>): CustomerBook['services'][number] => ({
  id: `de300000-0000-4000-8003-00000000000${nth}`, customerId, planId: plan.id, serviceNumber: `70000${nth}`, address: 'Salta 1234, Rosario',
  status: 'active', online: true, signalDbm: -19.5, since: '2026-11-01T12:00:00.000Z', ...rest,
});
const invoice = (nth: number, customerId: string, dueOn: string, amount: string, paidOn?: string): CustomerBook['invoices'][number] => ({
  id: `de300000-0000-4000-8004-00000000000${nth}`, customerId, number: `0001-0000000${nth}`, issuedOn: '2026-10-01', dueOn, amount, currency: 'ARS',
  ...(paidOn === undefined ? {} : { paidOn }),
});

/** Ana owes two invoices, is suspended at one of two addresses and shares a phone with Beto, who owes nothing. Caro has no phone. */
export const suiteBook: CustomerBook = {
  plans: [plan],
  customers: [
    { id: ids.ana, document: '30111222', name: 'Ana Gómez', phones: [SHARED_PHONE], address: 'Salta 1234, Rosario', postalCode: '2000' },
    { id: ids.beto, document: '30333444', name: 'Beto Ruiz', phones: [SHARED_PHONE, '5493415550302'], address: 'Jujuy 80', postalCode: '2000' },
    { id: ids.caro, document: '30555666', name: 'Caro Paz', phones: [], address: 'Mitre 5', postalCode: '2000' },
  ],
  services: [
    service(1, ids.ana, {}),
    service(2, ids.ana, { status: 'suspended', online: false, signalDbm: undefined, address: 'Entre Ríos 77' }),
    service(3, ids.beto, {}),
    service(4, ids.caro, {}),
  ],
  invoices: [
    invoice(1, ids.ana, '2026-12-10', '27900.10'),
    invoice(2, ids.ana, '2026-11-10', '27900.20'),
    invoice(3, ids.ana, '2026-10-10', '27900.00', '2026-10-09'),
    invoice(4, ids.beto, '2026-11-10', '27900.00', '2026-11-09'),
  ],
};

/** Another company's book: other people, with the same phone and document as Ana, so that a leak shows. */
export const otherBook: CustomerBook = {
  plans: [{ ...plan, id: 'de300000-0000-4000-8001-0000000000b1', name: 'Aire 20' }],
  customers: [{ id: 'de300000-0000-4000-8002-0000000000b1', document: '30111222', name: 'Otra Persona', phones: [SHARED_PHONE], address: 'Lejos 1', postalCode: '3000' }],
  services: [{ ...service(9, 'de300000-0000-4000-8002-0000000000b1', {}), planId: 'de300000-0000-4000-8001-0000000000b1' }],
  invoices: [invoice(9, 'de300000-0000-4000-8002-0000000000b1', '2026-11-30', '1.00')],
};

const never = new AbortController().signal;

function customersIn(result: QueryResult): CustomerMatch[] {
  if (!result.ok || result.kind !== 'customers') throw new Error(`no customers, but ${JSON.stringify(result)}`);
  return result.customers;
}

/** What every ISP adapter promises (see `crm.ts`), asked of it over a system that holds `suiteBook`. */
export function crmAdapterSuite(name: string, adapter: AdapterUnderTest): void {
  describe(`the ISP adapter ${name}`, () => {
    let ours: Crm;
    let theirs: Crm;
    beforeAll(async () => {
      ours = await adapter.open(suiteBook);
      theirs = await adapter.open(otherBook);
    });
    const ask = (query: CustomerQuery, crm = ours) => crm.ask(query, never);
    const named = async (document: string, crm = ours) => customersIn(await ask({ kind: 'by-document', document }, crm))[0]!;
    const lacks = (fact: Fact) => adapter.lacks?.includes(fact) ?? false;
    const can = (capability: CrmCapability) => it.skipIf(!adapter.capabilities.includes(capability));

    can('by-phone')('finds everybody who has a phone, in any of its spellings', async () => {
      for (const phone of [SHARED_PHONE, SHARED_PHONE.replace(/^549/, '54')]) {
        const found = customersIn(await ask({ kind: 'by-phone', phone }));
        expect(found.map((one) => one.name).sort()).toEqual(['Ana Gómez', 'Beto Ruiz']);
      }
    });

    can('by-phone')('answers with nobody where nobody has the phone', async () => {
      expect(customersIn(await ask({ kind: 'by-phone', phone: '5493415559999' }))).toEqual([]);
    });

    can('by-document')('finds the one with a document, with services and second facts', async () => {
      const ana = await named('30111222');
      expect(ana).toMatchObject({ name: 'Ana Gómez', services: [{ plan: 'Fibra 300' }, { plan: 'Fibra 300' }] });
      expect(ana.facts).toMatchObject({ phoneEndings: ['0301'], serviceNumbers: lacks('service-numbers') ? [] : ['700001', '700002'] });
      expect(customersIn(await ask({ kind: 'by-document', document: '1' }))).toEqual([]);
    });

    can('account')('adds up what is open, earliest due date first', async () => {
      const result = await ask({ kind: 'account', customer: (await named('30111222')).id });
      expect(result).toMatchObject({ ok: true, account: { balance: { amount: '55800.30', currency: 'ARS' }, dueOn: '2026-11-10', suspended: true } });
      expect(result).toMatchObject({ account: { invoices: [
        { dueOn: '2026-11-10', amount: { amount: '27900.20', currency: 'ARS' } },
        { dueOn: '2026-12-10', amount: { amount: '27900.10', currency: 'ARS' } },
      ] } });
    });

    can('account')('knows who owes nothing', async () => {
      const result = await ask({ kind: 'account', customer: (await named('30333444')).id });
      expect(result).toEqual({ ok: true, kind: 'account', account: { balance: { amount: '0.00', currency: 'ARS' }, invoices: [], suspended: false } });
    });

    can('connection')('tells each service of a customer by itself', async () => {
      const ana = await named('30111222');
      const states = await Promise.all(ana.services.map(({ id }) => ask({ kind: 'connection', customer: ana.id, service: id })));
      const measured = { ...(lacks('signal') ? {} : { signalDbm: -19.5 }), ...(lacks('since') ? {} : { since: '2026-11-01T12:00:00.000Z' }) };
      expect(states).toMatchObject([
        { connection: lacks('service-status') ? { status: 'suspended', online: false } : { status: 'active', online: true, ...measured } },
        { connection: { status: 'suspended', online: false } },
      ]);
      expect(states[1]).not.toHaveProperty('connection.signalDbm');
    });

    can('connection')("does not know a service that is another customer's", async () => {
      const [ana, beto] = [await named('30111222'), await named('30333444')];
      expect(await ask({ kind: 'connection', customer: ana.id, service: beto.services[0]!.id })).toEqual({ ok: false, reason: 'not-found' });
    });

    can('plans')('lists what is on sale', async () => {
      expect(await ask({ kind: 'plans' })).toEqual({ ok: true, kind: 'plans', plans: [
        { name: 'Fibra 300', downMbps: 300, upMbps: 150, price: { amount: '27900.00', currency: 'ARS' }, description: 'Para la familia' },
      ] });
    });

    it.each(['nadie', '999999', 'de300000-0000-4000-8002-00000000dead', `'; drop table customers; --`])('does not know the customer %s', async (customer) => {
      for (const query of [{ kind: 'account', customer }, { kind: 'connection', customer, service: customer }] as const) {
        if (adapter.capabilities.includes(query.kind)) expect(await ask(query)).toEqual({ ok: false, reason: 'not-found' });
      }
    });

    it('says that it cannot answer what its system does not have', async () => {
      const all: CustomerQuery[] = [
        { kind: 'by-phone', phone: SHARED_PHONE }, { kind: 'by-document', document: '30111222' }, { kind: 'account', customer: ids.ana },
        { kind: 'connection', customer: ids.ana, service: ids.ana }, { kind: 'plans' },
      ];
      for (const query of all) {
        const unsupported = { ok: false, reason: 'unsupported' };
        if (adapter.capabilities.includes(query.kind)) expect(await ask(query)).not.toEqual(unsupported);
        else expect(await ask(query)).toEqual(unsupported);
      }
    });

    it("never shows another company's customer", async () => {
      const ana = await named('30111222');
      const other = await named('30111222', theirs);
      expect(other.name).toBe('Otra Persona');
      expect(customersIn(await ask({ kind: 'by-phone', phone: SHARED_PHONE }, theirs)).map((one) => one.name)).toEqual(['Otra Persona']);
      if (ana.id === other.id) return; // a system of its own for each company may count from 1 in both
      const notFound = { ok: false, reason: 'not-found' };
      expect(await ask({ kind: 'account', customer: ana.id }, theirs)).toEqual(notFound);
      expect(await ask({ kind: 'connection', customer: ana.id, service: ana.services[0]!.id }, theirs)).toEqual(notFound);
      expect(await ask({ kind: 'account', customer: other.id })).toEqual(notFound);
    });
  });
}
