import { crmSystems, type CrmSystemId } from '../libs/crm/registry.js';
import type { Crm, ConnectionTest, CrmCapability } from '../libs/crm/crm.js';
import type { MikroORM } from '../libs/db/orm.js';
import type { CrmFault, CustomerOrder, CustomerQuery, OrderResult, QueryResult } from '../libs/domain/customers.js';
import { customerBookQueries, type CustomerBookQueries } from './customer-book.js';

/** What the system said, and how old that is. A failure is never kept, so it is always of now. */
export type Answer = QueryResult & {
  /** When the system said so: ISO instant. */
  asOf: string;
  /** Nobody was asked just now. */
  cached: boolean;
};

export interface IspHealth {
  state: 'working' | 'down';
  /** When this state began: ISO instant; absent while it was never seen otherwise. */
  since?: string;
  /** What went wrong last. */
  fault?: CrmFault;
}

/**
 * A company's ISP system as everybody uses it. It never throws because the system fails: that is an answer, `unavailable` with its fault.
 */
export interface IspSystem {
  system: CrmSystemId;
  capabilities: ReadonlySet<CrmCapability>;
  /** As of when the system was opened. */
  health: IspHealth;
  /** @throws the signal's reason, once it is aborted: the caller does not wait any more */
  ask(query: CustomerQuery, signal: AbortSignal): Promise<Answer>;
  /** A result that is `unknown` may have had its effect. @throws the signal's reason, once it is aborted */
  act(order: CustomerOrder, signal: AbortSignal): Promise<OrderResult>;
  /** @throws the signal's reason, once it is aborted */
  test(signal: AbortSignal): Promise<ConnectionTest>;
}

export interface IspSystems {
  /** The company's active system: the embedded book where no other was activated. */
  of(company: string): Promise<IspSystem>;
}

export interface IspSystemsDeps {
  orm: MikroORM;
  /** Milliseconds since 1970. */
  now(): number;
  customerBook?: CustomerBookQueries;
  /** How long a system may take before it counts as not answering, in milliseconds. */
  limitMs?: number;
}

const LIMIT_MS = 8_000;

/** Settles with the work or, once the signal is aborted, with its reason: an adapter that ignores the signal cannot hold us. */
function within<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}

/** Waits no longer than the limit. @returns what came, or the fault: a vendor's error may repeat what was asked, and goes no further */
async function limited<T>(work: (signal: AbortSignal) => Promise<T>, limitMs: number, signal: AbortSignal): Promise<T | CrmFault> {
  const late = AbortSignal.timeout(limitMs);
  const either = AbortSignal.any([late, signal]);
  try {
    return await within(either, work(either));
  } catch (problem) {
    if (signal.aborted) throw problem;
    return late.aborted ? 'timeout' : 'unavailable';
  }
}

/** The ISP systems of all companies: the one way to them, for activities and the API alike. */
export function ispSystems({ orm, now, customerBook = customerBookQueries(orm), limitMs = LIMIT_MS }: IspSystemsDeps): IspSystems {
  const embedded = (company: string): Crm => crmSystems.embedded.open({ book: customerBook(company) });
  return {
    of: (company) => {
      const crm = embedded(company);
      return Promise.resolve({
        system: 'embedded',
        capabilities: new Set(crmSystems.embedded.capabilities),
        health: { state: 'working' },
        ask: async (query, signal) => {
          const result = await limited((either) => crm.ask(query, either), limitMs, signal);
          const said: QueryResult = typeof result === 'string' ? { ok: false, reason: 'unavailable', fault: result } : result;
          return { ...said, asOf: new Date(now()).toISOString(), cached: false };
        },
        act: async (order, signal) => {
          const result = await limited((either) => crm.act(order, either), limitMs, signal);
          return typeof result === 'string' ? { ok: false, reason: 'unknown', fault: result } : result;
        },
        test: async (signal) => {
          const began = now();
          const result = await limited((either) => crm.test(either), limitMs, signal);
          return typeof result === 'string' ? { ok: false, ms: now() - began, fault: result } : result;
        },
      });
    },
  };
}
