import type { Account } from '../customers.js';
import { cents, sumOf } from '../money.js';

/** Whether something that is past its due date stays open. */
export type Overdue = 'none' | 'some' | 'unknown';

/**
 * What stays overdue of an account when so much more is paid, as far as its system tells: the overdue sum, or open invoices with their dates. A debt
 * without either may be overdue or not.
 * @param paid decimal string; zero: as the account stands
 * @param today `YYYY-MM-DD` where the company is; what is due today is not overdue yet
 */
export function overdueAfter({ balance, overdue, dueOn, invoices }: Account, paid: string, today: string): Overdue {
  const late = invoices.filter((invoice) => invoice.dueOn < today).map(({ amount }) => amount.amount);
  if (overdue !== undefined || invoices.length > 0) return cents(overdue?.amount ?? sumOf(late)) > cents(paid) ? 'some' : 'none';
  if (cents(balance.amount) <= cents(paid)) return 'none';
  return dueOn === undefined ? 'unknown' : dueOn < today ? 'some' : 'none';
}
