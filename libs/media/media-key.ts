import { createHash } from 'node:crypto';

/** SHA-256 in hex. */
export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/**
 * Where a file lies in a store: `<company>/<first two digits>/<hash>`. Both parts are checked, so that neither can lead elsewhere.
 * @throws RangeError for what is no company's id or no hash
 */
export function mediaKey(company: string, sha256: string): string {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new RangeError('not a SHA-256 in hex');
  return `${companyKey(company)}/${sha256.slice(0, 2)}/${sha256}`;
}

/** Where all files of a company lie. @throws RangeError for what is no company's id */
export function companyKey(company: string): string {
  if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(company)) throw new RangeError('not the id of a company');
  return company;
}
