import type { EntityManager } from '@mikro-orm/postgresql';
import { e164Digits, phoneCountryOf, phoneKey } from '../../libs/domain/phone.js';
import { present } from './rows.js';

export const customerFilters = ['all', 'owing', 'suspended', 'cancelled'] as const;
export type CustomerFilter = (typeof customerFilters)[number];

export interface ListWanted {
  /** Words of name, document, number, address, email, service number, IP or serial number; or a phone in any spelling. */
  q: string;
  filter: CustomerFilter;
  /** Id of a plan. */
  plan?: string | undefined;
  page: number;
  size: number;
}

export interface ListedCustomer {
  id: string;
  number: string;
  name: string;
  document?: string;
  phones: string[];
  address?: string;
  status: 'active' | 'suspended' | 'cancelled';
  /** What they owe; below zero: in their favour. */
  balance: string;
  dueOn?: string;
  plans: string[];
}

export type ListedCounts = Record<CustomerFilter, number>;

const MOST_WORDS = 6;
const LOOKS_LIKE_A_PHONE = /^[\d\s()+./-]{6,24}$/u;
const escaped = (word: string): string => `%${word.replace(/[\\%_]/gu, '\\$&')}%`;

interface Condition {
  sql: string;
  values: unknown[];
}

/** Each word has to be somewhere in the customer's row or in one of their services'. */
function wordsCondition(company: string, q: string): Condition {
  const words = q.split(/\s+/u).filter((word) => word !== '').slice(0, MOST_WORDS);
  const one = `(c.search like book_fold(?) or c.id in (select s.customer from services s where s.company = ? and s.search like book_fold(?)))`;
  return { sql: words.map(() => one).join(' and ') || 'true', values: words.flatMap((word) => [escaped(word), company, escaped(word)]) };
}

/** Of what may be a phone also whoever has it, however it is spelt. */
function searchCondition(company: string, q: string, locale: string): Condition {
  const words = wordsCondition(company, q);
  if (!LOOKS_LIKE_A_PHONE.test(q)) return words;
  const digits = q.replace(/\D/gu, '');
  const phone = e164Digits(q, phoneCountryOf(locale)) ?? digits;
  return {
    sql: `((${words.sql}) or c.phone_keys @> array[?] or c.search like ?)`,
    values: [...words.values, phoneKey(phone), escaped(digits)],
  };
}

const BOOK = (search: string) => `with found as materialized (
    select c.id, c.number, c.name, c.document, c.phones, c.address, c.status from customers c where c.company = ? and ${search}),
  owed as (select i.customer, sum(i.amount - i.paid) as owed, min(i.due_on) as due_on from invoices i
    where i.company = ? and i.state in ('open', 'in-review') group by i.customer),
  credit as (select p.customer, sum(p.amount - coalesce(a.covered, 0)) as credit from payments p
    left join (select payment, sum(amount) as covered from payment_parts where company = ? group by payment) a on a.payment = p.id
    where p.company = ? and p.reversed_at is null group by p.customer),
  served as (select s.customer, bool_or(s.status = 'suspended') as suspended, array_agg(distinct p.name) filter (where s.status <> 'cancelled') as plans,
      coalesce(bool_or(s.plan = ?::uuid and s.status <> 'cancelled'), false) as on_plan
    from services s join plans p on p.company = s.company and p.id = s.plan where s.company = ? group by s.customer),
  listed as (select f.*, (coalesce(o.owed, 0) - coalesce(k.credit, 0))::numeric(14, 2) as balance, o.due_on::text as due_on, to_json(coalesce(v.plans, '{}')) as plans,
      case when f.status = 'cancelled' then 'cancelled' when v.suspended then 'suspended' else 'active' end as state
    from found f left join owed o on o.customer = f.id left join credit k on k.customer = f.id left join served v on v.customer = f.id
    where ?::uuid is null or v.on_plan)`;

const filters: Record<CustomerFilter, string> = {
  all: `state <> 'cancelled'`, owing: 'balance > 0', suspended: `state = 'suspended'`, cancelled: `state = 'cancelled'`,
};

const COUNTS = `, counts as (select ${customerFilters.map((filter) => `count(*) filter (where ${filters[filter]})::int as "${filter}"`).join(', ')} from listed)`;

interface Row {
  id: string;
  number: string;
  name: string;
  document: string | null;
  phones: string[];
  address: string | null;
  state: ListedCustomer['status'];
  balance: string;
  due_on: string | null;
  plans: string[];
}

/** A page of the company's customers by name, and how many there are under each filter. */
export async function listCustomers(em: EntityManager, company: string, { q, filter, plan, page, size }: ListWanted): Promise<{ items: ListedCustomer[]; counts: ListedCounts }> {
  const [own] = await em.execute<{ locale: string }[]>('select locale from companies where id = ?', [company]);
  const search = searchCondition(company, q.trim(), own?.locale ?? 'es-AR');
  const values = [company, ...search.values, company, company, company, plan ?? null, company, plan ?? null];
  const [answer] = await em.execute<{ counts: ListedCounts; items: Row[] | null }[]>(
    `${BOOK(search.sql)}${COUNTS} select (select to_json(counts) from counts) as counts, (select json_agg(x) from (
      select id, number, name, document, to_json(phones) as phones, address, state, balance::text, due_on, plans from listed where ${filters[filter]}
      order by lower(name), number limit ? offset ?) x) as items`, [...values, size, (page - 1) * size]);
  const items = (answer!.items ?? []).map(({ id, number, name, document, phones, address, state, balance, due_on: dueOn, plans }) => (
    { id, number, name, phones, status: state, balance, plans, ...present({ document, address, dueOn }) }));
  return { items, counts: answer!.counts };
}
