import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { forCompany } from '../../libs/db/company.js';
import { cents, fromCents } from '../../libs/domain/money.js';
import { defaultReceiptPolicy } from '../../libs/domain/receipt/policy.js';
import { MercadoPagoSimulator } from '../../libs/simulator/mercadopago/simulator.js';
import type { Payment } from '../../libs/simulator/mercadopago/world.js';
import { openSettlement } from '../settlements/opening.js';
import { PayingCompany } from '../settlements/testing/paying-company.js';
import { FrontDesks } from '../testing/front-desk.js';
import { connectMercadoPago, platformDeps, testVault } from '../testing/mercadopago-account.js';
import { paymentLinks, type LinkAnswer, type PaymentLinks } from './links.js';
import { lookAtPlatformPayment, type PaymentLook } from './looking.js';
import { searchIncoming } from './searching.js';

/** Whatever people and the platform do with links: each payment is registered once at most, and what is too much is told to somebody. */
const vault = testVault();
let desks: FrontDesks;
let ana: PayingCompany;
let invoices: { id: string; number: string; amount: string }[];
let simulator: MercadoPagoSimulator;
let links: PaymentLinks;

beforeAll(async () => {
  desks = await FrontDesks.open();
  ana = await PayingCompany.open(desks, 'embedded');
  await connectMercadoPago((...asked) => desks.run(...asked), vault, 'ours');
  await connectMercadoPago((...asked) => desks.run(...asked), vault, 'theirs', 't'.repeat(32));
});
afterAll(() => desks.close());
beforeEach(async () => {
  simulator = new MercadoPagoSimulator();
  simulator.notices.mode = 'lose';
  links = paymentLinks({ ...platformDeps(desks, vault, simulator), now: () => Date.now(), watch: () => Promise.resolve() });
  await desks.look('truncate payment_troubles, payment_links, money_keys, settlements, incoming_payments, receipts, payment_parts, payments cascade');
  await desks.look(`update invoices set state = 'open', paid = 0, paid_on = null where customer = $1`, [ana.customer]);
  invoices = (await desks.look('select id, number, amount::text from invoices where customer = $1 order by due_on', [ana.customer])) as typeof invoices;
});

const ars = (amount: string) => ({ amount, currency: 'ARS' });
const linkFor = (at = 0, amount = invoices[at]!.amount): Promise<LinkAnswer> =>
  links.of('ours').linkFor({ customer: ana.customer, customerName: 'Ana Gómez', invoice: invoices[at]!.id, invoiceNumber: invoices[at]!.number, amount: ars(amount), conversation: ana.conversation });
const preference = async (at = 0, amount?: string) => {
  const made = await linkFor(at, amount);
  if (!made.ok) throw new Error(made.reason);
  return simulator.world.preferences.at(-1)!;
};
const look = ({ id }: Payment): Promise<PaymentLook> => lookAtPlatformPayment(platformDeps(desks, vault, simulator), { company: 'ours', platform: 'mercadopago', payment: String(id) });
/** Looked at as often as notices come, and whatever follows done. */
const arrive = async (payment: Payment): Promise<PaymentLook> => {
  const [first] = [await look(payment), await look(payment)];
  if (first.settlement !== undefined) await ana.drive(first.settlement);
  return first;
};
const byReceipt = async (at: number, amount: string) => {
  const [receipt] = await desks.run('ours', `insert into receipts (company, source, fault, state) values ('ours', 'panel', 'none', 'accepted') returning id`, []);
  const opening = await forCompany(desks.orm, 'ours', (em) => openSettlement(em, 'ours', {
    source: 'receipt', receipt: receipt!['id'] as string, customer: ana.customer, customerName: 'Ana Gómez', invoice: invoices[at]!.id, amount: ars(amount),
    method: 'Transferencia', paidAt: new Date().toISOString(), keys: [`file:${randomUUID()}`], policy: defaultReceiptPolicy,
  }));
  if (!opening.ok) throw new Error('taken');
  await ana.drive(opening.settlement);
  return opening.settlement;
};
const troubles = async () => (await desks.run('ours', 'select kind, payment from payment_troubles order by at', [])).map(({ kind }) => kind);
const states = async () => (await desks.look(`select state, settlement is not null as "isSettled" from payment_links order by made_at`)).map(({ state, isSettled }) => `${String(state)}${isSettled ? '+' : ''}`);
const registered = async () => (await ana.standing()).map(Number);
const less = (amount: string, by: string) => fromCents(cents(amount) - cents(by));
const first = () => Number(invoices[0]!.amount);

describe('a link', () => {
  it('is none while a receipt of its invoice is looked at, or a payment of it is on its way', async () => {
    const receipt = (customer: string | null, invoice: string | null) => desks.run('ours',
      `insert into receipts (company, source, state, fault, customer, invoice, conversation) values ('ours', 'chat', 'review', 'x', ?, ?, ?::uuid)`, [customer, invoice, ana.conversation]);
    await receipt(ana.customer, invoices[1]!.id);
    expect(await linkFor()).toMatchObject({ ok: true });
    await receipt(ana.customer, null); // of which of their invoices it is nobody knows
    expect(await linkFor()).toEqual({ ok: false, reason: 'review' });
    await desks.run('ours', `update receipts set state = 'rejected'`, []);
    await receipt(null, null);
    expect(await linkFor()).toEqual({ ok: false, reason: 'review' });
    await desks.run('ours', `update receipts set state = 'other'`, []);
    await desks.run('ours', `insert into settlements (company, source, customer, invoice, amount, currency, method, paid_at, policy) values ('ours', 'receipt', ?, ?, 5, 'ARS', 'x', now(), '{}')`, [ana.customer, invoices[0]!.id]);
    expect(await linkFor()).toEqual({ ok: false, reason: 'paid' });
    await desks.run('ours', `insert into settlement_steps (company, settlement, step, state) select company, id, 'register', 'done' from settlements`, []);
    expect(await linkFor()).toMatchObject({ ok: true }); // the ISP's system knows by now, and says what is left
  });
});

describe('an invoice that is paid by link', () => {
  it('and once more with the same link is registered once, and the second payment is somebody’s to see', async () => {
    const asked = await preference();
    await arrive(simulator.pay(asked, 'approved'));
    const second = simulator.pay(asked, 'approved');
    expect((await arrive(second)).settlement).toBeUndefined();
    expect(await registered()).toEqual([first()]);
    expect(await troubles()).toEqual(['paid-twice']);
    simulator.change(second, 'refunded'); // somebody gives it back: the first one stands
    expect((await arrive(second)).reverse).toBeUndefined();
    expect(await states()).toEqual(['paid+']);
  });

  it('after a receipt of it was accepted is not registered besides', async () => {
    const asked = await preference();
    await byReceipt(0, invoices[0]!.amount);
    expect((await arrive(simulator.pay(asked, 'approved'))).settlement).toBeUndefined();
    expect(await registered()).toEqual([first()]);
    expect(await troubles()).toEqual(['paid-twice']);
    expect(await states()).toEqual(['paid+']);
  });

  it.each(['the larger one first', 'the smaller one first', 'both at once'])('by two links of different amounts, %s, is registered as far as it is owed, and somebody is told', async (order) => {
    const asked = [await preference(), await preference(0, less(invoices[0]!.amount, '100.00'))];
    const payments = asked.map((one) => simulator.pay(one, 'approved'));
    if (order === 'the smaller one first') payments.reverse();
    if (order === 'both at once') await Promise.all(payments.map(look));
    for (const payment of payments) await arrive(payment);
    // After the smaller one something was owed still: the larger one counts, and is too much.
    expect(await registered()).toHaveLength((await troubles())[0] === 'paid-twice' ? 1 : 2);
    expect(await troubles()).toEqual([{ 'the larger one first': 'paid-twice', 'the smaller one first': 'overpaid' }[order] ?? expect.stringMatching(/^(?:paid-twice|overpaid)$/)]);
  });

  it('in part is registered for what came; the next link is for the rest', async () => {
    await arrive(simulator.pay(await preference(), 'approved', first() - 1_000));
    expect(await registered()).toEqual([first() - 1_000]);
    await arrive(simulator.pay(await preference(0, '1000.00'), 'approved'));
    expect((await desks.look('select state from invoices where id = $1', [invoices[0]!.id]))[0]).toEqual({ state: 'paid' });
    expect(await registered()).toEqual([first() - 1_000, 1_000]);
    expect(await troubles()).toEqual([]);
  });

  it('for more than is owed, or after it was paid at the counter, is registered in their favour, and somebody is told', async () => {
    const asked = await preference();
    await desks.look(`update invoices set state = 'paid', paid = amount, paid_on = current_date where customer = $1`, [ana.customer]);
    await arrive(simulator.pay(asked, 'approved'));
    expect(await registered()).toEqual([first()]);
    expect(await troubles()).toEqual(['overpaid']);
  });

  it('after the company went over to another system is not registered there, where the same numbers are somebody else’s', async () => {
    const [before] = [await preference()];
    const connect = (active: boolean) => desks.look(`insert into isp_connections (company, system, active) values ('ours', 'wisphub', $1) on conflict (company, system) do update set active = $1`, [active]);
    await connect(true);
    expect((await preference()).id).not.toBe(before.id);
    const { settlement } = await look(simulator.pay(before, 'approved'));
    await connect(false);
    expect(await desks.run('ours', 'select system from settlements where id = ?::uuid', [settlement])).toEqual([{ system: 'embedded' }]);
  });

  it('though its amount was changed since is registered for what came', async () => {
    const asked = await preference();
    await desks.look('update invoices set amount = amount + 500 where id = $1', [invoices[0]!.id]);
    await arrive(simulator.pay(asked, 'approved'));
    expect((await desks.look('select state, (amount - paid)::text as rest from invoices where id = $1', [invoices[0]!.id]))[0]).toEqual({ state: 'open', rest: '500.00' });
    expect(await troubles()).toEqual([]);
    await desks.look('update invoices set amount = amount - 500 where id = $1', [invoices[0]!.id]);
  });
});

describe('a payment that changes its mind', () => {
  it('is nothing while it is looked into, and nothing when it is refused: the link still stands', async () => {
    const payment = simulator.pay(await preference(), 'pending');
    simulator.change(payment, 'in_process');
    expect(await arrive(payment)).toMatchObject({ money: 'waiting' });
    simulator.change(payment, 'rejected');
    expect(await arrive(payment)).toMatchObject({ money: 'failed' });
    expect([await states(), await registered(), await troubles()]).toEqual([['open'], [], []]);
  });

  it('that had been there and failed after all is taken back', async () => {
    const payment = simulator.pay(await preference(), 'approved');
    const { settlement } = await arrive(payment);
    simulator.change(payment, 'cancelled');
    expect(await look(payment)).toMatchObject({ money: 'failed', reverse: { settlement, cause: 'refunded' } });
    expect(await states()).toEqual(['expired']);
    expect(await linkFor()).toMatchObject({ ok: true });
  });

  it('of which a part goes back stays, and somebody is told once', async () => {
    const payment = simulator.pay(await preference(), 'approved');
    await arrive(payment);
    simulator.change(payment, 'approved', 500);
    expect((await arrive(payment)).reverse).toBeUndefined();
    expect([await registered(), await troubles(), await states()]).toEqual([[first()], ['partly-refunded'], ['paid+']]);
  });

  it('that a person took back is not settled by a late notice, nor called a dispute that was won; another one of its link is', async () => {
    const payment = simulator.pay(await preference(), 'approved');
    const { settlement } = await arrive(payment);
    await desks.look(`update settlements set reversal = 'person', state = 'reversing'`);
    expect((await look(payment)).settlement).toBeUndefined();
    await desks.look(`update settlements set state = 'reversed'`);
    await desks.look('delete from money_keys');
    await desks.look('update incoming_payments set settlement = null');
    expect((await look(payment)).settlement).toBeUndefined();
    expect(await troubles()).toEqual([]);
    const other = await look(simulator.pay(simulator.world.preferences[0]!, 'approved'));
    expect(other.settlement).not.toBe(settlement);
    expect((await desks.look('select settlement from payment_links'))[0]).toEqual({ settlement: other.settlement });
  });
});

it('a payment of another company’s link, at the account that both have, is none of ours and proves nothing here', async () => {
  await links.of('theirs').linkFor({ customer: 'x', customerName: 'X', invoice: 'f', invoiceNumber: '1', amount: ars('700.00') });
  const payment = simulator.pay(simulator.world.preferences.at(-1)!, 'approved');
  expect(await look(payment)).toEqual({ money: 'paid', receipts: [] });
  const on = payment.date_created.slice(0, 10);
  await searchIncoming(platformDeps(desks, vault, simulator), 'ours', { on, amount: '700.00', references: [String(payment.id)] }, AbortSignal.timeout(5_000));
  expect(await desks.run('ours', 'select 1 from incoming_payments', [])).toEqual([]);
});
