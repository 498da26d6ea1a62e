import { bareReference } from './values.js';

/** What somebody types to find a receipt may be words, an amount in any spelling, or a number with or without its spaces and dashes. */
export interface TypedSearch {
  words: readonly string[];
  /** Decimal string. */
  amount?: string;
  /** Lower case letters and digits, when there are digits enough to tell something. */
  number?: string;
}

const MOST_WORDS = 6;

/** "$ 24.900,50", "24900.5", "24,900.50" → "24900.50"; what has letters or many digits is none. */
export function typedAmount(text: string): string | undefined {
  const bare = text.replace(/[\s$]/gu, '').replace(/^(?:ars|mxn|cop|clp|pen|usd)/iu, '');
  if (!/^\d[\d.,]{0,14}$/u.test(bare)) return undefined;
  const cents = /[.,](\d{1,2})$/u.exec(bare)?.[1];
  const whole = (cents === undefined ? bare : bare.slice(0, -cents.length - 1)).replace(/[.,]/gu, '');
  if (!/^\d{1,10}$/u.test(whole)) return undefined;
  return `${BigInt(whole)}.${(cents ?? '').padEnd(2, '0')}`;
}

export function typedSearch(text: string): TypedSearch {
  const amount = typedAmount(text);
  const number = bareReference(text).toLowerCase();
  return {
    words: text.split(/\s+/u).filter((word) => word !== '').slice(0, MOST_WORDS),
    ...(amount === undefined ? {} : { amount }),
    ...(/(?:\D*\d){4}/u.test(number) ? { number } : {}),
  };
}
