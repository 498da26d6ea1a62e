import { cents } from '../money.js';
import type { ReadReceipt } from '../receipt/receipt.js';
import { tellingReferences } from '../receipt/repeats.js';
import { confirm, type IncomingPayment } from '../receipt/statement.js';
import { foldedReference } from '../receipt/values.js';

/** A receipt that is open, or was accepted without anything that proves it. */
export interface OpenReceipt {
  id: string;
  read: ReadReceipt;
}

export interface Effect {
  receipt: string;
  /** mismatch: its number came in with another amount, or for another receipt. */
  result: 'confirmed' | 'mismatch';
  /** Id of the payment. */
  payment: string;
}

/** A number that a receipt and a payment can share at all, whatever a reader of characters made of it. */
const keysOf = (references: readonly string[], amount: string | undefined): string[] =>
  [...references.map((one) => `r:${foldedReference(one)}`), ...(amount === undefined ? [] : [`a:${cents(amount)}`])];

/**
 * What payments say of receipts: each held against those that share a number or the amount with it, so that a month's statement and a thousand
 * receipts are few comparisons. Receipts of which they say nothing are left out.
 */
export function effectsOf(receipts: readonly OpenReceipt[], payments: readonly IncomingPayment[]): Effect[] {
  const byKey = new Map<string, IncomingPayment[]>();
  for (const payment of payments) {
    for (const key of new Set(keysOf(payment.references, payment.amount))) {
      const sharing = byKey.get(key);
      if (sharing) sharing.push(payment);
      else byKey.set(key, [payment]);
    }
  }
  return receipts.flatMap(({ id, read }) => {
    const candidates = new Set(keysOf(tellingReferences(read), read.amount?.amount).flatMap((key) => byKey.get(key) ?? []));
    const told = confirm(read, [...candidates], id);
    return told.result === 'not-yet' ? [] : [{ receipt: id, ...told }];
  });
}

/** A line that is known, by its day and amount. */
export interface KnownLine {
  key: string;
  on: string;
  amount: string;
}

/**
 * Lines that may be known under another text: as many as known ones of their day and amount are missing from a file that covers that day. A bank that
 * changed its wording, or another mapping of the columns, must not make one payment two.
 */
export function alikeOf(lines: readonly { key: string; on: string; amount: string }[], known: readonly KnownLine[]): Set<string> {
  const same = ({ on, amount }: { on: string; amount: string }) => `${on}|${cents(amount)}`;
  const keys = new Set(lines.map(({ key }) => key));
  const missing = new Map<string, number>();
  for (const one of known) if (!keys.has(one.key)) missing.set(same(one), (missing.get(same(one)) ?? 0) + 1);
  const knownKeys = new Set(known.map(({ key }) => key));
  const alike = new Set<string>();
  for (const line of lines) {
    const left = missing.get(same(line)) ?? 0;
    if (knownKeys.has(line.key) || left === 0) continue;
    missing.set(same(line), left - 1);
    alike.add(line.key);
  }
  return alike;
}
