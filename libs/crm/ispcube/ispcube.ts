import type { Crm, CrmCapability } from '../crm.js';
import type { CrmDeps } from '../crm-deps.js';
import { CrmFailure } from '../wire/crm-failure.js';
import { vendorCrm } from '../wire/vendor-crm.js';
import { ispcubeOrders } from './act.js';
import { ispcubeQueries, type Opened } from './ask.js';
import { ispcubeCatalog } from './catalog.js';
import { ispcubeSession } from './session.js';
import type { IspcubeSettings } from './settings.js';

/**
 * No speed test, no switching of services, no prospects: ISPCube has no such calls. Plans neither: its catalogue tells no speeds. Messages go
 * through the message gateway, which ISPCube has to be configured for.
 */
export const ispcubeCapabilities = [
  'by-phone', 'by-document', 'account', 'connection', 'profile', 'invoices', 'invoice-document', 'pay', 'open-ticket', 'close-ticket',
] as const satisfies readonly CrmCapability[];

const NOBODY = '0';

/** Logs in and asks for a customer that cannot be: that shows a wrong key, a missing header and a user without permission. Two requests. */
async function test({ session, settings }: Opened, signal: AbortSignal): Promise<{ found: Record<string, string> }> {
  if (settings.login === 'token' && settings.user === undefined) throw new CrmFailure('auth', 'the user is missing', 'none');
  await session.login(signal);
  if (settings.login === 'legacy') await session.call({ path: '/customers', query: { page: '1', limit: '1', q: NOBODY }, signal });
  else await session.call({ path: '/customer', query: { customer_id: NOBODY }, signal });
  return { found: {} };
}

/** ISPCube with one company's access. One token serves all its calls. */
export function ispcubeCrm(settings: IspcubeSettings, deps: CrmDeps): Crm {
  const session = ispcubeSession(settings, deps);
  const opened: Opened = { settings, deps, session, catalog: ispcubeCatalog(session, deps) };
  const adapter = { queries: ispcubeQueries(opened), orders: ispcubeOrders(opened), test: (signal: AbortSignal) => test(opened, signal) };
  return { ...vendorCrm(deps, adapter), capabilities: ispcubeCapabilities.filter((kind) => kind in adapter.queries || kind in adapter.orders) };
}
