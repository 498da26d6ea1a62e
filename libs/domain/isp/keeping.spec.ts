import { describe, expect, it } from 'vitest';
import type { CustomerMatch, CustomerQuery, QueryResult } from '../customers.js';
import { budgetMonthFrom, secretEnding } from './connection.js';
import { changedBy, customersOf, keepingOf, mayBeKept } from './keeping.js';

const ana: CustomerMatch = { id: '7', name: 'Ana', services: [], facts: { phoneEndings: [], serviceNumbers: [], streetNumbers: [] } };
const byPhone: CustomerQuery = { kind: 'by-phone', phone: '5493415550301' };
const account: QueryResult = { ok: true, kind: 'account', account: { balance: { amount: '0.00', currency: 'ARS' }, invoices: [], suspended: false } };

describe('an answer', () => {
  it('of who somebody is is kept longer than it is fresh; what is owed is not', () => {
    const who = keepingOf(byPhone, { ok: true, kind: 'customers', customers: [ana] })!;
    expect(who.keptMs).toBeGreaterThan(who.freshMs);
    const owed = keepingOf({ kind: 'account', customer: '7' }, account)!;
    expect(owed.keptMs).toBe(owed.freshMs);
  });

  it('that nobody fits is never said without asking once it is old', () => {
    const none = keepingOf(byPhone, { ok: true, kind: 'customers', customers: [] })!;
    expect(none.keptMs).toBe(none.freshMs);
  });

  it('that is no answer, is measured now or is a file is not kept', () => {
    expect(keepingOf(byPhone, { ok: false, reason: 'unavailable' })).toBeUndefined();
    expect(keepingOf({ kind: 'account', customer: '7' }, { ok: false, reason: 'not-found' })).toBeUndefined();
    for (const kind of ['connection', 'speed-test'] as const) expect(mayBeKept({ kind, customer: '7', service: '1' })).toBe(false);
    expect(mayBeKept({ kind: 'invoice-document', customer: '7', invoice: '1' })).toBe(false);
  });

  it('knows whose data it is, and an order whose it changes', () => {
    expect(customersOf(byPhone, { ok: true, kind: 'customers', customers: [ana] })).toEqual(['7']);
    expect(customersOf({ kind: 'account', customer: '7' }, account)).toEqual(['7']);
    expect(customersOf({ kind: 'plans' }, { ok: true, kind: 'plans', plans: [] })).toEqual([]);
    expect(changedBy({ kind: 'reactivate', customer: '7' })).toBe('7');
    expect(changedBy({ kind: 'close-ticket', ticket: '1', reason: 'x' })).toBeUndefined();
  });
});

describe("a month's budget", () => {
  it.each([
    ['2026-11-27', 1, '2026-11-01'], ['2026-11-01', 1, '2026-11-01'], ['2026-11-27', 28, '2026-10-28'], ['2026-11-28', 28, '2026-11-28'], ['2026-01-05', 28, '2025-12-28'],
  ])('of %s that starts on the %i begins on %s', (day, startsOn, from) => expect(budgetMonthFrom(day, startsOn)).toBe(from));
});

it.each([['', ''], ['corta-12', ''], ['una-clave-larga-9876', '9876']])('of the secret %j is shown %j', (secret, shown) => expect(secretEnding(secret)).toBe(shown));
