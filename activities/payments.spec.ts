import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MercadoPagoSimulator } from '../libs/simulator/mercadopago/simulator.js';
import { simulatedAccount, type Outcome, type Payment } from '../libs/simulator/mercadopago/world.js';
import { openSettlement } from './settlements/opening.js';
import { forCompany } from '../libs/db/company.js';
import { defaultReceiptPolicy } from '../libs/domain/receipt/policy.js';
import { createPaymentActivities } from './payments.js';
import { paymentLinks, type LinkWanted, type PaymentLinks } from './payments/links.js';
import { searchIncoming } from './payments/searching.js';
import { FrontDesks, type Desk } from './testing/front-desk.js';
import { connectMercadoPago, platformDeps, testVault } from './testing/mercadopago-account.js';
import { workflowId } from '../workflows/payment-link/contract.js';

const vault = testVault();
let desks: FrontDesks;
let ours: Desk;
let simulator: MercadoPagoSimulator;
let nowMs: number;
let started: string[];
let links: PaymentLinks;
let activities: ReturnType<typeof createPaymentActivities>;

beforeAll(async () => {
  desks = await FrontDesks.open();
  ours = await desks.desk('ours');
  await connectMercadoPago((...asked) => desks.run(...asked), vault, 'ours');
});
afterAll(() => desks.close());
beforeEach(async () => {
  nowMs = Date.now();
  simulator = new MercadoPagoSimulator(() => nowMs);
  started = [];
  simulator.notices.mode = 'lose';
  const deps = { ...platformDeps(desks, vault, simulator), now: () => nowMs };
  links = paymentLinks({ ...deps, watch: (link) => Promise.resolve(void started.push(workflowId(link))) });
  activities = createPaymentActivities({ ...deps, engine: { executeUpdateWithStart: () => Promise.reject(new Error('nobody asks here')) } });
  await desks.look('truncate payment_troubles, payment_links, money_keys, settlements, incoming_payments, receipts cascade');
});

const wanted = (more: Partial<LinkWanted> = {}): LinkWanted => ({
  customer: 'c1', customerName: 'Ana Gómez', invoice: 'f1', invoiceNumber: '0001-00000042', amount: { amount: '18900.50', currency: 'ARS' }, conversation: ours.conversation, ...more,
});
const linkFor = (more: Partial<LinkWanted> = {}, company = 'ours') => links.of(company).linkFor(wanted(more));
const madeLink = async (more: Partial<LinkWanted> = {}) => {
  const made = await linkFor(more);
  if (!made.ok) throw new Error(made.reason);
  return made.link;
};
const pay = async (outcome: Outcome = 'approved', amount?: number): Promise<Payment> => {
  await madeLink();
  return simulator.pay(simulator.world.preferences.at(-1)!, outcome, amount);
};
const look = ({ id }: { id: number }, company = 'ours') => activities.lookAtPlatformPayment({ company, platform: 'mercadopago', payment: String(id) });
const linkRow = async () => (await desks.run('ours', 'select state, url, settlement, external_reference from payment_links order by made_at desc', []))[0]!;
const settlements = () => desks.run('ours', 'select id, source, link, conversation, customer, customer_name, invoice, invoice_number, amount::text, currency, method, state from settlements order by opened_at', []);
const troubles = async () => (await desks.run('ours', 'select kind from payment_troubles order by kind', [])).map(({ kind }) => kind);
const incoming = () => desks.run('ours', `select p.state, p.amount::text, p.settlement is not null settled, array(select reference from incoming_references r where r.company = p.company and r.incoming = p.id) refs from incoming_payments p order by seen_at`, []);

describe('a link for an invoice', () => {
  it('is the same for whoever asks twice, also at once, and somebody looks after it', async () => {
    const all = await Promise.all([linkFor(), linkFor(), linkFor()]);
    expect(new Set(all.map((one) => one.ok && one.url))).toEqual(new Set([simulatedUrl()]));
    expect(simulator.world.preferences).toHaveLength(1);
    const row = await linkRow();
    expect(row).toMatchObject({ state: 'open', settlement: null, external_reference: `ours:${all[0].ok ? all[0].link : ''}` });
    expect(started[0]).toBe(`ours/payment-link/${all[0].ok ? all[0].link : ''}`);
    expect(simulator.world.preferences[0]).toMatchObject({ title: 'Factura 0001-00000042', unit_price: 18_900.5, notification_url: `http://ours.localhost:3000/hooks/mercadopago/ours/${'d'.repeat(32)}` });
  });

  it('of another amount is another one; so is one after it expired', async () => {
    const first = await madeLink();
    expect(await madeLink({ amount: { amount: '900.00', currency: 'ARS' } })).not.toBe(first);
    nowMs += 11 * 24 * 3_600_000;
    expect(await madeLink()).not.toBe(first);
  });

  it('that may have been made is made once, when it is asked for again', async () => {
    simulator.addFault({ kind: 'apply-then-timeout' });
    expect(await linkFor()).toEqual({ ok: false, reason: 'unavailable' });
    expect(await linkRow()).toMatchObject({ state: 'making' });
    expect(await linkFor()).toMatchObject({ ok: true });
    expect(simulator.world.preferences).toHaveLength(1);
  });

  it('is not offered where there is no account, it is hidden, or in another currency', async () => {
    expect(await linkFor({}, 'theirs')).toEqual({ ok: false, reason: 'off' });
    expect(await linkFor({ amount: { amount: '1.00', currency: 'USD' } })).toEqual({ ok: false, reason: 'currency' });
    await desks.run('ours', 'update payment_methods set visible = false', []);
    expect(await linkFor()).toEqual({ ok: false, reason: 'off' });
    await desks.run('ours', 'update payment_methods set visible = true', []);
  });

  it('under a key that is not accepted is none, and the card says so', async () => {
    simulator.addFault({ kind: 'unauthorized' });
    expect(await linkFor()).toEqual({ ok: false, reason: 'unavailable' });
    expect(await desks.run('ours', 'select fault from payment_platforms', [])).toEqual([{ fault: 'auth' }]);
    expect(await linkFor()).toMatchObject({ ok: true });
    expect(await desks.run('ours', 'select fault from payment_platforms', [])).toEqual([{ fault: null }]);
  });
});
const simulatedUrl = () => `http://mp.test/checkout/${simulator.world.preferences[0]!.id}`;

describe('a payment of a link', () => {
  it('is settled once, however often it is looked at, also at once', async () => {
    const payment = await pay();
    const looks = await Promise.all([look(payment), look(payment), look(payment)]);
    expect(new Set(looks.map(({ settlement }) => settlement)).size).toBe(1);
    expect(await settlements()).toMatchObject([{
      source: 'link', conversation: ours.conversation, customer: 'c1', customer_name: 'Ana Gómez', invoice: 'f1', invoice_number: '0001-00000042', amount: '18900.50', currency: 'ARS', method: 'MercadoPago', state: 'registering',
    }]);
    expect(await linkRow()).toMatchObject({ state: 'paid', settlement: looks[0].settlement });
    expect(await incoming()).toEqual([{ state: 'in', amount: '18900.50', settled: true, refs: [String(payment.id)] }]);
    // Nobody need say that it was given back: it is asked for again, for as long as that may be.
    const inDays = async () => (await desks.run('ours', 'select extract(day from look_at - paid_at)::int days from incoming_payments', []))[0]!['days'];
    expect(await inDays()).toBe(1);
    payment.date_approved = new Date(Date.now() - 100 * 86_400_000).toISOString();
    await look(payment);
    expect(await inDays()).toBe(120);
    payment.date_approved = new Date(Date.now() - 181 * 86_400_000).toISOString();
    await look(payment);
    expect(await inDays()).toBeNull();
    expect((await desks.run('ours', 'select key from money_keys order by key', [])).map(({ key }) => String(key).split(':')[0])).toEqual(['in', 'mercadopago', 'ref']);
    expect(await linkFor()).toEqual({ ok: false, reason: 'paid' });
  });

  it('waits while it is pending, and is nothing when it is refused', async () => {
    const payment = await pay('pending');
    expect(await look(payment)).toMatchObject({ money: 'waiting', receipts: [] });
    simulator.change(payment, 'cancelled');
    expect(await look(payment)).toMatchObject({ money: 'failed' });
    expect(await incoming()).toMatchObject([{ state: 'undone', settled: false }]);
    const refused = simulator.pay(simulator.world.preferences[0]!, 'rejected');
    expect(await look(refused)).toMatchObject({ money: 'failed' });
    expect(await settlements()).toEqual([]);
    expect(await incoming()).toHaveLength(1);
  });

  it('of another amount settles what came', async () => {
    await look(await pay('approved', 10_000));
    expect(await settlements()).toMatchObject([{ amount: '10000.00', invoice: 'f1' }]);
  });

  it('that a receipt has settled is not settled again', async () => {
    const payment = await pay();
    const receipt = randomUUID();
    await desks.run('ours', `insert into receipts (company, id, source, state, fault) values ('ours', ?, 'panel', 'accepted', 'x')`, [receipt]);
    const opened = await forCompany(desks.orm, 'ours', (em) => openSettlement(em, 'ours', {
      source: 'receipt', receipt, customer: 'c1', customerName: 'Ana Gómez', amount: { amount: '18900.50', currency: 'ARS' }, method: 'Transferencia', paidAt: new Date().toISOString(), keys: [`ref:${payment.id}`], policy: defaultReceiptPolicy,
    }));
    expect(await look(payment)).toMatchObject({ settlement: opened.ok && opened.settlement });
    expect(await settlements()).toHaveLength(1);
    expect(await linkRow()).toMatchObject({ state: 'paid' });
  });

  it('that comes twice for one link is told to a person', async () => {
    await look(await pay());
    const second = simulator.pay(simulator.world.preferences[0]!, 'approved');
    expect((await look(second)).settlement).toBeUndefined();
    expect(await settlements()).toHaveLength(1);
    expect(await troubles()).toEqual(['paid-twice']);
    expect(await incoming()).toMatchObject([{ settled: true }, { settled: false }]);
  });

  it.each<[string, Partial<Payment>]>([['account', { collector_id: 1 }], ['currency', { currency_id: 'USD' }]])('to another %s settles nothing', async (_, change) => {
    const payment = await pay();
    Object.assign(payment, change);
    expect(await look(payment)).toEqual({ money: 'paid', receipts: [] });
    expect(await settlements()).toEqual([]);
    expect(await troubles()).toEqual(['not-ours']);
  });

  it('given back or charged back is taken back, once it was settled; a part of it is told to a person', async () => {
    const payment = await pay();
    const { settlement } = await look(payment);
    simulator.change(payment, 'approved', 500);
    expect((await look(payment)).reverse).toBeUndefined();
    expect(await troubles()).toEqual(['partly-refunded']);
    expect(await incoming()).toMatchObject([{ state: 'in', amount: '18400.50' }]); // no receipt of the whole is confirmed by it
    simulator.change(payment, 'refunded');
    expect(await look(payment)).toMatchObject({ money: 'reversed', reverse: { settlement, cause: 'refunded' } });
    expect(await linkRow()).toMatchObject({ state: 'expired' });
    simulator.change(payment, 'charged_back');
    expect(await look(payment)).toMatchObject({ reverse: { settlement, cause: 'charged-back' } });
    await desks.run('ours', `update settlements set reversal = 'refunded', state = 'reversed'`, []);
    expect((await look(payment)).reverse).toBeUndefined();
    payment.status_detail = 'reimbursed';
    expect((await look(payment)).settlement).toBeUndefined();
    expect(await troubles()).toEqual(['partly-refunded', 'won-back']);
    expect(await linkFor()).toMatchObject({ ok: true });
  });

  it('given back before anybody looked settles nothing', async () => {
    const payment = await pay();
    simulator.change(payment, 'refunded');
    expect(await look(payment)).toMatchObject({ money: 'reversed', receipts: [] });
    expect(await settlements()).toEqual([]);
  });

  it('that there is not, or of which nothing is known, is no money', async () => {
    expect(await look({ id: 99 })).toEqual({ money: 'absent', receipts: [] });
    expect(await look({ id: 99 }, 'theirs')).toEqual({ money: 'gone', receipts: [] });
    const payment = await pay();
    payment.transaction_amount = 0.1 + 0.2;
    expect(await look(payment)).toMatchObject({ money: 'waiting' });
    expect(await troubles()).toEqual(['unreadable']);
    simulator.addFault({ kind: 'unavailable' });
    await expect(look(payment)).rejects.toMatchObject({ type: 'PLATFORM_AWAY', nonRetryable: false });
  });
});

describe('a link that somebody looks after', () => {
  const lookAtLink = (link: string) => activities.lookAtLink({ company: 'ours', link });
  it('finds payments of which no notice came, and expires when nobody pays', async () => {
    const link = await madeLink();
    expect(await lookAtLink(link)).toEqual({ state: 'open', platform: 'mercadopago', payments: [] });
    const payment = simulator.pay(simulator.world.preferences[0]!, 'approved');
    expect(await lookAtLink(link)).toMatchObject({ payments: [String(payment.id)] });
    await look(payment);
    expect(await lookAtLink(link)).toEqual({ state: 'paid', platform: 'mercadopago', payments: [] });
    const other = await madeLink({ invoice: 'f2' });
    nowMs += 11 * 24 * 3_600_000;
    expect(await lookAtLink(other)).toMatchObject({ state: 'expired' });
  });

  it('that the platform never made is given up', async () => {
    simulator.addFault({ kind: 'drop' });
    await linkFor();
    const { external_reference: reference } = await linkRow();
    const link = String(reference).replace('ours:', '');
    expect(await lookAtLink(link)).toMatchObject({ state: 'making' });
    nowMs += 3_600_000;
    expect(await lookAtLink(link)).toMatchObject({ state: 'cancelled' });
  });

  it('is not over while the platform does not answer', async () => {
    const link = await madeLink();
    nowMs += 11 * 24 * 3_600_000;
    simulator.addFault({ kind: 'rate-limited' });
    await expect(lookAtLink(link)).rejects.toMatchObject({ type: 'PLATFORM_AWAY' });
    expect(await linkRow()).toMatchObject({ state: 'open' });
  });
});

describe('money that came in without a link', () => {
  const search = (more: object = {}, company = 'ours') => searchIncoming(platformDeps(desks, vault, simulator), company, { on: '2026-11-20', amount: '900.00', references: ['ABC12345'], ...more }, AbortSignal.timeout(5_000));
  beforeEach(() => {
    simulator.world.transfer({ amount: 900, name: 'Ana Gómez', document: '27-30111222-5', at: '2026-11-20T20:00:00.000-03:00' });
    simulator.world.transfer({ amount: 850, reference: 'abc12345', at: '2026-11-21T10:00:00.000-03:00' });
    simulator.world.transfer({ amount: 333, at: '2026-11-21T10:00:00.000-03:00' });
    simulator.world.transfer({ amount: 900, at: '2026-11-28T10:00:00.000-03:00' });
  });

  it('is found by its amount around the day, or by its number; others’ is not kept', async () => {
    expect(await search({ amount: '900', references: [] })).toBe('searched'); // as a person wrote it
    expect(await incoming()).toMatchObject([{ amount: '900.00' }]);
    expect(await search()).toBe('searched');
    expect((await incoming()).map(({ amount }) => amount).sort()).toEqual(['850.00', '900.00']);
    expect(await desks.run('ours', `select paid_on::text, payer_name, payer_document from incoming_payments where amount = 900`, [])).toEqual([{ paid_on: '2026-11-20', payer_name: 'Ana Gómez', payer_document: '27301112225' }]);
    expect(await search()).toBe('searched');
    expect(await incoming()).toHaveLength(2);
  });

  it('is found by the platform’s number whatever day the receipt says', async () => {
    const late = simulator.world.payments.at(-1)!;
    expect(await search({ amount: '1.00', references: [String(late.id)] })).toBe('searched');
    expect(await incoming()).toMatchObject([{ refs: [String(late.id)] }]);
  });

  it('is not another account’s, and says when nobody can know', async () => {
    for (const payment of simulator.world.payments) payment.collector_id = 1;
    await search();
    expect(await incoming()).toEqual([]);
    expect(await search({}, 'theirs')).toBe('no-source');
    simulator.addFault({ kind: 'unavailable' });
    expect(await search()).toBe('unavailable');
  });

  it('wakes the receipts that it may confirm', async () => {
    const [waiting, other] = [randomUUID(), randomUUID()];
    await desks.run('ours', `insert into receipts (company, id, source, state, fault, amount) values ('ours', ?, 'panel', 'waiting', 'x', 900), ('ours', ?, 'panel', 'waiting', 'x', 20)`, [waiting, other]);
    expect(await look(simulator.world.payments[0]!)).toEqual({ money: 'paid', receipts: [waiting] });
  });
});

it('keys and secrets are sealed, and open for their company alone', async () => {
  const [row] = await desks.look('select access_token, secret from payment_platforms');
  expect(JSON.stringify(row)).not.toContain(Buffer.from(simulatedAccount.accessToken).toString('hex'));
  const box = await vault.forCompany('theirs');
  expect(() => box.open(row!['access_token'] as Buffer, 'payment-platform/mercadopago/access-token')).toThrow();
});
