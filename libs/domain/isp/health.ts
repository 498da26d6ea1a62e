import type { CrmFault } from '../customers.js';

/** How an ISP's system fares, as calls have found it. Moments in milliseconds since 1970. */
export interface SystemHealth {
  state: 'up' | 'down';
  /** When this state began. */
  sinceMs: number;
  /** Failures in a row, while it is up. */
  failures: number;
  /** Successes in a row of calls that tried whether it is back, while it is down. */
  successes: number;
  /** What went wrong last, while it has not answered since. */
  fault?: CrmFault;
  /** When it answered last. */
  okAtMs?: number;
  /** While it is down: when one call may try again. */
  probeAtMs?: number;
}

export interface HealthRule {
  /** So many failures in a row take it down: one that is late is no outage. */
  opensAfter: number;
  /** So many successes in a row bring it back: one lucky answer is no recovery. */
  closesAfter: number;
  /** How long nobody asks a system that is down, after each failure. */
  restMs: number;
  /** How long a call that tries may take before another one may. */
  probeMs: number;
}

export const healthRule: HealthRule = { opensAfter: 3, closesAfter: 2, restMs: 30_000, probeMs: 60_000 };

/**
 * What speaks of the whole system. The others say nothing of it: `forbidden` and `bad-response` are of one operation, `rate-limited` and
 * `quota` of how much was asked.
 */
const outages: ReadonlySet<CrmFault> = new Set(['name', 'refused', 'tls', 'auth', 'timeout', 'unavailable', 'html', 'licence', 'address']);

export const isOutage = (fault: CrmFault): boolean => outages.has(fault);

export const newHealth = (nowMs: number): SystemHealth => ({ state: 'up', sinceMs: nowMs, failures: 0, successes: 0 });

/** Whether a call may go out now: as any other, as the one that tries whether the system is back, or not at all. */
export function admits(health: SystemHealth, nowMs: number): 'call' | 'probe' | 'nothing' {
  if (health.state === 'up') return 'call';
  return nowMs >= (health.probeAtMs ?? 0) ? 'probe' : 'nothing';
}

/** A call goes out to try: nobody else does until it has ended, or is overdue. */
export const probing = (health: SystemHealth, nowMs: number, rule = healthRule): SystemHealth => ({ ...health, probeAtMs: nowMs + rule.probeMs });

/**
 * What a call's end says of the system. It changes its state only after several in a row, and a system that just went down is left alone
 * for a while, so that it does not flap.
 * @param fault what went wrong; absent: it answered
 */
export function afterCall(health: SystemHealth, fault: CrmFault | undefined, nowMs: number, rule = healthRule): SystemHealth {
  if (fault !== undefined && !isOutage(fault)) return released(health, nowMs);
  return fault === undefined ? afterSuccess(health, nowMs, rule) : afterFailure(health, fault, nowMs, rule);
}

/** The call told nothing: another one may try at once. */
const released = (health: SystemHealth, nowMs: number): SystemHealth => (health.state === 'up' ? health : { ...health, probeAtMs: nowMs });

function afterSuccess({ state, sinceMs, successes, fault }: SystemHealth, nowMs: number, { closesAfter }: HealthRule): SystemHealth {
  if (state === 'up') return { state, sinceMs, failures: 0, successes: 0, okAtMs: nowMs };
  if (successes + 1 >= closesAfter) return { ...newHealth(nowMs), okAtMs: nowMs };
  return { state, sinceMs, failures: 0, successes: successes + 1, okAtMs: nowMs, probeAtMs: nowMs, ...(fault === undefined ? {} : { fault }) };
}

function afterFailure(health: SystemHealth, fault: CrmFault, nowMs: number, { opensAfter, restMs }: HealthRule): SystemHealth {
  const failures = health.failures + 1;
  if (health.state === 'up' && failures < opensAfter) return { ...health, failures, fault };
  const since = health.state === 'up' ? nowMs : health.sinceMs;
  return { ...health, state: 'down', sinceMs: since, failures: 0, successes: 0, fault, probeAtMs: nowMs + restMs };
}
