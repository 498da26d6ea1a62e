import type { SettlementState, SettlementStep } from '../../libs/domain/settlement/settlement.js';
import { waitFor } from '../../libs/testing/wait-for.js';
import { Person } from '../stories/person.js';
import type { RunningCopy } from '../stories/running-copy.js';
import { Hold } from './hold.js';

export interface SettlementFacts {
  id: string;
  state: SettlementState;
  /** By step: what its row says. */
  steps: Partial<Record<SettlementStep, string>>;
  parts: string[];
}

const SETTLEMENT = `select s.id, s.state, coalesce((select jsonb_object_agg(t.step, t.state) from settlement_steps t where t.company = s.company and t.settlement = s.id), '{}') steps,
    coalesce((select jsonb_agg(p.state order by p.position) from settlement_parts p where p.company = s.company and p.settlement = s.id), '[]') parts
  from settlements s where s.conversation = $1`;

const words = { reactivated: /Registramos tu pago.*tu servicio vuelve/su, accepted: /Registramos tu pago/u, refunded: /Te devolvieron el pago/u } as const;

/** A customer who writes, gets a link for the one invoice that is open, and pays there. */
export class PayingCustomer {
  conversation = '';
  #link = '';
  #payment = 0;

  private constructor(
    private readonly copy: RunningCopy,
    readonly name: string,
    readonly person: Person,
  ) {}

  static async with(copy: RunningCopy, name: string, phone: string): Promise<PayingCustomer> {
    return new PayingCustomer(copy, name, await Person.with(copy, phone, { name }));
  }

  /** The customer's link is there; nothing is paid. */
  async getsLink(): Promise<void> {
    await this.person.ask('hola', /¿En qué te puedo ayudar/, 60_000);
    const told = await this.person.ask('pagar', /\/checkout\//, 60_000);
    this.#link = /\/checkout\/([\w-]+)/u.exec(told)![1]!;
    const [row] = await this.copy.rows<{ id: string }>(
      'select v.id from conversations v join contact_addresses a on a.company = v.company and a.contact = v.contact where a.address = $1', [`${this.person.number}@s.whatsapp.net`]);
    this.conversation = row!.id;
  }

  async pays(): Promise<void> {
    this.#payment = (await this.#platform(`/preferences/${this.#link}/pay`, { outcome: 'approved' })).id;
  }

  /** The platform gives the money back. */
  async isRefunded(): Promise<void> {
    await this.#platform(`/payments/${this.#payment}`, { status: 'refunded' });
  }

  /** Undefined while there is none. @throws when there are two */
  async settlement(): Promise<SettlementFacts | undefined> {
    const rows = await this.copy.rows<SettlementFacts>(SETTLEMENT, [this.conversation]);
    if (rows.length > 1) throw new Error(`${this.name} paid once and has ${rows.length} settlements`);
    return rows[0];
  }

  /** Waits until their payment has got there. */
  isIn(state: SettlementState): Promise<SettlementFacts> {
    return waitFor(`the payment of ${this.name} to be ${state}`, async () => {
      const known = await this.settlement();
      if (known?.state !== state) throw new Error(JSON.stringify(known));
      return known;
    }, 120_000);
  }

  /** Whoever writes that this step is over stops there. */
  holdRow = (step: SettlementStep): Promise<Hold> => Hold.row(this.copy, this.conversation, step);

  /** What this person has read of the payment, in order. */
  async told(): Promise<(keyof typeof words)[]> {
    const kinds = Object.keys(words) as (keyof typeof words)[];
    return (await this.person.heard()).flatMap((text) => kinds.find((kind) => words[kind].test(text)) ?? []);
  }

  async #platform(path: string, body: object): Promise<{ id: number }> {
    const answer = await fetch(`http://127.0.0.1:${this.copy.ports.simulator}/mercadopago/control${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as { id: number };
  }
}
