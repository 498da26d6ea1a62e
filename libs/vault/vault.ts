import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { CannotOpen, open, seal } from './sealed-box.js';

/** A company's data key as it is stored: wrapped by the master key. */
export interface WrappedKey {
  id: number;
  wrapped: Uint8Array;
}

/** Reads a company's wrapped keys; the vault keeps what it was given. */
export type LoadKeys = (company: string) => Promise<readonly WrappedKey[]>;

/** Seals and opens a company's values. Synchronous, as it is on the path of every message. */
export interface CompanyBox {
  /** @param context where the value lives, e.g. `wa-key/<channel>/<type>/<id>`: it opens nowhere else */
  seal(plain: Uint8Array, context: string): Buffer;
  /** @throws CannotOpen */
  open(sealed: Uint8Array, context: string): Buffer;
}

export interface Vault {
  /** @throws Error when the company has no key */
  forCompany(company: string): Promise<CompanyBox>;
}

const KEY_BYTES = 32;
const ID_BYTES = 2;
const wrapContext = (company: string, id: number) => `company-key/${company}/${id}`;

/** Master key from its base64 text. @throws Error unless it is 32 bytes */
export function masterKeyFrom(base64: string): Buffer {
  const key = Buffer.from(base64, 'base64');
  if (key.length !== KEY_BYTES) throw new Error('HILO_MASTER_KEY must be 32 bytes in base64');
  return key;
}

/** A fresh data key for a company, ready to be stored. */
export function newCompanyKey(masterKey: Uint8Array, company: string, id = 1): WrappedKey {
  return { id, wrapped: seal(masterKey, randomBytes(KEY_BYTES), wrapContext(company, id)) };
}

/** A box that seals under the newest key and opens whatever an older one sealed; each value names its key in two bytes. */
function boxOf(company: string, keys: ReadonlyMap<number, KeyObject>): CompanyBox {
  const newest = Math.max(...keys.keys());
  const at = (context: string) => `${company}/${context}`;
  return {
    seal: (plain, context) => {
      const id = Buffer.alloc(ID_BYTES);
      id.writeUInt16BE(newest);
      return Buffer.concat([id, seal(keys.get(newest)!, plain, at(context))]);
    },
    open: (sealed, context) => {
      const key = sealed.length > ID_BYTES ? keys.get(Buffer.from(sealed.subarray(0, ID_BYTES)).readUInt16BE()) : undefined;
      if (!key) throw new CannotOpen('sealed under a key that this company does not have');
      return open(key, sealed.subarray(ID_BYTES), at(context));
    },
  };
}

/** Company keys, unwrapped once a process and kept in memory only. */
export function openVault(options: { masterKey: Uint8Array; loadKeys: LoadKeys }): Vault {
  const boxes = new Map<string, Promise<CompanyBox>>();
  const load = async (company: string): Promise<CompanyBox> => {
    const stored = await options.loadKeys(company);
    if (stored.length === 0) throw new Error(`Company ${company} has no key`);
    const keys = stored.map((key) => [key.id, createSecretKey(open(options.masterKey, key.wrapped, wrapContext(company, key.id)))] as const);
    return boxOf(company, new Map(keys));
  };
  return {
    forCompany: (company) => {
      const known = boxes.get(company);
      if (known) return known;
      const loading = load(company);
      boxes.set(company, loading);
      loading.catch(() => boxes.delete(company)); // a database that was away must not be remembered as "no key"
      return loading;
    },
  };
}
