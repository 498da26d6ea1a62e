import type { PaymentState, ReceiptCountry, ReferenceType } from '../../libs/domain/receipt/receipt.js';

/** What a generated receipt says, as whoever pays meant it: the reader is measured against it. */
export interface TrueReceipt {
  layout: string;
  country: ReceiptCountry;
  issuer: string;
  /** Decimal string. */
  amount: string;
  /** `YYYY-MM-DD` */
  on: string;
  /** `HH:MM` */
  at: string;
  state: PaymentState;
  payer: { name: string; document: string; account: string };
  beneficiary: { name: string; document: string; account: string; bank: string; alias: string };
  references: { type: ReferenceType; value: string }[];
  concept: string;
}

/** Numbers from a seed (mulberry32): the same set on every machine. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface Chance {
  /** A number from 0 to below `count`. */
  below(count: number): number;
  one<T>(of: readonly T[]): T;
  digits(count: number): string;
  letters(count: number): string;
}

export function chanceOf(seed: number): Chance {
  const random = randomOf(seed);
  const below = (count: number) => Math.floor(random() * count);
  const one = <T>(of: readonly T[]): T => of[below(of.length)]!;
  const many = (count: number, of: string) => Array.from({ length: count }, () => one([...of])).join('');
  return { below, one, digits: (count) => many(count, '0123456789'), letters: (count) => many(count, 'ABCDEFGHJKLMNPQRSTUVWXYZ0123456789') };
}
