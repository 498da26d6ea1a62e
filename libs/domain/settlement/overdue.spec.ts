import { expect, it } from 'vitest';
import type { Account } from '../customers.js';
import { overdueAfter } from './overdue.js';

const money = (amount: string) => ({ amount, currency: 'ARS' });
const invoice = (dueOn: string, amount: string) => ({ number: dueOn, dueOn, amount: money(amount) });
const account = (more: Partial<Account>): Account => ({ balance: money('300.00'), invoices: [], suspended: true, ...more });

it.each<[string, Partial<Account>, string, string]>([
  ['two invoices of which one is late', { invoices: [invoice('2026-11-10', '100.00'), invoice('2026-12-10', '200.00')] }, '0', 'some'],
  ['the late one paid', { invoices: [invoice('2026-11-10', '100.00'), invoice('2026-12-10', '200.00')] }, '100.00', 'none'],
  ['a cent less than the late one', { invoices: [invoice('2026-11-10', '100.00')] }, '99.99', 'some'],
  ['one that is due today', { invoices: [invoice('2026-11-20', '100.00')] }, '0', 'none'],
  ['an overdue sum, whatever is listed', { overdue: money('150.00'), invoices: [invoice('2026-12-10', '200.00')] }, '100.00', 'some'],
  ['an overdue sum that is paid', { overdue: money('150.00') }, '150.00', 'none'],
  ['nothing owed', { balance: money('0.00') }, '0', 'none'],
  ['in favour', { balance: money('-5.00') }, '0', 'none'],
  ['owed, and nobody tells since when', {}, '0', 'unknown'],
  ['owed, and nobody tells since when, all of it paid', {}, '300.00', 'none'],
  ['owed since a day that is told', { dueOn: '2026-11-10' }, '10.00', 'some'],
  ['owed, and due later', { dueOn: '2026-12-10' }, '0', 'none'],
])('of %s (%j), after %s: %s', (_, more, paid, left) => {
  expect(overdueAfter(account(more), paid, '2026-11-20')).toBe(left);
});
