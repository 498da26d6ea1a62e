import type { Crm, CrmCapability } from '../crm.js';
import type { CrmDeps } from '../crm-deps.js';
import { CrmFailure } from '../wire/crm-failure.js';
import { vendorCrm } from '../wire/vendor-crm.js';
import { wisphubQueries, type Opened } from './ask.js';
import { wisphubCalls, type WisphubCalls } from './calls.js';
import { wisphubInvoices } from './invoices.js';
import { pay } from './pay.js';
import { wisphubPeople } from './people.js';
import { pageRow } from './rows.js';
import { wisphubHosts, type WisphubSettings } from './settings.js';
import { closeTicket, openTicket } from './tickets.js';

/**
 * No documents of invoices and no speed test: WispHub has no such calls. Services are switched by a payment (`accion`), as a change of `estado`
 * does not stick; new clients need an address of the network, so prospects stay in Hilo.
 */
export const wisphubCapabilities = [
  'by-phone', 'by-document', 'account', 'connection', 'plans', 'profile', 'invoices', 'pay', 'open-ticket', 'close-ticket',
] as const satisfies readonly CrmCapability[];

/** Filters that the adapter leans on, each with a value that nobody has. */
const probes = { cedula: '000000000000', usuario: 'nadie@nadie', id_servicio: '999999999', telefono__contains: '000000000000' } as const;

/** Which filters this account ignores: whoever asks for nobody and gets somebody knows. They are reported; answers stay right, but cost more. */
async function probe({ call }: WisphubCalls, deps: CrmDeps, signal: AbortSignal): Promise<void> {
  const ignoredHere: string[] = [];
  for (const [name, value] of Object.entries(probes)) {
    const read = pageRow.safeParse(await call({ path: '/clientes/', query: { [name]: value, limit: '1' }, signal }));
    if (!read.success) throw new CrmFailure('bad-response', '/clientes/: no list');
    if (read.data.count > 0) ignoredHere.push(name);
  }
  if (ignoredHere.length > 0) deps.report?.({ operation: '/clientes/ ignores the filter', fields: ignoredHere });
}

const WRONG_HOST: readonly string[] = ['html', 'name', 'refused'];

/** WispHub's own hosts are tried, none else: the key goes nowhere but to them and to what was typed. */
async function test(settings: WisphubSettings, deps: CrmDeps, hosts: readonly string[], signal: AbortSignal): Promise<{ found: Record<string, string> }> {
  const isTheirs = settings.url === undefined || hosts.includes(settings.url);
  const candidates = settings.url === undefined ? hosts : [...new Set([settings.url, ...(isTheirs ? hosts : [])])];
  let failure: CrmFailure | undefined;
  for (const url of candidates) {
    try {
      await probe(wisphubCalls(settings, deps, url), deps, signal);
      return { found: { url } };
    } catch (problem) {
      if (!(problem instanceof CrmFailure)) throw problem;
      failure = failure && WRONG_HOST.includes(problem.fault) ? failure : problem;
      if (!WRONG_HOST.includes(problem.fault) && problem.fault !== 'auth') break; // it answered as WispHub does
    }
  }
  throw failure ?? new CrmFailure('name');
}

/**
 * WispHub with one company's access.
 * @param hosts where an account may live; specs have their own
 */
export function wisphubCrm(settings: WisphubSettings, deps: CrmDeps, hosts: readonly string[] = wisphubHosts): Crm {
  const calls = wisphubCalls(settings, deps);
  const opened: Opened = { settings, deps, calls, people: wisphubPeople(calls, deps), invoices: wisphubInvoices(calls, deps) };
  return vendorCrm(deps, {
    queries: wisphubQueries(opened),
    orders: {
      pay: (order, signal) => pay(opened, order, signal),
      'open-ticket': (order, signal) => openTicket(opened, order, signal),
      'close-ticket': (order, signal) => closeTicket(opened, order, signal),
    },
    test: (signal) => test(settings, deps, hosts, signal),
  });
}
