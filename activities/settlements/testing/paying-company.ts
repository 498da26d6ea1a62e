import { randomUUID } from 'node:crypto';
import { MockActivityEnvironment } from '@temporalio/testing';
import { customerBookQueries } from '../../customer-book.js';
import { EmbeddedSystem } from '../../isp/embedded-system.js';
import type { IspSystem } from '../../isp-systems.js';
import type { FrontDesks, Row } from '../../testing/front-desk.js';
import { suiteBook } from '../../../libs/crm/adapter-suite.js';
import { outsideSystems, type OutsideSystemId } from '../../../libs/crm/registry.js';
import { simulatedHttp } from '../../../libs/crm/testing/simulated-http.js';
import { forCompany } from '../../../libs/db/company.js';
import type { CustomerOrder } from '../../../libs/domain/customers.js';
import { defaultReceiptPolicy, type ReceiptPolicy } from '../../../libs/domain/receipt/policy.js';
import type { Resolution, ReversalCause, SettlementState, SettlementStep } from '../../../libs/domain/settlement/settlement.js';
import type { FaultKind } from '../../../libs/simulator/crm/faults.js';
import { simulatedSystems } from '../../../libs/simulator/crm/systems.js';
import { openSettlement } from '../opening.js';
import { createSettlementActivities } from '../settlements.js';

export type PayingSystem = 'embedded' | 'mikrowisp' | 'wisphub' | 'ispcube';
export type Moment = 'before' | 'after';

const NOW = Date.parse('2026-11-20T15:00:00Z');
const INVOICE = '27900.20';

/** A system with one customer, Ana, who is suspended and owes two invoices; its ledger, and where its worker dies. */
export class PayingCompany {
  /** The next order of this kind ends the worker, before or after it had its effect. */
  kill: { kind: CustomerOrder['kind'] | 'say'; moment: Moment } | undefined;
  /** The company uses another system by now. */
  movedTo: IspSystem | undefined;
  readonly activities: ReturnType<typeof createSettlementActivities>;
  nowMs = NOW;
  conversation = '';
  readonly #env = new MockActivityEnvironment();

  constructor(
    readonly desks: FrontDesks, readonly id: PayingSystem, readonly system: IspSystem, readonly customer: string,
    readonly fault: (kind: FaultKind, times: number, path?: string) => void, readonly standing: () => Promise<string[]>, readonly isOff: () => Promise<boolean>,
  ) {
    this.activities = createSettlementActivities({
      orm: desks.orm, systems: { of: () => Promise.resolve({ ...facts(this.movedTo ?? system), act: (order, signal) => this.#act(order, signal) }) },
      engine: { signalWithStart: () => this.#dies('say', 'before') ? Promise.reject(new Error('killed')) : Promise.resolve({} as never) },
      now: () => this.nowMs,
      pauses: (_state, attempts) => (attempts > 6 ? undefined : 0),
    });
  }

  static async open(desks: FrontDesks, id: PayingSystem): Promise<PayingCompany> {
    const company = id === 'embedded' ? await embedded(desks) : await outside(desks, id);
    company.conversation = (await desks.desk('ours')).conversation;
    return company;
  }

  async settle(policy: Partial<Pick<ReceiptPolicy, 'actions' | 'onRefusal' | 'reactivateOnPartial'>> = {}): Promise<string> {
    const [receipt] = await this.desks.run('ours', `insert into receipts (company, source, fault, state) values ('ours', 'panel', 'none', 'accepted') returning id`, []);
    const opening = await forCompany(this.desks.orm, 'ours', (em) => openSettlement(em, 'ours', {
      source: 'receipt', receipt: receipt!['id'] as string, conversation: this.conversation, customer: this.customer, customerName: 'Ana Gómez',
      amount: { amount: INVOICE, currency: 'ARS' }, method: 'Transferencia', paidAt: '2026-11-20T12:00:00Z', keys: [`file:${randomUUID()}`], policy: { ...defaultReceiptPolicy, ...policy },
    }));
    if (!opening.ok) throw new Error('taken');
    return opening.settlement;
  }

  /** Does what is next until nothing is; `before` is called ahead of each step. A worker that died is followed by another. */
  async drive(settlement: string, before: (step: SettlementStep) => Promise<unknown> | void = () => undefined): Promise<SettlementState> {
    for (let left = 60; left > 0; left--) {
      const { state, next } = await this.activities.lookAtSettlement({ company: 'ours', settlement });
      if (!next) return state;
      await before(next.step);
      await this.attempt(settlement, next.step).catch((error: unknown) => {
        if (!(error instanceof Error) || !error.message.includes('killed')) throw error;
        return this.attempt(settlement, next.step); // as Temporal does
      });
    }
    throw new Error('It does not end');
  }

  /** One attempt of a step's activity. */
  attempt(settlement: string, step: SettlementStep): Promise<unknown> {
    const a = this.activities;
    const steps: Record<SettlementStep, (of: { company: string; settlement: string }) => Promise<unknown>> = {
      register: a.registerPayment, reactivate: a.reactivateService, tell: a.tellSettlement, notify: a.notifySettlement,
      reverse: a.reversePayment, suspend: a.suspendService, 'tell-reversal': a.tellReversal, 'notify-reversal': a.notifyReversal,
    };
    return this.#env.run(steps[step], { company: 'ours', settlement });
  }

  /** As the API accepts it and the workflow passes it on. */
  async order(settlement: string, order: { cause: ReversalCause } | { how: Resolution }): Promise<unknown> {
    const [command, actor] = [randomUUID(), randomUUID()];
    await this.desks.run('ours',
      `insert into money_orders (company, command, settlement, kind, actor, actor_name, why) values ('ours', ?, ?, ?, ?, 'Sofía', 'porque sí')`,
      [command, settlement, 'cause' in order ? 'reverse' : 'resolve', actor]);
    const ref = { company: 'ours', settlement, command, actor };
    return this.activities.settlementCommand('cause' in order ? { ...ref, kind: 'reverse', ...order } : { ...ref, kind: 'resolve', ...order });
  }

  steps(settlement: string): Promise<Row[]> {
    return this.desks.look('select step, state, note, fault, by_name from settlement_steps where settlement = $1', [settlement]);
  }

  async said(): Promise<string[]> {
    return (await this.desks.look(`select text from messages where conversation = $1 order by id`, [this.conversation])).map(({ text }) => text as string);
  }

  async #act(order: CustomerOrder, signal: AbortSignal) {
    if (this.#dies(order.kind, 'before')) throw new Error('killed');
    const result = await (this.movedTo ?? this.system).act(order, signal);
    if (this.#dies(order.kind, 'after')) throw new Error('killed');
    return result;
  }

  #dies(kind: CustomerOrder['kind'] | 'say', moment: Moment): boolean {
    if (this.kill?.kind !== kind || this.kill.moment !== moment) return false;
    this.kill = undefined;
    return true;
  }
}

const facts = ({ system, capabilities, health, ask, test }: IspSystem) => ({ system, capabilities, health, ask, test });

async function embedded(desks: FrontDesks): Promise<PayingCompany> {
  const [plan, customer] = [randomUUID(), randomUUID()];
  const run = (sql: string, values: unknown[]) => desks.run('ours', sql, values);
  await run(`insert into plans (company, id, name, down_mbps, up_mbps, price, currency) values ('ours', ?, ?, 100, 50, 1000, 'ARS')`, [plan, plan]);
  await run(`insert into customers (company, id, number, name) values ('ours', ?, ?, 'Ana Gómez')`, [customer, customer]);
  await run(`insert into services (company, id, customer, number, plan, status) values ('ours', ?, ?, ?, ?, 'suspended')`, [randomUUID(), customer, customer, plan]);
  for (const [number, dueOn, amount] of [[1, '2026-12-10', '27900.10'], [2, '2026-11-10', INVOICE]] as const) {
    await run(`insert into invoices (company, customer, number, issued_on, due_on, amount, currency) values ('ours', ?, ?, '2026-11-01', ?, ?, 'ARS')`, [customer, `${customer}-${number}`, dueOn, amount]);
  }
  const book = new EmbeddedSystem(customerBookQueries(desks.orm)('ours'), 8_000, () => NOW);
  const system: IspSystem = { ...facts({ ...book, ask: book.ask.bind(book), act: book.act.bind(book), test: book.test.bind(book) }), act: book.act.bind(book) };
  return new PayingCompany(desks, 'embedded', system, customer, () => undefined,
    async () => (await desks.look('select amount::text from payments where customer = $1 and reversed_at is null', [customer])).map(({ amount }) => amount as string),
    async () => (await desks.look(`select 1 from services where customer = $1 and status = 'suspended'`, [customer])).length > 0);
}

async function outside(desks: FrontDesks, id: Exclude<PayingSystem, 'embedded'> & OutsideSystemId): Promise<PayingCompany> {
  const simulated = simulatedSystems.find((one) => one.id === id)!;
  const { simulator, http, url } = simulatedHttp(simulated, () => NOW);
  const [ana] = suiteBook.customers;
  simulator.load({ ...suiteBook, customers: [ana!], invoices: suiteBook.invoices.filter(({ customerId }) => customerId === ana!.id), services: suiteBook.services.filter(({ customerId }) => customerId === ana!.id).map((one) => ({ ...one, status: 'suspended' as const, online: false })) });
  const crm = outsideSystems[id]!.open({ url, ...simulated.keys }, {
    http, now: () => NOW, sleep: () => Promise.resolve(), defaultCountry: 'AR', currency: 'ARS', timeZone: 'America/Argentina/Buenos_Aires',
  });
  const never = new AbortController().signal;
  const found = await crm.ask({ kind: 'by-document', document: ana!.document }, never);
  const customer = found.ok && found.kind === 'customers' ? found.customers[0]!.id : '';
  const system: IspSystem = {
    system: id, capabilities: new Set(outsideSystems[id]!.capabilities), health: { state: 'up' },
    ask: async (query, signal) => ({ ...(await crm.ask(query, signal)), asOf: new Date(NOW).toISOString(), cached: false }),
    act: (order, signal) => crm.act(order, signal), test: (signal) => crm.test(signal),
  };
  const world = () => simulator.world(id);
  return new PayingCompany(desks, id, system, customer, (kind, times, path) => simulator.addFault({ system: id, kind, times, ...(path === undefined ? {} : { path }) }),
    () => Promise.resolve(world().ledger.payments.filter(({ reversed }) => !reversed).map(({ amount }) => amount)),
    () => Promise.resolve(world().book.services.some(({ status }) => status === 'suspended')));
}
