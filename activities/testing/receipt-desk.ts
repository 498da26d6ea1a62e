import { createHash, randomUUID } from 'node:crypto';
import { MockActivityEnvironment } from '@temporalio/testing';
import type { InvoiceSummary, QueryResult } from '../../libs/domain/customers.js';
import type { ReceiptCommandKind, ReceiptCorrection } from '../../libs/domain/receipt/case.js';
import type { ReceiptPolicy } from '../../libs/domain/receipt/policy.js';
import type { ReadReceipt } from '../../libs/domain/receipt/receipt.js';
import { tellingReferences } from '../../libs/domain/receipt/repeats.js';
import { foldedReference } from '../../libs/domain/receipt/values.js';
import type { Answer, IspSystem } from '../isp-systems.js';
import type { Weighed } from '../receipts/weighing.js';
import { createReceiptActivities } from '../receipts/receipts.js';
import { FrontDesks, type Row } from './front-desk.js';

export const OWN_ACCOUNT = '2850590940090418135201';
/** Noon in Buenos Aires, of the day of all receipts here. */
export const NOON = Date.parse('2026-11-26T15:00:00Z');

/** A receipt of Ana's as it is read when all is well; its number is its own. */
export const readAs = (more: Partial<ReadReceipt> = {}): ReadReceipt => ({
  isReceipt: true, country: 'AR', issuer: 'mercadopago', kind: 'wallet', state: 'completed', amount: { amount: '24900.00', currency: 'ARS' }, paidAt: { on: '2026-11-26', at: '10:44' },
  payer: { name: 'GOMEZ ANA' }, beneficiary: { name: 'LITORAL FIBRA SRL', account: OWN_ACCOUNT },
  references: [{ type: 'operation', value: String(10_000_000_000 + Math.floor(Math.random() * 9_000_000_000)) }],
  confidence: { amount: 0.95, paidAt: 0.95, state: 0.9, reference: 0.9, beneficiaryAccount: 0.99, beneficiaryName: 0.9, payerName: 0.9 }, ...more,
});

const invoice = (id: string, amount: string): InvoiceSummary => ({ id, number: `0003-${id}`, issuedOn: '2026-11-01', dueOn: '2026-11-10', amount: { amount, currency: 'ARS' }, state: 'open' });

/** Receipts of two companies, `ours` and `theirs`, on the real database, with an ISP's system that says what a spec wants. */
export class ReceiptDesk {
  /** By customer; nobody else is known. */
  readonly owed = new Map<string, InvoiceSummary[]>([['7', [invoice('1', '24900.00')]], ['8', [invoice('2', '24900.00')]]]);
  readonly names = new Map([['7', 'Ana Gómez'], ['8', 'Hugo Ledesma']]);
  readonly phones = new Map<string, string>([['5493415550101', '7'], ['5493415550102', '8']]);
  isAway = false;
  nowMs = NOON;
  readonly reversed: string[] = [];
  readonly activities: ReturnType<typeof createReceiptActivities>;

  private constructor(readonly desks: FrontDesks) {
    const engine = {
      signalWithStart: () => Promise.resolve({} as never),
      executeUpdateWithStart: (_: unknown, { args: [order] }: { args: [{ command: string }] }) => Promise.resolve(void this.reversed.push(order.command)),
    };
    this.activities = createReceiptActivities({
      orm: desks.orm, now: () => this.nowMs, engine: engine as never,
      systems: { of: () => Promise.resolve({ ask: (query: { kind: string; customer?: string; phone?: string }) => Promise.resolve(this.#answer(query)) } as unknown as IspSystem) },
    });
  }

  static async open(): Promise<ReceiptDesk> {
    const desk = new ReceiptDesk(await FrontDesks.open());
    for (const company of ['ours', 'theirs']) {
      await desk.run(company, `insert into payment_methods (company, kind, name, number, alias, holder, document, visible) values (?, 'transfer', 'Banco Ribera', ?, 'litoral.fibra', 'Litoral Fibra S.R.L.', null, false)`, [company, OWN_ACCOUNT]);
    }
    return desk;
  }

  run(company: string, sql: string, values: unknown[]): Promise<Row[]> {
    return this.desks.run(company, sql, values);
  }

  #answer({ kind, customer = '', phone = '' }: { kind: string; customer?: string; phone?: string }): Answer {
    const say = (result: QueryResult): Answer => ({ ...result, asOf: new Date(this.nowMs).toISOString(), cached: false });
    if (this.isAway) return say({ ok: false, reason: 'unavailable' });
    if (kind === 'by-phone') {
      const found = this.phones.get(phone);
      return say({ ok: true, kind: 'customers', customers: found === undefined ? [] : [{ id: found, name: this.names.get(found)!, services: [], facts: { phoneEndings: [], serviceNumbers: [], streetNumbers: [] } }] });
    }
    const owed = this.owed.get(customer);
    if (!owed) return say({ ok: false, reason: 'not-found' });
    if (kind === 'profile') return say({ ok: true, kind: 'profile', profile: { id: customer, name: this.names.get(customer)!, status: 'active', phones: [], services: [] } });
    return say({ ok: true, kind: 'invoices', invoices: owed });
  }

  policy(company: string, policy: Partial<ReceiptPolicy>): Promise<Row[]> {
    return this.run(company, 'insert into receipt_policies (company, policy) values (?, ?::jsonb) on conflict (company) do update set policy = excluded.policy', [company, JSON.stringify(policy)]);
  }

  /** Somebody who writes: their contact, and a conversation. */
  async writer(company: string, phone?: string): Promise<{ contact: string; conversation: string }> {
    const [channel, contact] = [randomUUID(), randomUUID()];
    await this.run(company, 'insert into channels (company, id, name) values (?, ?, ?)', [company, channel, channel]);
    await this.run(company, 'insert into contacts (company, id) values (?, ?)', [company, contact]);
    if (phone) await this.run(company, 'insert into contact_addresses (company, address, contact) values (?, ?, ?)', [company, `${phone}@s.whatsapp.net`, contact]);
    const conversation = randomUUID();
    await this.run(company, 'insert into conversations (company, id, channel, contact) values (?, ?, ?, ?)', [company, conversation, channel, contact]);
    return { contact, conversation };
  }

  /** A receipt that was read. */
  async receipt(read: ReadReceipt = readAs(), more: { company?: string; customer?: string | null; file?: string; contact?: string; conversation?: string; print?: string; at?: string } = {}): Promise<string> {
    const { company = 'ours', customer = '7', contact, conversation } = more;
    const id = randomUUID();
    const sha256 = createHash('sha256').update(more.file ?? id).digest('hex');
    await this.run(company,
      `insert into receipts (company, id, source, contact, conversation, customer, sha256, mimetype, read, read_by, amount, currency, paid_on, payer_name, print, received_at)
        values (?, ?, ?, ?, ?, ?, ?, 'image/png', ?::jsonb, 'characters', ?, ?, ?, ?, decode(?, 'hex'), coalesce(?::timestamptz, clock_timestamp()))`,
      [company, id, conversation ? 'chat' : 'panel', contact ?? null, conversation ?? null, customer, sha256, JSON.stringify(read), read.amount?.amount ?? null, read.amount?.currency ?? null,
        read.paidAt?.on ?? null, read.payer.name ?? null, more.print ?? null, more.at ?? null]);
    await this.run(company, `insert into receipt_events (company, receipt, kind, at) values (?, ?, 'read', ?::timestamptz)`, [company, id, new Date(NOON).toISOString()]);
    for (const reference of tellingReferences(read)) await this.run(company, 'insert into receipt_references values (?, ?, ?, ?)', [company, id, reference, foldedReference(reference)]);
    return id;
  }

  /** Money that came in, as the bank's statement has it. */
  async booked(read: ReadReceipt, more: { company?: string; amount?: string; payer?: string; references?: string[]; state?: string } = {}): Promise<string> {
    const { company = 'ours' } = more;
    const [row] = await this.run(company,
      `insert into incoming_payments (company, source, source_id, paid_on, amount, currency, payer_name, state) values (?, 'statement', ?, ?, ?, 'ARS', ?, ?) returning id`,
      [company, randomUUID(), read.paidAt!.on, more.amount ?? read.amount!.amount, more.payer ?? null, more.state ?? 'in']);
    for (const reference of more.references ?? tellingReferences(read)) {
      await this.run(company, 'insert into incoming_references values (?, ?, ?, ?)', [company, row!['id'], reference, foldedReference(reference)]);
    }
    return row!['id'] as string;
  }

  weigh(receipt: string, company = 'ours'): Promise<Weighed> {
    return new MockActivityEnvironment().run(this.activities.weighReceipt, { company, receipt });
  }

  async order(receipt: string, kind: ReceiptCommandKind, more: { company?: string; why?: string; correction?: ReceiptCorrection; despite?: boolean; command?: string } = {}) {
    const { company = 'ours', command = randomUUID() } = more;
    const actor = randomUUID();
    await this.run(company,
      `insert into money_orders (company, command, receipt, kind, actor, actor_name, why, correction, despite) values (?, ?, ?, ?, ?, 'Sofía', ?, ?::jsonb, ?)`,
      [company, command, receipt, kind, actor, more.why ?? null, more.correction ? JSON.stringify(more.correction) : null, more.despite ?? false]);
    const request = { company, receipt, kind, command, actor };
    return { request, ...(await this.activities.receiptCommand(request)) };
  }

  async row(receipt: string): Promise<Row> {
    return (await this.desks.look('select * from receipts where id = $1', [receipt]))[0]!;
  }

  async trail(receipt: string): Promise<string[]> {
    return (await this.desks.look('select kind from receipt_events where receipt = $1 order by id', [receipt])).map((event) => event['kind'] as string);
  }

  settlements(...receipts: string[]): Promise<Row[]> {
    return this.desks.look('select * from settlements where receipt = any($1) order by opened_at', [receipts]);
  }
}
