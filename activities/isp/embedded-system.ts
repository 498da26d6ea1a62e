import type { ConnectionTest, Crm } from '../../libs/crm/crm.js';
import { crmSystems, type CrmSources } from '../../libs/crm/registry.js';
import type { CustomerOrder, CustomerQuery, OrderResult, QueryResult } from '../../libs/domain/customers.js';
import type { Answer, IspSystem } from '../isp-systems.js';
import { limited } from './limited.js';

/** Hilo's own customer book: rows beside us, so nothing is kept, counted or given up for lost. */
export class EmbeddedSystem implements IspSystem {
  readonly system = 'embedded';
  readonly capabilities: IspSystem['capabilities'] = new Set(crmSystems.embedded.capabilities);
  readonly health = { state: 'up' } as const;
  readonly #crm: Crm;

  constructor(book: CrmSources['book'], private readonly limitMs: number, private readonly now: () => number) {
    this.#crm = crmSystems.embedded.open({ book });
  }

  async ask(query: CustomerQuery, signal: AbortSignal): Promise<Answer> {
    const got = await limited((either) => this.#crm.ask(query, either), this.limitMs, signal);
    const said: QueryResult = 'came' in got ? got.came : { ok: false, reason: 'unavailable', fault: got.failed === 'late' ? 'timeout' : 'unavailable' };
    return { ...said, asOf: new Date(this.now()).toISOString(), cached: false };
  }

  async act(order: CustomerOrder, signal: AbortSignal): Promise<OrderResult> {
    const got = await limited((either) => this.#crm.act(order, either), this.limitMs, signal);
    return 'came' in got ? got.came : { ok: false, reason: 'unknown', fault: got.failed === 'late' ? 'timeout' : 'unavailable' };
  }

  async test(signal: AbortSignal): Promise<ConnectionTest> {
    const began = this.now();
    const got = await limited((either) => this.#crm.test(either), this.limitMs, signal);
    return 'came' in got ? got.came : { ok: false, ms: this.now() - began, fault: got.failed === 'late' ? 'timeout' : 'unavailable' };
  }
}
