import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

const PREFIX = 'hilo-operator';
const KEY_BYTES = 32;

/** A key of its own: whoever sees a token learns nothing of the master key, and nothing that is sealed under it. */
const signingKey = (masterKey: Uint8Array): Buffer => Buffer.from(hkdfSync('sha256', masterKey, '', 'operator-token', KEY_BYTES));

const signature = (masterKey: Uint8Array, text: string): string => createHmac('sha256', signingKey(masterKey)).update(text).digest('base64url');

/** A token by which the platform's operator is known to the API, for as long as it says: `hilo-operator.<seconds>.<signature>`. */
export function issueOperatorToken(masterKey: Uint8Array, until: Date): string {
  const text = `${PREFIX}.${Math.floor(until.getTime() / 1_000)}`;
  return `${text}.${signature(masterKey, text)}`;
}

/** Whether `hilo operator token` made this token with this master key, and it has not run out. */
export function isOperatorToken(masterKey: Uint8Array, token: string, now: Date): boolean {
  const [prefix, seconds, signed, ...rest] = token.split('.');
  if (prefix !== PREFIX || seconds === undefined || !/^\d{1,12}$/.test(seconds) || signed === undefined || rest.length > 0) return false;
  const expected = Buffer.from(signature(masterKey, `${prefix}.${seconds}`));
  const given = Buffer.from(signed);
  return given.length === expected.length && timingSafeEqual(given, expected) && Number(seconds) * 1_000 > now.getTime();
}
