import { AsyncLocalStorage } from 'node:async_hooks';
import type { HttpClient } from '../../libs/http/http-client.js';
import type { Connection } from './connections.js';
import type { Pace } from './pace.js';

/** One question or order, and the requests that it makes. */
export interface CallInHand {
  /** Whether a spent budget stops it. */
  enforced: boolean;
  /** It wanted a request that the budget has not. */
  spent: boolean;
  /** Requests of it that wait for their turn. */
  waiting: number;
  unmapped: { operation: string; fields: string[] }[];
}

export const newCall = (enforced: boolean): CallInHand => ({ enforced, spent: false, waiting: 0, unmapped: [] });

/** A request that the company's budget has not: nothing was sent. */
export class BudgetSpent extends Error {
  override readonly name = 'BudgetSpent';
}

/** The call that the running code belongs to: adapters know nothing of it. */
export const callInHand = new AsyncLocalStorage<CallInHand>();

export interface OutgoingDeps {
  /** Guarded, for this company. */
  http: HttpClient;
  connection: Pick<Connection, 'tls' | 'limitMs'>;
  pace: Pace;
  /** Takes one request of the budget. */
  take(enforced: boolean): Promise<boolean>;
}

/** The client that an adapter calls with: at the company's pace, within its budget, with the connection's TLS and time limit. */
export function outgoing({ http, connection, pace, take }: OutgoingDeps): HttpClient {
  return async (request) => {
    const call = callInHand.getStore();
    if (call) call.waiting += 1;
    let counted = false;
    const served = () => {
      if (call && !counted) call.waiting -= 1;
      counted = true;
    };
    try {
      return await pace.run(request.signal, async () => {
        served();
        if (!(await take(call?.enforced ?? true))) {
          if (call) call.spent = true;
          throw new BudgetSpent('The request budget of this ISP system is spent');
        }
        return http({ ...request, tls: connection.tls, timeoutMs: Math.min(request.timeoutMs ?? connection.limitMs, connection.limitMs) });
      });
    } finally {
      served();
    }
  };
}
