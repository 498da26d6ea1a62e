import { genericDescription } from '../description.js';

/**
 * What public integrations tell of two more systems, each one source and not verified with the vendor (research, external-apis §3): where the key goes and how
 * errors look. Their operations are for a technician with an account to describe.
 */

/** The address that one integration uses: https://api.anatod.ar */
export const ispkeeperBeginning = genericDescription.parse({
  version: 1, name: 'ISPKeeper', auth: { mode: 'header', name: 'x-api-key' }, operations: {}, map: {},
});

/** It always answers HTTP 200; the real code is in the body. */
export const wisproBeginning = genericDescription.parse({
  version: 1, name: 'Wispro', auth: { mode: 'header', name: 'Authorization' }, operations: {}, map: {}, statusPath: '$.status',
});
