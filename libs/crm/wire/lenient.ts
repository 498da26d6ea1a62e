import { z } from 'zod';
import type { CrmDeps } from '../crm-deps.js';
import { decimal } from '../money.js';
import { CrmFailure } from './crm-failure.js';
import { dayOf } from './dates.js';

/**
 * Pieces of tolerant schemas: vendors write numbers as strings, leave out, send null or "" for nothing. What is essential is strict.
 */
const bare = (value: unknown): unknown => {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return value.trim() === '' ? undefined : value.trim();
  return value === null ? undefined : value;
};

/** Text or number; absent for null, "" and blanks, and for what is neither. */
export const text = z.preprocess(bare, z.string().optional().catch(undefined));

/** A row's id, which a row cannot do without. */
export const id = z.preprocess(bare, z.string().min(1));

/** A decimal string; absent where there is none. What looks like an amount and is not readable fails: money is not guessed. */
export const amount = z.preprocess(bare, z.string().optional().transform((written, context) => {
  const read = written === undefined ? undefined : decimal(written);
  if (written !== undefined && read === undefined) context.addIssue({ code: 'custom', message: 'no amount' });
  return read;
}));

/** `YYYY-MM-DD` of whatever form; absent for none, 0000-00-00 and what is no date. */
export const day = z.preprocess(bare, z.string().optional().catch(undefined).transform((written) => written === undefined ? undefined : dayOf(written)));

/** A list; one row alone counts as a list of it, nothing as an empty one. */
export const listOf = <T extends z.ZodType>(row: T) =>
  z.preprocess((value): unknown[] => Array.isArray(value) ? value as unknown[] : value === null || value === undefined || value === '' ? [] : [value], z.array(row));

/**
 * Reads a vendor's object by a schema that is a whitelist: what it does not name is dropped, and only the names of that are reported.
 * @param ignored fields that are known and not wanted: secrets among them
 * @throws CrmFailure `bad-response`, with the names of the fields that do not fit
 */
export function readRow<S extends z.ZodObject>(deps: Pick<CrmDeps, 'report'>, operation: string, schema: S, value: unknown, ignored: readonly string[] = []): z.infer<S> {
  const read = schema.safeParse(value);
  if (!read.success) {
    const fields = [...new Set(read.error.issues.map(({ path }) => path.join('.') || '(all)'))];
    throw new CrmFailure('bad-response', `${operation}: ${fields.slice(0, 5).join(', ')}`);
  }
  const unknown = Object.keys(value as object).filter((name) => !Object.hasOwn(schema.shape, name) && !ignored.includes(name));
  if (unknown.length > 0) deps.report?.({ operation, fields: unknown.slice(0, 50) });
  return read.data;
}
