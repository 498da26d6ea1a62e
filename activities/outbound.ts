import type pg from 'pg';
import { guardedClient } from '../libs/http/guarded-client.js';
import type { HttpClient } from '../libs/http/http-client.js';
import { outboundAllowed } from '../libs/http/outbound.js';

export interface OutboundDeps {
  pool: Pick<pg.Pool, 'query'>;
  /** OUTBOUND_ALLOW. @throws InvalidNetwork at once, when it is none */
  installation: string;
}

const QUERY = { name: 'outbound_allow', text: 'select outbound_allow from companies where id = $1' };

/**
 * Calls on a company's behalf: to the public internet, and to the private networks that the operator allows the installation or this company. What
 * is allowed is read for each call, so that taking it back counts at once.
 */
export function outbound({ pool, installation }: OutboundDeps): (company: string) => HttpClient {
  outboundAllowed(installation);
  return (company) => async (request) => {
    const { rows: [row] } = await pool.query<{ outbound_allow: string[] }>({ ...QUERY, values: [company] });
    return guardedClient({ allowed: outboundAllowed(installation, row?.outbound_allow) })(request);
  };
}
