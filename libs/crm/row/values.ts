import { z } from 'zod';
import { decimalOf } from './decimals.js';

/**
 * Pieces of schemas for other people's rows: they accept what systems really send (numbers as texts, texts as numbers, null for nothing), and a
 * field that cannot be read is absent instead of spoiling its row. Keys that no schema names are dropped by zod: that is the whitelist.
 */

const scalar = (value: unknown): string | undefined => {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value === 'bigint') return value.toString();
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
};

/** A text, or nothing. */
export const text = z.unknown().transform(scalar);

/** An id, which must be there. */
export const id = z.unknown().transform((value, ctx) => {
  const read = scalar(value);
  if (read === undefined) ctx.addIssue({ code: 'custom', message: 'no id' });
  return read ?? z.NEVER;
});

/** A decimal string, or nothing. */
export const amount = z.unknown().transform(decimalOf);

/** 1, "1", true, "true", "si" → true; nothing counts as false. */
export const flag = z.unknown().transform((value) => value === true || ['1', 'true', 'si', 'sí', 'yes'].includes(String(scalar(value) ?? '').toLowerCase()));

/** The rows of a list that can be read: one broken row does not hide the others. Nothing counts as an empty list. */
export const rows = <T extends z.ZodType>(row: T) => z.unknown().transform((value): z.output<T>[] => (
  (Array.isArray(value) ? value : []).flatMap((one) => {
    const read = row.safeParse(one);
    return read.success ? [read.data] : [];
  })
));

/** Documents that people type to get past a form: many rows share them, so they name nobody. */
const PLACEHOLDERS = /^(?:(\d)\1{5,}|0*12345678?9?0?|0)$/u;

/** Letters and digits of a document; nothing for a placeholder (99999999, 11111111, 00000000, 12345678). */
export function documentOf(written: string | undefined): string | undefined {
  const bare = (written ?? '').replace(/[^\p{L}\p{N}]/gu, '').toUpperCase();
  return bare === '' || PLACEHOLDERS.test(bare) ? undefined : bare;
}
