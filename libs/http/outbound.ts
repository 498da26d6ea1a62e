import { allowedNetworks, type AllowedNetwork } from './address.js';

/**
 * Private networks that may be called: the installation's (OUTBOUND_ALLOW) and one company's (`companies.outbound_allow`).
 * @throws InvalidNetwork; what is stored was checked when it was typed
 */
export const outboundAllowed = (installation: string, company: readonly string[] = []): AllowedNetwork[] =>
  [installation, ...company].flatMap(allowedNetworks);
