import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * How MercadoPago signs its notices (research/external-apis.md, 6): `x-signature: ts=…,v1=<hex>`, HMAC-SHA256 of a manifest of what the
 * query and the headers say. It says nothing of the body, which is therefore not believed.
 */
export interface SignedNotice {
  /** `x-signature` */
  signature: string | undefined;
  /** `x-request-id` */
  requestId: string | undefined;
  /** `data.id` of the query, as it came. */
  dataId: string | undefined;
}

export type SignatureFault = 'missing' | 'malformed' | 'mismatch' | 'too-old';

/** MercadoPago repeats a notice for long, with the time of the first; whoever plays an old one again has us look once more, nothing else. */
const OLDEST_MS = 60 * 60_000;
const FASTEST_CLOCK_MS = 5 * 60_000;

/** From here on a number of seconds is one of milliseconds: both have been seen. */
const MS_FROM = 1e11;

const isAlphanumeric = (text: string) => /^[a-z\d]+$/iu.test(text);

/** The text that is signed: absent parts are left out, the last `;` stays. */
export function manifestOf({ requestId, dataId }: Pick<SignedNotice, 'requestId' | 'dataId'>, ts: string): string {
  const id = dataId !== undefined && isAlphanumeric(dataId) ? dataId.toLowerCase() : dataId;
  return [['id', id], ['request-id', requestId], ['ts', ts]].filter(([, value]) => value !== undefined && value !== '').map(([name, value]) => `${name}:${value};`).join('');
}

/** The `v1` of a manifest, in hex. */
export const signatureOf = (manifest: string, secret: string): string => createHmac('sha256', secret).update(manifest).digest('hex');

/** One part of the header. */
const partOf = (header: string, name: 'ts' | 'v1'): string | undefined =>
  header.split(',').map((part) => part.split('=', 2)).find(([one]) => one?.trim() === name)?.[1]?.trim();

/** What is wrong with a notice's signature; undefined: it is good. @param nowMs since 1970 */
export function signatureFault(notice: SignedNotice, secret: string, nowMs: number): SignatureFault | undefined {
  if (notice.signature === undefined || notice.signature.trim() === '') return 'missing';
  const [ts, v1] = [partOf(notice.signature, 'ts'), partOf(notice.signature, 'v1')];
  if (ts === undefined || v1 === undefined || !/^\d{1,16}$/u.test(ts) || !/^[\da-f]{64}$/iu.test(v1)) return 'malformed';
  const expected = Buffer.from(signatureOf(manifestOf(notice, ts), secret), 'hex');
  if (!timingSafeEqual(expected, Buffer.from(v1, 'hex'))) return 'mismatch';
  const atMs = Number(ts) >= MS_FROM ? Number(ts) : Number(ts) * 1_000;
  return nowMs - atMs > OLDEST_MS || atMs - nowMs > FASTEST_CLOCK_MS ? 'too-old' : undefined;
}
