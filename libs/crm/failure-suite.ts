import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CustomerBook } from '../domain/customer-book.js';
import type { CrmFault, CustomerOrder, CustomerQuery, OrderResult, QueryResult } from '../domain/customers.js';
import type { FaultKind } from '../simulator/crm/faults.js';
import type { CrmLedger } from '../simulator/crm/world.js';
import { suiteBook } from './adapter-suite.js';
import type { Crm, CrmCapability } from './crm.js';

/** An adapter over a simulated system that is in hand. */
export interface OpenedSystem {
  crm: Crm;
  /** The next `times` requests (all, by default) meet it. */
  fault(kind: FaultKind, times?: number): void;
  /** No more faults. */
  heal(): void;
  ledger(): CrmLedger;
}

export interface FailingAdapter {
  capabilities: readonly CrmCapability[];
  open(book: CustomerBook): OpenedSystem;
  /** The system books payments to invoices, and not to accounts. */
  paysInvoices: boolean;
}

const never = new AbortController().signal;
const [ANA, BETO] = ['30111222', '30333444'];

/** What may be said of a failure that does not end. Which of them is the system's to show. */
const told: Partial<Record<FaultKind, readonly CrmFault[]>> = {
  timeout: ['timeout'],
  drop: ['unavailable'],
  unavailable: ['unavailable'],
  html: ['html'],
  licence: ['licence', 'html'],
  'expired-token': ['auth', 'forbidden'],
  quota: ['rate-limited', 'quota'],
  'ok-with-error': ['bad-response', 'unavailable', 'auth'],
};
const failures = Object.keys(told) as FaultKind[];

export async function idOf({ crm }: OpenedSystem, document: string): Promise<string> {
  const found = await crm.ask({ kind: 'by-document', document }, never);
  if (!found.ok || found.kind !== 'customers' || found.customers.length !== 1) throw new Error(`not one customer, but ${JSON.stringify(found)}`);
  return found.customers[0]!.id;
}

/** The invoice that is due first. */
export async function openInvoiceOf({ crm }: OpenedSystem, customer: string): Promise<string> {
  const found = await crm.ask({ kind: 'invoices', customer, limit: 20 }, never);
  const open = found.ok && found.kind === 'invoices' ? found.invoices.filter(({ state }) => state === 'open') : [];
  const [first] = open.toSorted((one, other) => one.dueOn.localeCompare(other.dueOn));
  if (!first) throw new Error(`no open invoice in ${JSON.stringify(found)}`);
  return first.id;
}

type Pay = Extract<CustomerOrder, { kind: 'pay' }>;

async function paymentOf(opened: OpenedSystem, { paysInvoices }: FailingAdapter): Promise<Pay> {
  const customer = await idOf(opened, ANA);
  const invoice = paysInvoices ? { invoice: await openInvoiceOf(opened, customer) } : {};
  return {
    kind: 'pay', customer, ...invoice, amount: { amount: '27900.20', currency: 'ARS' }, method: 'Transferencia', reference: 'hilo-r1', paidAt: '2026-11-20T14:00:00.000Z', reactivate: true,
  };
}

const standing = ({ ledger }: OpenedSystem): number => ledger().payments.filter(({ reversed }) => !reversed).length;

/** Questions whose answers would be wrong if a failure were taken for one. */
const questions = (customer: string, capabilities: readonly CrmCapability[]): CustomerQuery[] => ([
  { kind: 'by-phone', phone: '5493415550301' }, { kind: 'by-document', document: ANA }, { kind: 'account', customer }, { kind: 'connection', customer, service: '901' },
  { kind: 'profile', customer }, { kind: 'invoices', customer, limit: 10 },
] satisfies CustomerQuery[]).filter(({ kind }) => capabilities.includes(kind));

const namesIn = (result: QueryResult): string[] => (result.ok && result.kind === 'customers' ? result.customers.map(({ name }) => name).sort() : [JSON.stringify(result)]);

function failingReads(adapter: FailingAdapter): void {
  it.each(failures)('says that it cannot answer, and why, while the system answers with %s', async (kind) => {
    const opened = adapter.open(suiteBook);
    const customer = await idOf(opened, ANA);
    opened.fault(kind);
    for (const query of questions(customer, adapter.capabilities)) {
      const answer = await opened.crm.ask(query, never);
      expect([query.kind, answer]).toEqual([query.kind, { ok: false, reason: 'unavailable', fault: expect.toBeOneOf([...told[kind]!]) as CrmFault }]);
    }
    expect(await opened.crm.test(never)).toMatchObject({ ok: false, fault: expect.toBeOneOf([...told[kind]!]) as CrmFault });
    opened.heal();
    expect(await opened.crm.test(never)).toMatchObject({ ok: true });
    expect(await idOf(opened, ANA)).toBe(customer);
  });

  it('waits for a slow one', async () => {
    const opened = adapter.open(suiteBook);
    opened.fault('slow', 1);
    expect(await idOf(opened, ANA)).toBeTypeOf('string');
  });

  it('shows nobody else where the system ignores what was asked for', async () => {
    const opened = adapter.open(suiteBook);
    const [ana, beto] = [await idOf(opened, ANA), await idOf(opened, BETO)];
    const before = await Promise.all(questions(ana, adapter.capabilities).map((query) => opened.crm.ask(query, never)));
    opened.fault('ignore-filter');
    expect(namesIn(await opened.crm.ask({ kind: 'by-document', document: BETO }, never))).toEqual(['Beto Ruiz']);
    expect(namesIn(await opened.crm.ask({ kind: 'by-phone', phone: '5493415559999' }, never))).toEqual([]);
    expect(namesIn(await opened.crm.ask({ kind: 'by-document', document: '38000111' }, never))).toEqual([]);
    expect(await Promise.all(questions(ana, adapter.capabilities).map((query) => opened.crm.ask(query, never)))).toEqual(before);
    expect(await opened.crm.ask({ kind: 'account', customer: beto }, never)).toMatchObject({ account: { invoices: [] } });
  });

  it('finds nobody by a document that is nobody’s', async () => {
    const placeholder = '99999999';
    const customers = suiteBook.customers.map((one, at) => (at === 0 ? one : { ...one, document: placeholder }));
    const { crm } = adapter.open({ ...suiteBook, customers });
    expect(await crm.ask({ kind: 'by-document', document: placeholder }, never)).toEqual({ ok: true, kind: 'customers', customers: [] });
  });
}

function documents(adapter: FailingAdapter): void {
  it.runIf(adapter.capabilities.includes('invoice-document'))('gives an invoice’s document to its own customer only, and never a web page for one', async () => {
    const opened = adapter.open(suiteBook);
    const [ana, beto] = [await idOf(opened, ANA), await idOf(opened, BETO)];
    const invoice = await openInvoiceOf(opened, ana);
    const own = await opened.crm.ask({ kind: 'invoice-document', customer: ana, invoice }, never);
    expect(own.ok && own.kind === 'document' && [own.document.mimetype, Buffer.from(own.document.bytes).toString('latin1', 0, 5), own.document.invoice.id]).toEqual(['application/pdf', '%PDF-', invoice]);
    expect(await opened.crm.ask({ kind: 'invoice-document', customer: beto, invoice }, never)).toEqual({ ok: false, reason: 'not-found' });
    opened.fault('html');
    expect(await opened.crm.ask({ kind: 'invoice-document', customer: ana, invoice }, never)).toMatchObject({ ok: false, reason: 'unavailable' });
  });
}

const payFaults = ['timeout', 'apply-then-timeout', 'html', 'unavailable', 'drop', 'expired-token', 'ok-with-error', 'slow'] as const satisfies FaultKind[];
/** Attempts of one order, each with the faults that its requests meet one after the other. */
const attempts = fc.array(fc.array(fc.option(fc.constantFrom(...payFaults), { freq: 2, nil: 'none' as const }), { maxLength: 7 }), { minLength: 1, maxLength: 4 });

function payments(adapter: FailingAdapter): void {
  const can = it.runIf(adapter.capabilities.includes('pay'));

  can('never pays twice, whatever fails, and never says "paid" of what is not', async () => {
    await fc.assert(fc.asyncProperty(attempts, async (tries) => {
      const opened = adapter.open(suiteBook);
      const order = await paymentOf(opened, adapter);
      for (const faults of tries) {
        for (const kind of faults) opened.fault(kind === 'none' ? 'slow' : kind, 1);
        const before = standing(opened);
        const result = await opened.crm.act(order, never);
        opened.heal();
        expect(standing(opened)).toBeLessThanOrEqual(1);
        if (result.ok) expect(standing(opened)).toBe(1);
        if (!result.ok && result.reason === 'unavailable') expect(standing(opened)).toBe(before);
      }
      const last = await opened.crm.act(order, never);
      expect(standing(opened)).toBe(1);
      if (last.ok) expect(opened.ledger().payments[0]).toMatchObject({ amount: expect.stringMatching(/^27900\.20?$/u) as string });
      else expect(last.reason).toBe('unknown');
    }), { numRuns: 25 });
  });

  can('finds out that a payment whose answer was lost has been made', async () => {
    const opened = adapter.open(suiteBook);
    const order = await paymentOf(opened, adapter);
    expect(await opened.crm.act(order, never)).toMatchObject({ ok: true, done: 'now' });
    expect(await opened.crm.act(order, never)).toMatchObject({ ok: true, done: 'already' });
    expect(standing(opened)).toBe(1);
  });

  it.runIf(adapter.capabilities.includes('pay') && adapter.paysInvoices)('does not pay what somebody else has paid', async () => {
    const opened = adapter.open(suiteBook);
    const order = await paymentOf(opened, adapter);
    await opened.crm.act(order, never);
    expect(await opened.crm.act({ ...order, reference: 'hilo-r2' }, never)).toMatchObject({ ok: false, reason: 'rejected' });
    expect(standing(opened)).toBe(1);
  });

  can('knows no payment of a customer who is not there, or of another’s invoice', async () => {
    const opened = adapter.open(suiteBook);
    const order = await paymentOf(opened, adapter);
    expect(await opened.crm.act({ ...order, customer: '999999' }, never)).toEqual({ ok: false, reason: 'not-found' });
    if (adapter.paysInvoices) expect(await opened.crm.act({ ...order, customer: await idOf(opened, BETO) }, never)).toEqual({ ok: false, reason: 'not-found' });
    expect(standing(opened)).toBe(0);
  });

  it.runIf(adapter.capabilities.includes('reverse-payment'))('takes back what it paid, once, and nothing else', async () => {
    const opened = adapter.open(suiteBook);
    const { customer, invoice, reference, ...pay } = await paymentOf(opened, adapter);
    const reverse = (named: string): Promise<OrderResult> => opened.crm.act({ kind: 'reverse-payment', customer, invoice, reference: named, reason: 'Error' }, never);
    await opened.crm.act({ ...pay, customer, invoice, reference }, never);
    await reverse('hilo-r2');
    expect(standing(opened)).toBe(1);
    expect(await reverse(reference)).toMatchObject({ ok: true, done: 'now' });
    expect(await reverse(reference)).toMatchObject({ ok: true, done: 'already' });
    expect(standing(opened)).toBe(0);
  });
}

function otherOrders(adapter: FailingAdapter): void {
  const can = (capability: CrmCapability) => it.runIf(adapter.capabilities.includes(capability));

  can('open-ticket')('opens one ticket for one reference, though the first answer is lost', async () => {
    const opened = adapter.open(suiteBook);
    const order: CustomerOrder = { kind: 'open-ticket', customer: await idOf(opened, ANA), subject: 'No tiene internet', body: 'Sin servicio desde ayer', reference: 'hilo-t1' };
    for (let left = 12; left > 0 && opened.ledger().tickets.length === 0; left -= 1) {
      for (let before = 12 - left; before > 0; before -= 1) opened.fault('slow', 1);
      opened.fault('apply-then-timeout', 1);
      await opened.crm.act(order, never);
      opened.heal();
    }
    const again = await opened.crm.act(order, never);
    expect(again.ok || again.reason === 'unknown').toBe(true);
    expect(opened.ledger().tickets).toHaveLength(1);
    if (!again.ok || again.id === undefined || !adapter.capabilities.includes('close-ticket')) return;
    expect(await opened.crm.act({ kind: 'close-ticket', ticket: again.id, reason: 'Resuelto' }, never)).toMatchObject({ ok: true });
    expect(opened.ledger().tickets[0]!.closed).toBeDefined();
  });

  can('prospect')('registers somebody who asks for the service once', async () => {
    const opened = adapter.open(suiteBook);
    const order: CustomerOrder = { kind: 'prospect', name: 'Dora Sosa', phone: '5493415550777', address: 'Rioja 9', reference: 'hilo-p1' };
    opened.fault('apply-then-timeout', 2);
    await opened.crm.act(order, never);
    opened.heal();
    expect(await opened.crm.act(order, never)).toMatchObject({ ok: true });
    expect(await opened.crm.act(order, never)).toMatchObject({ ok: true, done: 'already' });
    expect(opened.ledger().prospects).toHaveLength(1);
  });

  it.runIf(adapter.capabilities.includes('suspend') && adapter.capabilities.includes('reactivate'))('switches a service off and on', async () => {
    const opened = adapter.open(suiteBook);
    const customer = await idOf(opened, BETO);
    for (const kind of ['suspend', 'reactivate'] as const) {
      expect([kind, await opened.crm.act({ kind, customer }, never)]).toMatchObject([kind, { ok: true, done: 'now' }]);
      expect([kind, await opened.crm.act({ kind, customer }, never)]).toMatchObject([kind, { ok: true, done: 'already' }]);
    }
    expect(opened.ledger().switches.map(({ to }) => to)).toEqual(['suspended', 'active']);
  });

  it('says that it cannot do what its system does not have', async () => {
    const opened = adapter.open(suiteBook);
    const customer = await idOf(opened, ANA);
    const orders: CustomerOrder[] = [
      await paymentOf(opened, adapter), { kind: 'reverse-payment', customer, invoice: '5002', reference: 'r', reason: 'x' }, { kind: 'reactivate', customer }, { kind: 'suspend', customer },
      { kind: 'open-ticket', customer, subject: 's', body: 'b', reference: 'r' }, { kind: 'close-ticket', ticket: '1', reason: 'x' }, { kind: 'prospect', name: 'n', phone: '5493415550777', reference: 'r' },
    ];
    for (const order of orders.filter(({ kind }) => !adapter.capabilities.includes(kind))) {
      expect([order.kind, await opened.crm.act(order, never)]).toEqual([order.kind, { ok: false, reason: 'unsupported' }]);
    }
  });
}

/** What every adapter of an outside system promises when that system fails, or is told the same thing twice. */
export function crmFailureSuite(name: string, adapter: FailingAdapter): void {
  describe(`the ISP adapter ${name}, when its system fails`, () => {
    failingReads(adapter);
    documents(adapter);
    payments(adapter);
    otherOrders(adapter);
  });
}
