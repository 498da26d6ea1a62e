import type { InboundRow } from './store.js';

/** Longest id or address that is kept: beyond it no index holds it, and WhatsApp's own have some 40 characters. */
const MAX_ID = 200;
const MAX_NAME = 200;
/** A bound for clocks gone wrong: the year 2100, which every timestamp type can hold. */
const LATEST_MS = Date.UTC(2100, 0, 1);

/** PostgreSQL holds neither NUL nor half a surrogate pair; a half becomes U+FFFD on the way through UTF-8. */
const NUL = String.fromCharCode(0);
const wellFormed = (text: string): string => Buffer.from(text, 'utf8').toString('utf8');
const clean = (text: string): string => wellFormed(text).replaceAll(NUL, '');
const bounded = (text: string, length: number): string => wellFormed(clean(text).slice(0, length));

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
    atMs: atMs !== undefined && atMs < LATEST_MS ? atMs : undefined,
  };
}
