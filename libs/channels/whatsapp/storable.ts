import type { InboundRow } from './store.js';

/** Longest id or address that is kept: beyond it no index holds it, and WhatsApp's own have some 40 characters. */
const MAX_ID = 200;
const MAX_NAME = 200;
const MAX_DETAIL = 1_000;
/** A bound for clocks gone wrong: the year 2100, which every timestamp type can hold. */
const LATEST_MS = Date.UTC(2100, 0, 1);

/** PostgreSQL holds neither NUL nor half a surrogate pair; a half becomes U+FFFD on the way through UTF-8. */
const NUL = String.fromCharCode(0);
const wellFormed = (text: string): string => Buffer.from(text, 'utf8').toString('utf8');
const clean = (text: string): string => wellFormed(text).replaceAll(NUL, '');
const bounded = (text: string, length: number): string => wellFormed(clean(text).slice(0, length));

/** As JSON holds it, and jsonb: a name or a text has bounds of its own, a structure has those of its reader. */
function cleaned<T>(value: T): T {
  if (typeof value === 'string') return bounded(value, MAX_DETAIL) as T;
  if (Array.isArray(value)) return value.map(cleaned) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cleaned<unknown>(inner)])) as T;
}

/**
 * Whatever a stranger sends must be storable: a message that the database refuses would be delivered again for ever and hold up
 * everybody behind it.
 */
export function storable(row: InboundRow): InboundRow {
  const { name, text, atMs } = row;
  const envelope = Object.entries(row.envelope).map(([key, value]) => [clean(key), clean(String(value))]);
  return {
    ...row,
    id: bounded(row.id, MAX_ID),
    addresses: row.addresses.map((address) => bounded(address, MAX_ID)),
    envelope: Object.fromEntries(envelope) as Record<string, string>,
    name: name === undefined ? undefined : bounded(name.trim(), MAX_NAME) || undefined,
    text: text === undefined ? undefined : clean(text),
    ...(row.details ? { details: cleaned(row.details) } : {}),
    atMs: atMs !== undefined && atMs < LATEST_MS ? atMs : undefined,
  };
}
