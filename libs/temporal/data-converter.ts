import { fileURLToPath } from 'node:url';
import type { DataConverter } from '@temporalio/common';
import type { Vault } from '../vault/vault.js';
import { CompanyCodec } from './codec.js';

/** The failure converter's file beside this one: `.ts` when run from sources, `.js` from dist. */
export const failureConverterPath = fileURLToPath(
  new URL(`./failure-converter.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url),
);

/** The one data converter of all clients and workers. */
export const dataConverter = (vault: Vault): DataConverter => ({
  failureConverterPath,
  payloadCodecs: [new CompanyCodec(vault)],
});
