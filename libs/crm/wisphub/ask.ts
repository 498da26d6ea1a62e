import type { Connection, CustomerQuery, Plan, QueryResult } from '../../domain/customers.js';
import type { CrmDeps } from '../crm-deps.js';
import { CrmFailure } from '../wire/crm-failure.js';
import { readRow } from '../wire/lenient.js';
import { NOT_FOUND, type VendorAdapter } from '../wire/vendor-crm.js';
import type { WisphubCalls } from './calls.js';
import type { WisphubInvoices } from './invoices.js';
import { accountOf, invoiceOf, isSuspended, matchOf, planOf, profileOf, type Person } from './map.js';
import type { WisphubPeople } from './people.js';
import { catalogRow, ignored, pingRow, planRow, type ClientRow } from './rows.js';
import type { WisphubSettings } from './settings.js';
import { taskEnd } from './tasks.js';

/** What questions and orders of one opened adapter share. */
export interface Opened {
  settings: WisphubSettings;
  deps: CrmDeps;
  calls: WisphubCalls;
  people: WisphubPeople;
  invoices: WisphubInvoices;
}

/** Each that is lost costs about a second, and somebody waits: one answer says enough. */
const PINGS = 3;

/**
 * Whether the customer's equipment answered. One answer is enough; errors of the router are texts in the place of a result: then nobody knows.
 * @throws CrmFailure when nobody knows
 */
function answered(result: unknown): boolean {
  const entries = (Array.isArray(result) ? (result as unknown[]) : []).flatMap((one): [string, unknown][] => (typeof one === 'object' && one !== null ? Object.entries(one) : []));
  const pings = entries.flatMap(([name, value]) => {
    const read = /^ping-\d+$/u.test(name) ? pingRow.safeParse(value) : undefined;
    return read?.success ? [read.data] : [];
  });
  if (pings.length === 0) throw new CrmFailure('bad-response', 'the router could not ping');
  return pings.some(({ received = '0' }) => Number(received) > 0);
}

async function ping({ calls, deps }: Opened, row: ClientRow, signal: AbortSignal): Promise<boolean> {
  const body = await calls.call({ path: `/clientes/${row.id_servicio}/ping/`, method: 'POST', body: { pings: PINGS }, signal });
  const task = typeof body === 'object' && body !== null ? (body as { task_id?: unknown }).task_id : undefined;
  if (typeof task !== 'string') throw new CrmFailure('bad-response', 'ping: no task');
  const end = await taskEnd(calls, deps, task, signal);
  if (end.state !== 'done') throw new CrmFailure(end.state === 'running' ? 'timeout' : 'bad-response', 'ping');
  return answered(end.result);
}

/** A router that is down for everybody is said at once: nobody's line behind it needs a ping, which would take half a minute to fail. */
async function connectionOf(opened: Opened, row: ClientRow, signal: AbortSignal): Promise<Connection> {
  if (isSuspended(row)) return { status: 'suspended', online: false };
  const { falla_general: isDown = false, falla_general_descripcion: description } = row.router ?? {};
  if (isDown) return { status: 'active', online: false, outage: description === undefined ? {} : { description } };
  return { status: 'active', online: await ping(opened, row, signal) };
}

/** Plans of kind PCQ tell neither speed nor price: they are left out, and reported. */
async function plans({ calls, deps }: Opened, signal: AbortSignal): Promise<Plan[]> {
  const kinds: Record<string, string> = { PPPOE: 'pppoe', 'SIMPLE QUEUE': 'queue' };
  const found: Plan[] = [];
  for (const { id, tipo = '' } of await calls.list({ path: '/plan-internet/', signal }, catalogRow)) {
    const kind = kinds[tipo.toUpperCase()];
    const body = kind === undefined ? undefined : await calls.call({ path: `/plan-internet/${kind}/${id}/`, signal });
    const plan = body === undefined ? undefined : planOf(readRow(deps, '/plan-internet/{kind}/{id}/', planRow, body, ignored), deps.currency);
    if (plan) found.push(plan);
    else deps.report?.({ operation: '/plan-internet/ without speed or price', fields: [tipo] });
  }
  return found;
}

/** What WispHub answers. It has no documents of invoices and no speed test. */
export function wisphubQueries(opened: Opened): VendorAdapter['queries'] {
  const { people, invoices, deps } = opened;
  type Of<Kind> = Extract<CustomerQuery, { kind: Kind }>;
  const known = <Q extends { customer: string }>(answer: (person: Person, query: Q, signal: AbortSignal) => Promise<QueryResult>) => (
    async (query: Q, signal: AbortSignal): Promise<QueryResult> => {
      const person = await people.byId(query.customer, signal);
      return person ? answer(person, query, signal) : NOT_FOUND;
    });
  const matches = (found: readonly Person[]): QueryResult => ({ ok: true, kind: 'customers', customers: found.map((person) => matchOf(person, deps.defaultCountry)) });
  return {
    'by-phone': async ({ phone }, signal) => matches(await people.byPhone(phone, signal)),
    'by-document': async ({ document }, signal) => matches(await people.byDocument(document, signal)),
    account: known<Of<'account'>>(async (person, _, signal) => ({ ok: true, kind: 'account', account: accountOf(person, await invoices.owed(person, signal), deps.currency) })),
    profile: known<Of<'profile'>>((person) => Promise.resolve({ ok: true, kind: 'profile', profile: profileOf(person, deps.defaultCountry, deps.currency) })),
    connection: known<Of<'connection'>>(async (person, { service }, signal) => {
      const row = person.find(({ id_servicio: number }) => number === service);
      return row ? { ok: true, kind: 'connection', connection: await connectionOf(opened, row, signal) } : NOT_FOUND;
    }),
    invoices: known<Of<'invoices'>>(async (person, { limit }, signal) => (
      { ok: true, kind: 'invoices', invoices: (await invoices.latest(person, limit, signal)).flatMap((row) => invoiceOf(row, deps.currency)) })),
    plans: async (_, signal) => ({ ok: true, kind: 'plans', plans: await plans(opened, signal) }),
  };
}
