import { describe, expect, it } from 'vitest';
import type { BookInvoice } from '../domain/customer-book.js';
import { embeddedCrm, type BookEntry, type EmbeddedBook } from './embedded.js';

const never = new AbortController().signal;

const entry: BookEntry = {
  customer: { id: 'c1', document: '30111222', name: 'Ana Gómez', phones: ['5493415551234'], address: 'Salta 100', postalCode: '2000' },
  services: [{
    id: 's1', customerId: 'c1', planId: 'p1', serviceNumber: '700100', address: '9 de Julio 2030, 2º B', status: 'active', online: false,
    signalDbm: -40, since: '2026-11-20T10:00:00.000Z', plan: { name: 'Fibra 300', currency: 'ARS' },
  }],
};

const invoice = (number: string, amount: string, currency = 'ARS'): BookInvoice =>
  ({ id: number, customerId: 'c1', number, issuedOn: '2026-11-01', dueOn: `2026-11-${number}`, amount, currency });

const bookWith = (invoices: BookInvoice[], credit = '0.00'): EmbeddedBook => ({
  byPhone: () => Promise.resolve([entry]),
  byDocument: () => Promise.resolve([]),
  byId: (id) => Promise.resolve(id === 'c1' ? entry : undefined),
  openInvoices: () => Promise.resolve(invoices),
  credit: () => Promise.resolve(credit),
  profile: () => Promise.resolve(undefined),
  invoices: () => Promise.resolve(undefined),
  document: () => Promise.resolve(undefined),
  act: () => Promise.resolve({ ok: false, reason: 'not-found' }),
  plans: () => Promise.resolve([]),
  currency: () => Promise.resolve('ARS'),
});

const accountWith = async (...invoices: BookInvoice[]) => {
  const result = await embeddedCrm(bookWith(invoices)).ask({ kind: 'account', customer: 'c1' }, never);
  if (!result.ok || result.kind !== 'account') throw new Error('no account');
  return result.account;
};

describe('the embedded customer book', () => {
  it('adds amounts to the cent, however many there are', async () => {
    const account = await accountWith(...Array.from({ length: 10 }, (_, at) => invoice(String(10 + at), '0.10')));
    expect(account.balance).toEqual({ amount: '1.00', currency: 'ARS' });
    expect((await accountWith(invoice('10', '18900.5'), invoice('11', '-0.75'))).balance.amount).toBe('18899.75');
  });

  it('never adds two currencies', async () => {
    const account = await accountWith(invoice('10', '100.00'), invoice('11', '5.00', 'USD'));
    expect(account.balance).toEqual({ amount: '100.00', currency: 'ARS' });
    expect(account.invoices.map((one) => one.amount)).toEqual([
      { amount: '100.00', currency: 'ARS' }, { amount: '5.00', currency: 'USD' },
    ]);
  });

  it('takes off what is in the customer’s favour', async () => {
    const result = await embeddedCrm(bookWith([], '150.50')).ask({ kind: 'account', customer: 'c1' }, never);
    expect(result).toMatchObject({ account: { balance: { amount: '-150.50', currency: 'ARS' }, invoices: [] } });
  });

  it('has no due date where nothing is open', async () => {
    expect(await accountWith()).toEqual({ balance: { amount: '0.00', currency: 'ARS' }, invoices: [], suspended: false });
  });

  it('gives house numbers of the customer and of the services as second facts', async () => {
    const result = await embeddedCrm(bookWith([])).ask({ kind: 'by-phone', phone: '5493415551234' }, never);
    expect(result).toMatchObject({
      customers: [{ facts: { phoneEndings: ['1234'], serviceNumbers: ['700100'], streetNumbers: ['100', '2030'] } }],
    });
  });

  it('says nothing of the light of a modem that is off', async () => {
    const result = await embeddedCrm(bookWith([])).ask({ kind: 'connection', customer: 'c1', service: 's1' }, never);
    expect(result).toEqual({
      ok: true, kind: 'connection', connection: { status: 'active', online: false, since: '2026-11-20T10:00:00.000Z' },
    });
  });
});
