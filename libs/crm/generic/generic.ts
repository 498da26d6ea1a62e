import { z } from 'zod';
import type { CrmFault, CustomerOrder, CustomerQuery, OrderResult, QueryResult } from '../../domain/customers.js';
import type { Crm, CrmCapability, ConnectionTest } from '../crm.js';
import type { CrmDeps } from '../crm-deps.js';
import { CrmFailure } from '../wire/crm-failure.js';
import type { Line } from '../wire/json-call.js';
import { lineOf, lineSettings, secretSetting, setting, systemUrl } from '../wire/settings.js';
import { versionOf } from './answers.js';
import { askOnce, NotThere, type Asked } from './asking.js';
import { capabilitiesOf, genericDescription, type GenericDescription } from './description.js';
import { operationNames, operationSpec, type OperationName } from './operations.js';
import * as orders from './orders.js';
import { phoneValues } from './phones.js';
import * as queries from './queries.js';
import type { TemplateValues } from './template.js';

/** A system that somebody described. No secret where its description wants none. */
export const genericSettings = z.object({
  url: systemUrl(),
  secret: secretSetting('generic.secret').optional().meta({ label: 'integrations.field.generic.secret', help: 'integrations.field.generic.secret.help', secret: true }),
  description: setting('generic.description', genericDescription),
  ...lineSettings,
});
export type GenericSettings = z.infer<typeof genericSettings>;

/** All that a description can make a system do; what one of them really does is `Crm.capabilities`. */
export const genericCapabilities: readonly CrmCapability[] = operationNames.flatMap((name) => operationSpec(name).capability ?? []);

/** A described system, how it is reached, and its secret: what is left of the settings of any preset. */
export interface Described {
  url: string;
  secret: string;
  description: GenericDescription;
  line: Line;
}

const UNSUPPORTED = { ok: false, reason: 'unsupported' } as const;

function query(system: Asked, asked: CustomerQuery, signal: AbortSignal): Promise<QueryResult> {
  switch (asked.kind) {
    case 'by-phone': return queries.byPhone(system, asked, signal);
    case 'by-document': return queries.byDocument(system, asked, signal);
    case 'account': return queries.account(system, asked, signal);
    case 'connection': return queries.connection(system, asked, signal);
    case 'plans': return queries.plans(system, signal);
    case 'profile': return queries.profile(system, asked, signal);
    case 'invoices': return queries.invoices(system, asked, signal);
    case 'invoice-document': return queries.invoiceDocument(system, asked, signal);
    case 'speed-test': return queries.speedTest(system, asked, signal);
  }
}

function order(system: Asked, told: CustomerOrder, signal: AbortSignal): Promise<OrderResult> {
  switch (told.kind) {
    case 'pay': return orders.pay(system, told, signal);
    case 'reverse-payment': return orders.reversePayment(system, told, signal);
    case 'reactivate':
    case 'suspend': return orders.switchService(system, told, signal);
    case 'open-ticket': return orders.openTicket(system, told, signal);
    case 'close-ticket': return orders.closeTicket(system, told, signal);
    case 'prospect': return orders.prospect(system, told, signal);
  }
}

/** What a failure is to the caller; what is none of ours (an abort) goes on. */
function failureOf(problem: unknown): { reason: 'not-found' } | { reason: 'unavailable'; fault: CrmFault } {
  if (problem instanceof NotThere) return { reason: 'not-found' };
  if (problem instanceof CrmFailure) return { reason: 'unavailable', fault: problem.fault };
  throw problem;
}

/** How "Probar conexión" asks a system: its own operation, else a search for nobody. */
function probeOf({ operations }: GenericDescription, country: string): { name: OperationName; values: TemplateValues } | undefined {
  if (operations.test) return { name: 'test', values: {} };
  if (operations.findByDocument) return { name: 'findByDocument', values: { document: 'X0' } };
  if (operations.findByPhone) return { name: 'findByPhone', values: phoneValues(country === 'AR' ? '5491100000000' : '12015550100')?.values ?? {} };
  if (operations.profile) return { name: 'profile', values: { id: '0' } };
  return operations.plans ? { name: 'plans', values: {} } : undefined;
}

async function test(system: Asked, signal: AbortSignal): Promise<ConnectionTest> {
  const { deps, description } = system;
  const began = deps.now();
  const ms = () => Math.max(0, Math.round(deps.now() - began));
  const probe = probeOf(description, deps.defaultCountry);
  if (!probe) return { ok: false, ms: 0, fault: 'bad-response', detail: 'The description has no operation that can be tried.' };
  let detail: string | undefined;
  try {
    const watched = { ...system, watch: ({ status }: { status: number }) => { detail = `HTTP ${status}`; } };
    const { verdict } = await askOnce(watched, probe.name, probe.values, signal);
    const isThere = verdict.kind === 'answer' ? verdict.json !== undefined : verdict.kind === 'not-found' && probe.name !== 'test';
    if (isThere) {
      const version = verdict.kind === 'answer' ? versionOf(description, verdict.json) : undefined;
      return { ok: true, ms: ms(), ...(version === undefined ? {} : { version }) };
    }
    return { ok: false, ms: ms(), fault: verdict.kind === 'fault' ? verdict.fault : 'bad-response', ...(detail ? { detail } : {}) };
  } catch (problem) {
    const failure = failureOf(problem);
    return { ok: false, ms: ms(), fault: failure.reason === 'unavailable' ? failure.fault : 'bad-response', ...(detail ? { detail } : {}) };
  }
}

/**
 * Any system with a REST API, by its description. It asks the address of its settings and no other (documents: hosts that the description
 * names), and believes no filter: rows are checked again.
 */
export function describedCrm({ url, secret, description, line }: Described, deps: CrmDeps): Crm {
  const system: Asked = { url, secret, description, ...line, deps };
  const capabilities = capabilitiesOf(description);
  const can = new Set<string>(capabilities);
  return {
    capabilities,
    ask: async (asked, signal) => {
      if (!can.has(asked.kind)) return UNSUPPORTED;
      try {
        return await query(system, asked, signal);
      } catch (problem) {
        return { ok: false, ...failureOf(problem) };
      }
    },
    act: async (told, signal) => {
      if (!can.has(told.kind)) return UNSUPPORTED;
      try {
        return await order(system, told, signal);
      } catch (problem) {
        return { ok: false, ...failureOf(problem) }; // before anything was changed: doubts are settled where they arise
      }
    },
    test: (signal) => test(system, signal),
  };
}

/** A system that a company's technician described. */
export const genericCrm = ({ url, secret = '', description, ...line }: GenericSettings, deps: CrmDeps): Crm =>
  describedCrm({ url, secret, description, line: lineOf(line) }, deps);
