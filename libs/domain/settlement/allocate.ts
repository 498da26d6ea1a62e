import { cents, fromCents } from '../money.js';

/**
 * How an ISP's system books a payment. account: to the customer, and it covers what is owed by itself · covering: to an invoice, and what is over
 * covers others by itself · invoices: to one invoice, which is closed by it.
 */
export type Booking = 'account' | 'covering' | 'invoices';

/** An invoice that is open. */
export interface Due {
  id: string;
  number: string;
  /** `YYYY-MM-DD` */
  dueOn: string;
  /** Decimal string, above zero. */
  amount: string;
}

/** What one order `pay` pays. */
export interface NewPart {
  /** Absent: to the account. */
  invoice?: string;
  number?: string;
  /** Decimal string, above zero. */
  amount: string;
}

const byDueDate = (one: Due, other: Due): number => one.dueOn.localeCompare(other.dueOn) || one.number.localeCompare(other.number);

/** The one that is meant, else the one of just this amount, else the earliest; then the others by their dates. */
function inOrder(amount: bigint, due: readonly Due[], meant: string | undefined): Due[] {
  const sorted = due.toSorted(byDueDate);
  const first = sorted.find(({ id }) => id === meant) ?? sorted.find((one) => cents(one.amount) === amount) ?? sorted[0];
  return first ? [first, ...sorted.filter((one) => one !== first)] : [];
}

/**
 * Which invoices an amount covers. Where each payment closes an invoice, no other one is touched by less than it needs: what is over goes with the
 * last that is paid.
 * @param amount decimal string above zero
 * @param meant id of the invoice that the customer meant, where that is known
 * @returns at least one part; together they are the amount, to the cent
 */
export function allocate(amount: string, due: readonly Due[], { meant, booking }: { meant?: string | undefined; booking: Booking }): NewPart[] {
  const money = cents(amount);
  const [first, ...others] = inOrder(money, due, meant);
  if (booking === 'account' || first === undefined) return [{ amount: fromCents(money) }];
  if (booking === 'covering') return [{ invoice: first.id, number: first.number, amount: fromCents(money) }];
  const paid = [first];
  let left = money - cents(first.amount);
  for (const one of others) {
    if (left < cents(one.amount)) continue;
    paid.push(one);
    left -= cents(one.amount);
  }
  const last = paid.at(-1)!;
  return paid.map((one) => ({ invoice: one.id, number: one.number, amount: fromCents(one === last ? cents(one.amount) + left : cents(one.amount)) }));
}
