import type { EntityManager } from '@mikro-orm/postgresql';
import { ApplicationFailure } from '@temporalio/common';
import { forCompany } from '../../libs/db/company.js';
import { cents } from '../../libs/domain/money.js';
import { readReceiptPolicy } from '../../libs/db/receipt-policy.js';
import { isAnotherCompanys, moneyStateOf, netOf, strangerTo, type MoneyState, type PlatformPayment } from '../../libs/domain/payments/platform-payment.js';
import { settlingPolicy } from '../../libs/domain/receipt/policy.js';
import { LEAST_TELLING, moneyKeys, type ReversalCause } from '../../libs/domain/settlement/settlement.js';
import type { PlatformPaymentRef } from '../../workflows/platform-payment/contract.js';
import { openSettlement, type Opening } from '../settlements/opening.js';
import { claimMore } from '../settlements/tying.js';
import { noteFault, platformAccess, type PlatformDeps } from './accounts.js';
import { keepIncoming, receiptsWaitingFor, type IncomingRow } from './incoming.js';
import { LINK, type LinkRow } from './links.js';
import { note } from './troubles.js';

/** What is to be done about a payment that was looked at. */
export interface PaymentLook {
  /** absent: the platform knows no such payment · gone: the company has no account there any more. */
  money: MoneyState | 'absent' | 'gone';
  /** Its workflow is to run. */
  settlement?: string;
  reverse?: { settlement: string; cause: ReversalCause };
  /** The link that it pays. */
  link?: string;
  /** Receipts that it may confirm. */
  receipts: string[];
}

const PLATFORM_AWAY = 'PLATFORM_AWAY';
const LIMIT_MS = 45_000;

interface Known {
  id: string;
  /** Nothing was registered, and nothing will be. */
  isOver: boolean;
  refusedBy: ReversalCause | null;
}

/** The settlement that a payment led to, whatever proved it. */
async function settlementOf(em: EntityManager, company: string, keys: readonly string[]): Promise<Known | undefined> {
  const [row] = await em.execute<{ id: string; state: string; reversal: ReversalCause | null }[]>(
    `select s.id, s.state, s.reversal from money_keys k join settlements s on s.company = k.company and s.id = k.settlement
      where k.company = ? and k.key = any(string_to_array(?, ',')) order by k.key limit 1`, [company, keys.join(',')]);
  return row && { id: row.id, isOver: row.state === 'given-up', refusedBy: row.reversal };
}

const keysOf = ({ platform }: PlatformPaymentRef, { id, references }: PlatformPayment, row: IncomingRow): string[] => [
  moneyKeys.platform(platform, id), moneyKeys.incoming(row.id), ...[id, ...references.filter((one) => one.length >= LEAST_TELLING)].map(moneyKeys.reference),
];

async function open(em: EntityManager, company: string, link: LinkRow, payment: PlatformPayment, incoming: string, keys: readonly string[]): Promise<Opening> {
  const { policy } = await readReceiptPolicy(em, company);
  return openSettlement(em, company, {
    source: 'link', incoming, link: link.id, system: link.system ?? undefined, customer: link.customer, customerName: link.customer_name, amount: { amount: netOf(payment), currency: payment.amount.currency },
    method: link.method, paidAt: payment.approvedAt ?? payment.createdAt, keys, policy: settlingPolicy(policy),
    ...(link.conversation === null ? {} : { conversation: link.conversation }), ...(link.invoice === '' ? {} : { invoice: link.invoice }), ...(link.invoice_number === '' ? {} : { invoiceNumber: link.invoice_number }),
  });
}

/** This payment was settled before: the link is paid by it, unless somebody said no since. */
async function settledBefore(em: EntityManager, ref: PlatformPaymentRef, link: LinkRow, payment: PlatformPayment, { known, keys }: { known: Known; keys: readonly string[] }): Promise<string | undefined> {
  if (known.refusedBy !== null) {
    // Who took it back in person knows that the money is there.
    if (known.refusedBy !== 'person') await note(em, ref, 'won-back', { link: link.id, settlement: known.id, payment });
    return undefined;
  }
  await markPaid(em, ref.company, link, known.id);
  if (known.isOver) return undefined;
  await claimMore(em, ref.company, known.id, keys); // a receipt had one of its numbers: a picture with another one is the same payment
  return known.id;
}

/** A link that was paid stays paid by the same settlement as long as that stands. */
const markPaid = (em: EntityManager, company: string, { id }: LinkRow, settlement: string): Promise<unknown> =>
  em.execute(
    `update payment_links l set state = 'paid', settlement = ?::uuid where company = ? and id = ?::uuid and (state <> 'paid'
      or exists (select from settlements s where s.company = l.company and s.id = l.settlement and s.state in ('reversed', 'given-up')))`, [settlement, company, id]);

/**
 * How a link stands when a payment of it comes. mine: the payment had been settled, and a person took that back · twice: another one of the link stands, or
 * others paid the whole of its invoice since it was made (by a receipt, by another link) · free: they paid so much of it.
 */
type Standing = { is: 'mine' } | { is: 'twice'; settlement: string } | { is: 'free'; paid: string };

async function standingOf(em: EntityManager, company: string, link: LinkRow, row: IncomingRow): Promise<Standing> {
  const [before] = link.settlement === null ? [] : await em.execute<{ incoming: string | null; stands: boolean }[]>(
    `select incoming, state not in ('reversed', 'given-up') stands from settlements where company = ? and id = ?::uuid`, [company, link.settlement]);
  if (before?.incoming === row.id) return { is: 'mine' };
  if (before?.stands) return { is: 'twice', settlement: link.settlement! };
  if (link.invoice === '') return { is: 'free', paid: '0' };
  const [others] = await em.execute<{ first: string | null; paid: string }[]>(
    `select min(s.id::text) as first, coalesce(sum(s.amount), 0)::text paid from settlements s where s.company = ? and s.customer = ? and s.invoice = ? and s.currency = ?
      and coalesce(s.system = ?, true) and s.state not in ('reversed', 'given-up', 'kept') and s.opened_at > ?::timestamptz`,
    [company, link.customer, link.invoice, link.currency, link.system, new Date(link.made_at).toISOString()]);
  const { first, paid } = others!;
  return first !== null && cents(paid) >= cents(link.amount) ? { is: 'twice', settlement: first } : { is: 'free', paid };
}

/** A payment of a link is there: settled, unless it was (also by a receipt of it), or what it pays was paid before by another one. */
async function settle(em: EntityManager, ref: PlatformPaymentRef, link: LinkRow, payment: PlatformPayment, row: IncomingRow): Promise<string | undefined> {
  const { company } = ref;
  const keys = keysOf(ref, payment, row);
  const known = await settlementOf(em, company, keys);
  if (known) return settledBefore(em, ref, link, payment, { known, keys });
  // Of two links of one invoice that are paid at once the second one sees the first.
  await em.execute('select pg_advisory_xact_lock(hashtextextended(?, 28))', [`${company}/${link.customer}`]);
  const standing = await standingOf(em, company, link, row);
  if (standing.is === 'mine') return undefined;
  if (standing.is === 'twice') {
    await note(em, ref, 'paid-twice', { link: link.id, settlement: standing.settlement, payment });
    await markPaid(em, company, link, standing.settlement);
    return undefined;
  }
  const opening = await open(em, company, link, payment, row.id, keys);
  const settlement = opening.ok ? opening.settlement : opening.taken;
  await markPaid(em, company, link, settlement);
  if (cents(standing.paid) > 0n && cents(standing.paid) + cents(netOf(payment)) > cents(link.amount)) await note(em, ref, 'overpaid', { link: link.id, settlement, payment });
  return settlement;
}

/** What was there is gone: the link can be asked for again, and what was made of it is taken back. */
async function takeBack(em: EntityManager, ref: PlatformPaymentRef, link: LinkRow | undefined, payment: PlatformPayment, row: IncomingRow): Promise<PaymentLook['reverse']> {
  const known = await settlementOf(em, ref.company, keysOf(ref, payment, row));
  if (link && (link.state === 'open' || link.settlement === known?.id)) await em.execute(`update payment_links set state = 'expired', settlement = null where company = ? and id = ?::uuid and state in ('open', 'paid')`, [ref.company, link.id]);
  return known === undefined || known.refusedBy !== null || known.isOver ? undefined : { settlement: known.id, cause: payment.status === 'charged_back' ? 'charged-back' : 'refunded' };
}

async function weigh(em: EntityManager, ref: PlatformPaymentRef, payment: PlatformPayment, collector: string): Promise<PaymentLook> {
  const { company } = ref;
  const money = moneyStateOf(payment);
  if (isAnotherCompanys(payment, company)) return { money, receipts: [] };
  const [link] = payment.externalReference === undefined ? [] : await em.execute<LinkRow[]>(`${LINK} and external_reference = ? for update`, [company, payment.externalReference]);
  const stranger = link && strangerTo(payment, { externalReference: link.external_reference, currency: link.currency, collector: link.collector });
  if (stranger !== undefined) await note(em, ref, 'not-ours', { link: link!.id, payment });
  const row = payment.collector === collector || (link && stranger === undefined) ? await keepIncoming(em, company, payment) : undefined;
  if (!row || stranger !== undefined) return { money, receipts: [] };
  const linked = link ? { link: link.id } : {};
  // One that failed after all, though it had been there, is as one that was given back.
  if (money === 'reversed' || (money === 'failed' && row.settlement !== null)) {
    const reverse = await takeBack(em, ref, link, payment, row);
    return { money, ...linked, ...(reverse ? { reverse } : {}), receipts: [] };
  }
  if (money !== 'paid' && money !== 'partly-refunded') return { money, ...linked, receipts: [] };
  if (money === 'partly-refunded') await note(em, ref, 'partly-refunded', { link: link?.id, settlement: row.settlement ?? undefined, payment });
  const settlement = link ? await settle(em, ref, link, payment, row) : undefined;
  return { money, ...linked, ...(settlement === undefined ? {} : { settlement }), receipts: await receiptsWaitingFor(em, company, payment) };
}

/**
 * Asks the platform what a payment is, keeps it and says what follows; a notice said only that there may be something new.
 * @throws ApplicationFailure `PLATFORM_AWAY`, to be tried again
 */
export async function lookAtPlatformPayment(deps: PlatformDeps, ref: PlatformPaymentRef): Promise<PaymentLook> {
  const { company, payment: id } = ref;
  const access = await platformAccess(deps, company);
  if (!access) return { money: 'gone', receipts: [] };
  const answer = await access.platform.payment(id, AbortSignal.timeout(LIMIT_MS));
  await noteFault(deps.orm, company, answer);
  if (answer.ok) return forCompany(deps.orm, company, (em) => weigh(em, ref, answer.value, access.collector));
  if (answer.reason === 'not-found') return { money: 'absent', receipts: [] };
  if (answer.reason !== 'unreadable') throw ApplicationFailure.retryable(answer.detail, PLATFORM_AWAY);
  await forCompany(deps.orm, company, (em) => note(em, ref, 'unreadable'));
  return { money: 'waiting', receipts: [] };
}

/** How a link stands, and which payments of it have to be looked at. */
export interface LinkLook {
  state: LinkRow['state'];
  platform: PlatformPaymentRef['platform'];
  payments: string[];
}

/** What nobody has got within this time nobody waits for any more. */
const MAKING_MS = 30 * 60_000;

/**
 * Asks the platform for a link's payments: those that are, were or may become money. A link whose time is over expires, once the platform has
 * said that nobody paid it.
 * @throws ApplicationFailure `PLATFORM_AWAY`, to be tried again
 */
export async function lookAtLink(deps: PlatformDeps & { now: () => number }, { company, link: id }: { company: string; link: string }): Promise<LinkLook> {
  const { orm, now } = deps;
  const platform = 'mercadopago' as const;
  const read = () => forCompany(orm, company, async (em) => (await em.execute<LinkRow[]>(`${LINK} and id = ?::uuid`, [company, id]))[0]);
  const row = await read();
  const access = await platformAccess(deps, company);
  if (!row || !access || (row.state !== 'open' && row.state !== 'making')) return { state: row?.state ?? 'cancelled', platform, payments: [] };
  if (row.state === 'making') {
    if (now() - new Date(row.made_at).getTime() > MAKING_MS) await forCompany(orm, company, (em) => em.execute(`update payment_links set state = 'cancelled' where company = ? and id = ?::uuid and state = 'making'`, [company, id]));
    return { state: (await read())!.state, platform, payments: [] };
  }
  const answer = await access.platform.search({ externalReference: row.external_reference }, AbortSignal.timeout(LIMIT_MS));
  await noteFault(orm, company, answer);
  if (!answer.ok) throw ApplicationFailure.retryable(answer.detail, PLATFORM_AWAY);
  const payments = answer.value.payments.filter((payment) => moneyStateOf(payment) !== 'failed').map((payment) => payment.id);
  const isOver = new Date(row.expires_at).getTime() <= now() && payments.length === 0;
  await forCompany(orm, company, (em) => em.execute(
    `update payment_links set looked_at = clock_timestamp(), state = case when ? and state = 'open' then 'expired' else state end where company = ? and id = ?::uuid`, [isOver, company, id]));
  return { state: (await read())!.state, platform, payments };
}
