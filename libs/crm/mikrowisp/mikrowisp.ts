import type { Crm, CrmCapability } from '../crm.js';
import type { CrmDeps } from '../crm-deps.js';
import { vendorCrm } from '../wire/vendor-crm.js';
import { mikrowispCommands } from './commands.js';
import { mikrowispOrders } from './orders.js';
import { mikrowispQueries, type Opened } from './queries.js';
import type { MikrowispSettings } from './settings.js';

/** No plans and no speed test: no command for them is known. A speed test by a link is the flow's, which needs no system. */
export const mikrowispCapabilities = [
  'by-phone', 'by-document', 'account', 'connection', 'profile', 'invoices', 'invoice-document', 'pay', 'reverse-payment', 'reactivate', 'suspend',
  'open-ticket', 'close-ticket', 'prospect',
] as const satisfies readonly CrmCapability[];

/** MikroWisp with one company's access. */
export function mikrowispCrm(settings: MikrowispSettings, deps: CrmDeps): Crm {
  const opened: Opened = { settings, deps, commands: mikrowispCommands(settings, deps) };
  return vendorCrm(deps, {
    queries: mikrowispQueries(opened),
    orders: mikrowispOrders(opened),
    // No ping is known: a customer who cannot be. "Nobody" is the answer of a system that works.
    test: async (signal) => {
      await opened.commands.call('GetClientsDetails', { idcliente: 0 }, signal);
      return {};
    },
  });
}
