import type { ConnectionTest, Crm, CrmCapability } from '../../libs/crm/crm.js';
import type { CrmFault, CustomerOrder, CustomerQuery, OrderResult, QueryResult } from '../../libs/domain/customers.js';
import { SPEED_TEST_MS } from '../../libs/domain/isp/connection.js';
import { changedBy, mayBeKept } from '../../libs/domain/isp/keeping.js';
import type { Answer } from '../isp-systems.js';
import { questionKey, type AnswerCache, type Kept } from './answer-cache.js';
import { limited, within, type Limited } from './limited.js';
import { callInHand, newCall, type CallInHand } from './outgoing.js';
import type { SystemRecords } from './records.js';

export interface OutsideDeps {
  crm: Crm;
  capabilities: ReadonlySet<CrmCapability>;
  cache: AnswerCache;
  records: SystemRecords;
  limitMs: number;
  now(): number;
}

/** A document is made when it is asked for, an order reads before and after it writes. No question takes longer than LONGEST_ASK_MS. */
const patienceMs = (kind: CustomerQuery['kind'], limitMs: number): number =>
  kind === 'speed-test' ? Math.max(limitMs, SPEED_TEST_MS) : kind === 'invoice-document' ? 2 * limitMs : limitMs;
const ORDER_LIMITS = 4;
const TEST_LIMITS = 2;

/** How a call ended: what the adapter said, or the fault that kept it from saying anything. */
type Ended<T> = { said: T } | { fault: CrmFault; refused: boolean };

/** A system that is reached over the network: asked once for all who ask the same, not at all while it is down, and written down. */
export class OutsideSystem {
  readonly #asking = new Map<string, Promise<Answer>>();
  /** The last order about each customer, until it has ended. */
  readonly #acting = new Map<string, Promise<unknown>>();

  constructor(private readonly deps: OutsideDeps) {}

  get capabilities(): ReadonlySet<CrmCapability> {
    return this.deps.capabilities;
  }

  ask(query: CustomerQuery, signal: AbortSignal, age: 'kept' | 'now' = 'kept'): Promise<Answer> {
    if (!this.deps.capabilities.has(query.kind)) return Promise.resolve({ ok: false, reason: 'unsupported', asOf: this.#iso(this.deps.now()), cached: false });
    const key = questionKey(query);
    if (age === 'now') return within(signal, this.#askNow(key, query));
    const asked = this.#asking.get(key) ?? this.#begin(key, query);
    return within(signal, asked);
  }

  /** The answer goes to whoever asks the same meanwhile; that one of them leaves stops nothing. */
  #begin(key: string, query: CustomerQuery): Promise<Answer> {
    const asked: Promise<Answer> = this.#answer(key, query).finally(() => {
      if (this.#asking.get(key) === asked) this.#asking.delete(key);
    });
    this.#asking.set(key, asked);
    return asked;
  }

  async #answer(key: string, query: CustomerQuery): Promise<Answer> {
    const kept = mayBeKept(query) ? await this.deps.cache.read(key) : undefined;
    if (kept?.fresh) return this.#again(kept);
    const said = await this.#askNow(key, query);
    return !said.ok && said.reason === 'unavailable' && kept ? this.#again(kept) : said;
  }

  async #askNow(key: string, query: CustomerQuery): Promise<Answer> {
    const { cache, crm, now, limitMs } = this.deps;
    const beganAt = now();
    const ended = await this.#call(query.kind, true, patienceMs(query.kind, limitMs), (either) => crm.ask(query, either), faultOfAnswer);
    const result: QueryResult = 'said' in ended ? ended.said : { ok: false, reason: 'unavailable', fault: ended.fault };
    await cache.keep(key, query, result, beganAt);
    return { ...result, asOf: this.#iso(beganAt), cached: false };
  }

  act(order: CustomerOrder, signal: AbortSignal): Promise<OrderResult> {
    if (!this.deps.capabilities.has(order.kind)) return Promise.resolve({ ok: false, reason: 'unsupported' });
    return within(signal, this.#inTurn(changedBy(order) ?? order.kind, () => this.#act(order, signal)));
  }

  /**
   * Orders about one customer go one after the other: two that read before either has written would both pay. In this process; of two
   * processes one has to be chosen by who gives the order.
   */
  #inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
    const mine = (this.#acting.get(key) ?? Promise.resolve()).then(work);
    const ended = mine.then(() => undefined, () => undefined).finally(() => {
      if (this.#acting.get(key) === ended) this.#acting.delete(key);
    });
    this.#acting.set(key, ended);
    return mine;
  }

  async #act(order: CustomerOrder, signal: AbortSignal): Promise<OrderResult> {
    signal.throwIfAborted(); // whoever gave it up while it waited was told that nothing is known of it
    const { cache, crm, limitMs } = this.deps;
    const ended = await this.#call(order.kind, false, ORDER_LIMITS * limitMs, (either) => crm.act(order, either), faultOfOrder, signal);
    if ('refused' in ended && ended.refused) return { ok: false, reason: 'unavailable', fault: ended.fault };
    this.#asking.clear(); // what is being asked may have been read before: whoever asks from now on asks anew
    const customer = changedBy(order);
    if (customer !== undefined) await cache.forget(customer).catch(() => undefined); // what became of the order must be told, whatever else fails
    return 'said' in ended ? ended.said : { ok: false, reason: 'unknown', fault: ended.fault };
  }

  /** Calls it even while it is down: somebody wants to know. */
  async test(signal: AbortSignal): Promise<ConnectionTest> {
    const began = this.deps.now();
    const call = newCall(false);
    const got = await callInHand.run(call, () => limited((either) => this.deps.crm.test(either), TEST_LIMITS * this.deps.limitMs, signal));
    const test: ConnectionTest = 'came' in got ? got.came : { ok: false, ms: this.deps.now() - began, fault: faultOf(got, call) };
    const failure = test.ok ? {} : { fault: test.fault, ...(test.detail === undefined ? {} : { detail: test.detail }) };
    await this.deps.records.ended({ operation: 'test', ...failure, unmapped: call.unmapped });
    return test;
  }

  async #call<T>(
    operation: string, enforced: boolean, limitMs: number, work: (signal: AbortSignal) => Promise<T>, faultIn: (said: T) => CrmFault | undefined, signal?: AbortSignal,
  ): Promise<Ended<T>> {
    const admission = await this.deps.records.admission();
    if (!admission.admitted) return { fault: admission.fault, refused: true };
    const call = newCall(enforced);
    const got = await callInHand.run(call, () => limited(work, limitMs, signal));
    const said = 'came' in got ? faultIn(got.came) : faultOf(got, call);
    const fault = said !== undefined && call.spent ? 'quota' : said;
    const written = this.deps.records.ended({ operation, ...(fault === undefined ? {} : { fault }), unmapped: call.unmapped });
    await (enforced ? written : written.catch(() => undefined));
    if (!('came' in got)) return { fault: fault ?? 'unavailable', refused: false };
    return fault === 'quota' ? { fault, refused: false } : { said: got.came };
  }

  #again({ answer, asOfMs }: Kept): Answer {
    return { ...answer, asOf: this.#iso(asOfMs), cached: true };
  }

  #iso(ms: number): string {
    return new Date(ms).toISOString();
  }
}

/** Who was late only because our own pace held it back is not to blame the system for it. */
function faultOf(got: Extract<Limited<unknown>, { failed: string }>, call: CallInHand): CrmFault {
  if (got.failed === 'threw') return call.spent ? 'quota' : 'unavailable';
  return call.waiting > 0 ? 'rate-limited' : 'timeout';
}

const faultOfAnswer = (answer: QueryResult): CrmFault | undefined =>
  !answer.ok && answer.reason === 'unavailable' ? (answer.fault ?? 'unavailable') : undefined;

const faultOfOrder = (result: OrderResult): CrmFault | undefined =>
  !result.ok && (result.reason === 'unavailable' || result.reason === 'unknown') ? (result.fault ?? 'unavailable') : undefined;
