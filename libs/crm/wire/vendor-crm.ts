import type { CustomerOrder, CustomerQuery, OrderResult, QueryResult } from '../../domain/customers.js';
import type { ConnectionTest, Crm } from '../crm.js';
import type { CrmDeps } from '../crm-deps.js';
import { CrmFailure } from './crm-failure.js';

type Handlers<All extends { kind: string }, Result> = {
  [Kind in All['kind']]?: (request: Extract<All, { kind: Kind }>, signal: AbortSignal) => Promise<Result>;
};

/** A vendor's adapter: what it can do, by kind. All else is unsupported. */
export interface VendorAdapter {
  queries: Handlers<CustomerQuery, QueryResult>;
  orders: Handlers<CustomerOrder, OrderResult>;
  /** Calls the system. @throws CrmFailure with what is wrong */
  test(signal: AbortSignal): Promise<{ version?: string; found?: Record<string, string> }>;
}

const UNSUPPORTED = { ok: false, reason: 'unsupported' } as const;
export const NOT_FOUND = { ok: false, reason: 'not-found' } as const;

/** What a caller sees of a failed call; an order that throws has done nothing that is known of, but may have. */
async function unlessFailed<T, F>(work: () => Promise<T>, failed: (failure: CrmFailure) => F): Promise<T | F> {
  try {
    return await work();
  } catch (problem) {
    if (problem instanceof CrmFailure) return failed(problem);
    throw problem;
  }
}

/**
 * The port over a vendor's calls: a `CrmFailure` becomes `unavailable` with its fault (an order whose call may have arrived: `unknown`).
 */
export function vendorCrm(deps: Pick<CrmDeps, 'now'>, { queries, orders, test }: VendorAdapter): Crm {
  return {
    ask: (query, signal): Promise<QueryResult> => {
      const handler = queries[query.kind] as ((query: CustomerQuery, signal: AbortSignal) => Promise<QueryResult>) | undefined;
      if (!handler) return Promise.resolve(UNSUPPORTED);
      return unlessFailed(() => handler(query, signal), ({ fault }): QueryResult => ({ ok: false, reason: 'unavailable', fault }));
    },
    act: (order, signal): Promise<OrderResult> => {
      const handler = orders[order.kind] as ((order: CustomerOrder, signal: AbortSignal) => Promise<OrderResult>) | undefined;
      if (!handler) return Promise.resolve(UNSUPPORTED);
      return unlessFailed(() => handler(order, signal), ({ fault, effect }): OrderResult => (
        { ok: false, reason: effect === 'maybe' ? 'unknown' : 'unavailable', fault }
      ));
    },
    test: async (signal): Promise<ConnectionTest> => {
      const began = deps.now();
      const ms = () => deps.now() - began;
      return unlessFailed(
        async (): Promise<ConnectionTest> => ({ ok: true, ...(await test(signal)), ms: ms() }),
        ({ fault, detail }): ConnectionTest => ({ ok: false, ms: ms(), fault, ...(detail === '' ? {} : { detail }) }),
      );
    },
  };
}
