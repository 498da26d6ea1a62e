import type { OrderResult } from '../../domain/customers.js';
import type { CrmDeps } from '../crm-deps.js';
import { CrmFailure } from './crm-failure.js';

/** An order that must have its effect once. */
export interface OnceOnly {
  /** Whether the system has it already: the result that says so (`already`, or `rejected` for what forbids it); undefined: not yet. */
  read(): Promise<OrderResult | undefined>;
  /** Tells the system. @throws CrmFailure when what became of it is in doubt */
  write(): Promise<OrderResult>;
}

/** A system that has just cut its answer may still be at it. */
const SETTLE_MS = 1_500;

export function waiter({ sleep }: Pick<CrmDeps, 'sleep'>): (ms: number, signal: AbortSignal) => Promise<void> {
  return sleep ?? ((ms, signal) => new Promise((resolve, reject) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', gaveUp);
    };
    const gaveUp = () => {
      done();
      reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
    };
    const timer = setTimeout(() => {
      done();
      resolve();
    }, ms);
    if (signal.aborted) gaveUp();
    else signal.addEventListener('abort', gaveUp, { once: true });
  }));
}

/** After a doubt: the system is asked what it has. Silence, and "not yet" of a system that may still be at it, stay unknown. */
async function settle({ read }: OnceOnly, failure: CrmFailure): Promise<OrderResult> {
  try {
    const found = await read();
    if (found) return found.ok ? { ...found, done: 'now' } : { ok: false, reason: 'unknown', fault: failure.fault };
    return { ok: false, reason: failure.effect === 'answered' ? 'unavailable' : 'unknown', fault: failure.fault };
  } catch (problem) {
    if (!(problem instanceof CrmFailure)) throw problem;
    return { ok: false, reason: 'unknown', fault: failure.fault };
  }
}

/**
 * Reads, writes, and after a doubt reads again: the same order given twice has its effect once, and what nobody knows is `unknown`.
 * A caller that gave up (the signal) gets its reason thrown; the next attempt reads first.
 */
export async function once(deps: Pick<CrmDeps, 'sleep'>, signal: AbortSignal, order: OnceOnly): Promise<OrderResult> {
  const before = await order.read();
  if (before) return before;
  try {
    return await order.write();
  } catch (problem) {
    if (!(problem instanceof CrmFailure)) throw problem;
    if (problem.effect === 'none') return { ok: false, reason: 'unavailable', fault: problem.fault };
    if (problem.effect === 'maybe') await waiter(deps)(SETTLE_MS, signal);
    return settle(order, problem);
  }
}
