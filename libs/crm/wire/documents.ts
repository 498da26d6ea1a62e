/** "30.111.222" → "30111222", "20-30111222-k" → "2030111222K": letters and digits, as documents are compared. */
export const bareDocument = (written: string): string => written.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '');

const SHORTEST = 5;
const rows = ['0123456789', '1234567890', '9876543210', '0987654321'];

/**
 * Whether this is what clerks type for somebody without a document (99999999, 00000000, 12345678, 1): such rows belong to many people, so nobody
 * is found by it.
 */
export function isPlaceholderDocument(written: string): boolean {
  const bare = bareDocument(written);
  return bare.length < SHORTEST || /^(.)\1*$/u.test(bare) || rows.some((row) => row.includes(bare) || bare === row);
}

/** A document, bare; nothing for none and for what many rows have. */
export const realDocument = (written: string | undefined): string | undefined => (
  written === undefined || isPlaceholderDocument(written) ? undefined : bareDocument(written));
