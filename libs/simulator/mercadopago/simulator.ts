import type { SimulatedAnswer, SimulatedRequest } from '../exchange.js';
import { api } from './api.js';
import { Notices } from './notices.js';
import { MercadoPagoWorld, type Outcome, type Payment, type Preference } from './world.js';

/** timeout: nothing done, no answer · apply-then-timeout: done, no answer · drop: the connection is cut · unavailable: 503 · rate-limited: 429 · unauthorized: 401 · html: a page. */
export const faultKinds = ['timeout', 'apply-then-timeout', 'drop', 'unavailable', 'rate-limited', 'unauthorized', 'html'] as const;
export type FaultKind = (typeof faultKinds)[number];

export interface Fault {
  kind: FaultKind;
  /** How many calls it hits: 1. */
  times?: number | undefined;
  /** Only calls whose path has this part. */
  path?: string | undefined;
  /** Timeouts: how long the connection stays open (60,000). */
  ms?: number | undefined;
}

/** An answer after `waitMs`; none: the connection is cut then. */
export interface Reaction {
  waitMs: number;
  answer?: SimulatedAnswer;
}

const answers: Partial<Record<FaultKind, SimulatedAnswer>> = {
  unavailable: { status: 503, body: { message: 'service unavailable', error: 'service_unavailable', status: 503, cause: [] } },
  'rate-limited': { status: 429, body: { message: 'too many requests', error: 'local_rate_limited', status: 429, cause: [] } },
  unauthorized: { status: 401, body: { message: 'invalid access token', error: 'unauthorized', status: 401, cause: [] } },
  html: { headers: { 'content-type': 'text/html' }, body: '<!DOCTYPE html><html><body>Mantenimiento</body></html>' },
};

const CALLS_KEPT = 10_000;

/** A MercadoPago of one seller: its API, its webhooks, and what becomes of its payments. */
export class MercadoPagoSimulator {
  readonly world: MercadoPagoWorld;
  readonly notices: Notices;
  /** Calls of the API so far. Queries and headers stay out: a key is in them. */
  readonly calls: { method: string; path: string; status: number }[] = [];
  #faults: (Fault & { left: number })[] = [];

  constructor(now: () => number = Date.now) {
    this.world = new MercadoPagoWorld(now);
    this.notices = new Notices(this.world);
  }

  pay(preference: Preference, outcome: Outcome, amount?: number): Payment {
    const payment = this.world.pay(preference, outcome, amount);
    this.notices.tell(payment, true);
    return payment;
  }

  change(payment: Payment, status: string, refund?: number): void {
    this.world.change(payment, status, refund);
    this.notices.tell(payment, false);
  }

  addFault(fault: Fault): void {
    this.#faults.push({ ...fault, left: fault.times ?? 1 });
  }

  clearFaults(): void {
    this.#faults = [];
  }

  /** What the API does with a call, the fault that waits for it counted in. */
  react(request: SimulatedRequest): Reaction {
    const reaction = this.#called(request);
    this.calls.push({ method: request.method, path: request.path, status: reaction.answer?.status ?? (reaction.answer ? 200 : 0) });
    if (this.calls.length > CALLS_KEPT) this.calls.shift();
    return reaction;
  }

  #called(request: SimulatedRequest): Reaction {
    const fault = this.#take(request.path);
    const answered = (): SimulatedAnswer => api(request, this.world) ?? { status: 404, body: { message: 'resource not found', error: 'not_found', status: 404, cause: [] } };
    if (!fault) return { waitMs: 0, answer: answered() };
    const known = answers[fault.kind];
    if (known) return { waitMs: 0, answer: known };
    if (fault.kind === 'apply-then-timeout') answered();
    return { waitMs: fault.kind === 'drop' ? 0 : (fault.ms ?? 60_000) };
  }

  #take(path: string): Fault | undefined {
    const found = this.#faults.find((one) => path.includes(one.path ?? ''));
    if (!found) return undefined;
    found.left -= 1;
    this.#faults = this.#faults.filter(({ left }) => left > 0);
    return found;
  }
}
