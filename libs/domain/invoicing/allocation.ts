import { cents, fromCents } from '../money.js';

/** What a payment that stands has not covered anything with yet. */
export interface Credit {
  payment: string;
  /** The invoice that it was for, which it covers first. */
  invoice?: string;
  /** Decimal string, above zero. */
  rest: string;
}

export interface Owed {
  invoice: string;
  /** Decimal string, above zero. */
  rest: string;
}

export interface Part {
  payment: string;
  invoice: string;
  amount: string;
}

/**
 * Which invoices are covered by what was paid: each payment the invoice that it was for, and then what is owed in the order given.
 * @param credits in the order in which they were paid
 * @param owed earliest due date first
 * @returns a part for each payment and invoice at most; what no part takes stays in the customer's favour
 */
export function cover(credits: readonly Credit[], owed: readonly Owed[]): Part[] {
  const left = new Map(owed.map(({ invoice, rest }) => [invoice, cents(rest)]));
  const parts: Part[] = [];
  for (const { payment, invoice: own, rest } of credits) {
    let money = cents(rest);
    const order = [...owed.filter(({ invoice }) => invoice === own), ...owed.filter(({ invoice }) => invoice !== own)];
    for (const { invoice } of order) {
      const open = left.get(invoice)!;
      const taken = open < money ? open : money;
      if (taken <= 0n) continue;
      parts.push({ payment, invoice, amount: fromCents(taken) });
      left.set(invoice, open - taken);
      money -= taken;
    }
  }
  return parts;
}
