import { randomBytes } from 'node:crypto';
import type { DataConverter } from '@temporalio/common';
import { dataConverter } from '../temporal/data-converter.js';
import { newCompanyKey, openVault } from '../vault/vault.js';

/** Payloads encrypted as in production, under a new key of the company. */
export function companyConverter(company: string): DataConverter {
  const masterKey = randomBytes(32);
  const key = newCompanyKey(masterKey, company);
  return dataConverter(openVault({ masterKey, loadKeys: () => Promise.resolve([key]) }));
}
