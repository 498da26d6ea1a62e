import type { EntityManager } from '@mikro-orm/postgresql';
import type { CustomerQuery, InvoiceSummary, QueryResult } from '../../libs/domain/customers.js';
import type { Answer, IspSystem, IspSystems } from '../isp-systems.js';
import type { ReceiptRow } from './receipt-rows.js';

/** Whose payment it is, and what they owe, as the ISP's system says now. */
export type Whose =
  | { is: 'known'; id: string; name: string; /** Earliest due date first. */ open: InvoiceSummary[]; /** `id` of invoices is what the system takes in orders. */ hasIds: boolean }
  | { is: 'unknown' }
  | { is: 'unavailable' };

/** What a system said longer ago is no ground for money. */
const FRESH_MS = 10 * 60_000;
const MOST_INVOICES = 60;

type Asking = (query: CustomerQuery) => Promise<QueryResult>;

/** Asks; what is only remembered, because the system does not answer now, counts as no answer. */
const asking = (system: IspSystem, nowMs: number, signal: AbortSignal): Asking => async (query) => {
  const answer: Answer = await system.ask(query, signal);
  return answer.ok && nowMs - Date.parse(answer.asOf) > FRESH_MS ? { ok: false, reason: 'unavailable' } : answer;
};

/** @param phones of the contact who sent it, E.164 digits */
export async function whoseIs(systems: Pick<IspSystems, 'of'>, company: string, row: ReceiptRow, chosen: string | undefined, phones: readonly string[], nowMs: number, signal: AbortSignal): Promise<Whose> {
  const ask = asking(await systems.of(company), nowMs, signal);
  const id = chosen ?? row.customer ?? undefined;
  if (id !== undefined) {
    const name = id === row.customer && row.customer_name !== null ? row.customer_name : await nameOf(ask, id);
    return typeof name === 'string' ? owes(ask, id, name) : name;
  }
  for (const phone of phones) {
    const answer = await ask({ kind: 'by-phone', phone });
    if (!answer.ok && answer.reason === 'unavailable') return { is: 'unavailable' };
    const found = answer.ok && answer.kind === 'customers' ? answer.customers : [];
    if (found.length === 1) return owes(ask, found[0]!.id, found[0]!.name);
  }
  return { is: 'unknown' };
}

async function nameOf(ask: Asking, customer: string): Promise<string | Exclude<Whose, { is: 'known' }>> {
  const answer = await ask({ kind: 'profile', customer });
  if (answer.ok && answer.kind === 'profile') return answer.profile.name;
  return { is: !answer.ok && answer.reason === 'unavailable' ? 'unavailable' : 'unknown' };
}

async function owes(ask: Asking, id: string, name: string): Promise<Whose> {
  const answer = await ask({ kind: 'invoices', customer: id, limit: MOST_INVOICES });
  if (answer.ok && answer.kind === 'invoices') {
    const open = answer.invoices.filter(({ state }) => state === 'open').sort((one, other) => (one.dueOn < other.dueOn ? -1 : 1));
    return { is: 'known', id, name, open, hasIds: true };
  }
  if (answer.ok || answer.reason !== 'unsupported') return { is: !answer.ok && answer.reason === 'unavailable' ? 'unavailable' : 'unknown' };
  const account = await ask({ kind: 'account', customer: id });
  if (!account.ok || account.kind !== 'account') return { is: !account.ok && account.reason === 'unavailable' ? 'unavailable' : 'unknown' };
  const open = account.account.invoices.map((invoice) => ({ ...invoice, id: invoice.number, state: 'open' as const }));
  return { is: 'known', id, name, open, hasIds: false };
}

/** Phones of who sent it, as their WhatsApp addresses tell. */
export async function phonesOf(em: EntityManager, company: string, { contact }: ReceiptRow): Promise<string[]> {
  if (contact === null) return [];
  const rows = await em.execute<{ phone: string }[]>(
    `select distinct split_part(a.address, '@', 1) phone from contact_addresses a where a.company = ? and a.address like '%@s.whatsapp.net'
      and a.contact in (select unnest(array[c.id, c.merged_into]) from contacts c where c.company = a.company and c.id = ?::uuid) order by 1`, [company, contact]);
  return rows.map(({ phone }) => phone);
}
