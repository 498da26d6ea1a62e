import type { EntityManager } from '@mikro-orm/postgresql';
import { forCompany } from '../../libs/db/company.js';
import type { Money } from '../../libs/domain/customers.js';
import type { PaymentLinkRef } from '../../workflows/payment-link/contract.js';
import { noteFault, platformAccess, type PlatformAccess, type PlatformDeps } from './accounts.js';

/** What somebody wants to pay. */
export interface LinkWanted {
  /** The ISP system's id. */
  customer: string;
  customerName: string;
  /** The ISP system's id of the invoice, and the number printed on it; absent where it has no payments of one invoice. */
  invoice?: string;
  invoiceNumber?: string;
  amount: Money;
  /** Where the customer is told of what was paid. */
  conversation?: string;
}

export type LinkAnswer =
  | { ok: true; link: string; url: string; /** ISO instant */ expiresAt: string }
  | { ok: false; reason: NoLink };

/**
 * off: the company has no such platform, or does not show it · currency: its account takes another · paid: a payment of this invoice is being registered, or
 * a link of it was paid and counts · review: a receipt that may be of it is being looked at · unavailable
 */
export type NoLink = 'off' | 'currency' | 'paid' | 'review' | 'unavailable';

export interface PaymentLinks {
  /** A company's links. */
  of(company: string): { /** The same for the same invoice and amount, as long as it stands. */ linkFor(wanted: LinkWanted, signal?: AbortSignal): Promise<LinkAnswer> };
}

export interface LinkDeps extends PlatformDeps {
  /** Sees to it that somebody looks after a link (`watchLink`). May be called any number of times. */
  watch: (link: PaymentLinkRef) => Promise<void>;
  now: () => number;
}

const LIVES_MS = 10 * 24 * 60 * 60_000;
/** A link that is about to expire is no good to anybody. */
const LEAST_MS = 2 * 60 * 60_000;
const LIMIT_MS = 25_000;

export interface LinkRow {
  id: string;
  state: 'making' | 'open' | 'paid' | 'expired' | 'cancelled';
  customer: string;
  customer_name: string;
  invoice: string;
  invoice_number: string;
  amount: string;
  currency: string;
  method: string;
  collector: string;
  external_reference: string;
  url: string | null;
  conversation: string | null;
  settlement: string | null;
  /** Of which ISP's system the customer and the invoice are. */
  system: string | null;
  expires_at: Date | string;
  made_at: Date | string;
}

export const LINK = `select id, state, customer, customer_name, invoice, invoice_number, amount::text, currency, method, collector, external_reference, url, conversation, settlement, system, expires_at, made_at
  from payment_links where company = ?`;

const msOf = (moment: Date | string): number => new Date(moment).getTime();

/** What the customer calls it; undefined where the company does not offer it. */
async function methodName(em: EntityManager, company: string): Promise<string | undefined> {
  const [row] = await em.execute<{ name: string }[]>(`select name from payment_methods where company = ? and kind = 'mercadopago' and removed_at is null and visible`, [company]);
  return row?.name;
}

/**
 * Why an invoice is not to be paid once more. Of what is registered the ISP's system tells by itself: it says what is owed; what is on its way there it does
 * not know, and a system that books payments elsewhere than on the invoice goes on calling it open.
 */
const NOT_TO_PAY = `select case
    when exists (select from settlements s left join payment_links l on l.company = s.company and l.id = s.link and l.settlement = s.id
      where s.company = ? and s.customer = ? and s.invoice = ? and s.state not in ('reversed', 'given-up')
        and ((s.state in ('registering', 'stuck') and not exists (select from settlement_steps t where t.company = s.company and t.settlement = s.id and t.step = 'register' and t.state in ('done', 'already', 'skipped'))) or (l.amount = ?::numeric and s.amount >= l.amount))) then 'paid'
    when exists (select from receipts r where r.company = ? and r.state in ('waiting', 'review')
      and ((r.customer = ? and coalesce(r.invoice, ?) = ?) or (r.customer is null and r.conversation = ?::uuid))) then 'review' end as reason`;

async function notToPay(em: EntityManager, company: string, { customer, invoice, amount, conversation }: LinkWanted): Promise<'paid' | 'review' | undefined> {
  if (invoice === undefined) return undefined;
  const [row] = await em.execute<{ reason: 'paid' | 'review' | null }[]>(
    NOT_TO_PAY, [company, customer, invoice, amount.amount, company, customer, invoice, invoice, conversation ?? null]);
  return row?.reason ?? undefined;
}

/** The one in use; in another one the same numbers are somebody else's. */
const SYSTEM = `coalesce((select c.system from isp_connections c where c.company = ? and c.active), 'embedded')`;

/** The row of a link that stands, or a new one. */
async function rowFor({ orm, now }: LinkDeps, company: string, wanted: LinkWanted, { collector }: PlatformAccess): Promise<LinkRow | NoLink> {
  return forCompany(orm, company, async (em) => {
    const method = await methodName(em, company);
    if (method === undefined) return 'off';
    const reason = await notToPay(em, company, wanted);
    if (reason !== undefined) return reason;
    const { customer, customerName, invoice = '', invoiceNumber = '', amount: { amount, currency }, conversation } = wanted;
    const which = [company, customer, invoice, amount, currency];
    await em.execute(
      `update payment_links set state = case state when 'making' then 'cancelled' else 'expired' end
        where company = ? and customer = ? and invoice = ? and amount = ?::numeric and currency = ? and state in ('making', 'open') and (expires_at < ?::timestamptz or collector <> ? or system is distinct from ${SYSTEM})`,
      [...which, new Date(now() + LEAST_MS).toISOString(), collector, company]);
    await em.execute(
      `insert into payment_links (company, id, platform, customer, customer_name, invoice, invoice_number, amount, currency, method, collector, external_reference, conversation, expires_at, system)
        select ?, i.id, 'mercadopago', ?, ?, ?, ?, ?::numeric, ?, ?, ?, ? || ':' || i.id, ?::uuid, ?::timestamptz, ${SYSTEM} from (select gen_random_uuid() id) i
        on conflict (company, platform, customer, invoice, amount, currency) where state in ('making', 'open') do nothing`,
      [company, customer, customerName, invoice, invoiceNumber, amount, currency, method, collector, company, conversation ?? null, new Date(now() + LIVES_MS).toISOString(), company]);
    const [row] = await em.execute<LinkRow[]>(`${LINK} and customer = ? and invoice = ? and amount = ?::numeric and currency = ? and state in ('making', 'open')`, which);
    return row!;
  });
}

const titleOf = ({ invoice_number: number }: LinkRow): string => (number === '' ? 'Pago del servicio' : `Factura ${number}`);

/** Asks the platform for a row's link: again under the same key, should an earlier attempt have ended in doubt. */
async function make({ orm }: LinkDeps, company: string, row: LinkRow, access: PlatformAccess, signal: AbortSignal): Promise<LinkAnswer> {
  const answer = await access.platform.createLink({
    idempotencyKey: row.id, externalReference: row.external_reference, title: titleOf(row), amount: { amount: row.amount, currency: row.currency }, expiresAt: new Date(row.expires_at).toISOString(),
    ...(access.notificationUrl === undefined ? {} : { notificationUrl: access.notificationUrl }),
  }, signal);
  await noteFault(orm, company, answer);
  return forCompany(orm, company, async (em) => {
    if (answer.ok) {
      await em.execute(`update payment_links set state = 'open', preference = ?, url = ? where company = ? and id = ?::uuid and state = 'making'`, [answer.value.id, answer.value.url, company, row.id]);
    } else if (answer.reason === 'auth' || answer.reason === 'rejected') {
      await em.execute(`update payment_links set state = 'cancelled' where company = ? and id = ?::uuid and state = 'making'`, [company, row.id]);
    }
    const [now] = await em.execute<LinkRow[]>(`${LINK} and id = ?::uuid`, [company, row.id]);
    return now!.state === 'open' ? given(now!) : { ok: false, reason: 'unavailable' };
  });
}

const given = ({ id, url, expires_at: expiresAt }: LinkRow): LinkAnswer => ({ ok: true, link: id, url: url!, expiresAt: new Date(msOf(expiresAt)).toISOString() });

async function linkFor(deps: LinkDeps, company: string, wanted: LinkWanted, signal: AbortSignal): Promise<LinkAnswer> {
  const access = await platformAccess(deps, company);
  if (!access) return { ok: false, reason: 'off' };
  if (access.currency !== wanted.amount.currency) return { ok: false, reason: 'currency' };
  const row = await rowFor(deps, company, wanted, access);
  if (typeof row === 'string') return { ok: false, reason: row };
  await deps.watch({ company, link: row.id });
  return row.state === 'open' ? given(row) : make(deps, company, row, access, signal);
}

/** Links that customers pay at a platform. */
export const paymentLinks = (deps: LinkDeps): PaymentLinks => ({
  of: (company) => ({
    linkFor: (wanted, signal) => linkFor(deps, company, wanted, signal ? AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]) : AbortSignal.timeout(LIMIT_MS)),
  }),
});
