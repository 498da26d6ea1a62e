import { fromCents } from '../domain/money.js';

/** Currencies without cents among those that platforms take (ISO 4217). */
const WHOLE = new Set(['CLP']);

/** What a row of money holds; a double holds each cent of it. */
const MOST_CENTS = 999_999_999_999;

/** A platform's number as a decimal string; undefined for what is no amount or is not exact to the cent (0.1 + 0.2, NaN, text). */
export function amountOf(number: unknown): string | undefined {
  if (typeof number !== 'number' || !Number.isFinite(number) || number < 0) return undefined;
  const whole = Math.round(number * 100);
  // The double next to a decimal of two places is what JSON gives of it; anything else was no such decimal.
  return whole <= MOST_CENTS && whole / 100 === number ? fromCents(BigInt(whole)) : undefined;
}

/** A decimal string as the number that platforms take; undefined where it would not be the same amount, or the currency has no cents. */
export function numberOf(amount: string, currency: string): number | undefined {
  if (!/^\d{1,10}(\.\d{1,2})?$/u.test(amount)) return undefined;
  const number = Number(amount);
  if (WHOLE.has(currency) && !Number.isInteger(number)) return undefined;
  return amountOf(number) === undefined || number <= 0 ? undefined : number;
}
