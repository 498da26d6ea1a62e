import type { EntityManager } from '@mikro-orm/postgresql';
import { instantFrom, isUuid } from '../../../activities/customer-book/rows.js';
import { ProblemException } from '../platform/problem.js';
import type { Activity, BookServiceView, CustomerView, PlanView } from './customer.schema.js';

const SERVICE = `json_build_object('id', s.id, 'customer', s.customer, 'number', s.number, 'plan', json_build_object('id', p.id, 'name', p.name), 'status', s.status,
  'address', s.address, 'price', json_build_object('amount', coalesce(s.price, p.price)::text, 'currency', p.currency), 'ownPrice', s.price::text,
  'installedOn', s.installed_on, 'cancelledOn', s.cancelled_on, 'ip', s.ip, 'onuSerial', s.onu_serial, 'notes', s.notes, 'version', s.version)`;

const CUSTOMER = `select c.id, c.number, c.name, c.document, to_json(c.phones) as phones, c.address, c.postal_code as "postalCode", c.email,
    c.tax_condition as "taxCondition", c.notes, c.latitude::float8 as latitude, c.longitude::float8 as longitude, c.status, c.version, c.created_at, k.currency,
    (select coalesce(sum(i.amount - i.paid), 0)::numeric(14, 2)::text from invoices i where i.company = c.company and i.customer = c.id and i.state in ('open', 'in-review')) as owed,
    (select coalesce(sum(p.amount - coalesce((select sum(a.amount) from payment_parts a where a.company = p.company and a.payment = p.id), 0)), 0)::numeric(14, 2)::text
      from payments p where p.company = c.company and p.customer = c.id and p.reversed_at is null) as credit,
    (select coalesce(json_agg(${SERVICE} order by s.status = 'cancelled', s.number), '[]') from services s join plans p on p.company = s.company and p.id = s.plan
      where s.company = c.company and s.customer = c.id) as services
  from customers c join companies k on k.id = c.company where c.company = ? and c.id = ?::uuid`;

/** @throws ProblemException `not-found` */
export async function readCustomer(em: EntityManager, company: string, id: string): Promise<CustomerView> {
  const [row] = await em.execute<(Omit<CustomerView, 'createdAt'> & { created_at: string })[]>(CUSTOMER, [company, id]);
  if (!row) throw new ProblemException('not-found');
  const { created_at, ...rest } = row;
  return { ...rest, createdAt: instantFrom(created_at) };
}

/** @throws ProblemException `not-found` */
export async function readService(em: EntityManager, company: string, id: string): Promise<BookServiceView> {
  const [row] = await em.execute<{ service: BookServiceView }[]>(
    `select ${SERVICE} as service from services s join plans p on p.company = s.company and p.id = s.plan where s.company = ? and s.id = ?::uuid`, [company, id]);
  if (!row) throw new ProblemException('not-found');
  return row.service;
}

/** Those on sale first, in the company's order. */
export function readPlans(em: EntityManager, company: string, id?: string): Promise<PlanView[]> {
  return em.execute<PlanView[]>(
    `select p.id, p.name, p.down_mbps as "downMbps", p.up_mbps as "upMbps", p.price::text as price, p.currency, p.description, p.active, p.version,
        (select count(*)::int from services s where s.company = p.company and s.plan = p.id and s.status <> 'cancelled') as services
      from plans p where p.company = ? and (?::uuid is null or p.id = ?::uuid) order by p.active desc, p.position, lower(p.name)`, [company, id ?? null, id ?? null]);
}

const ACTIVITY = `with mine as (select ?::text as subject union all select id::text from services where company = ? and customer = ?::uuid
    union all select id::text from invoices where company = ? and customer = ?::uuid union all select id::text from payments where company = ? and customer = ?::uuid)
  select a.id::text, a.at, coalesce(a.actor_name, '') as who, a.action, coalesce(a.after->>'number', a.before->>'number', a.after->>'reference') as about
  from audit_log a where a.company = ? and a.action = any(?::text[]) and a.subject in (select subject from mine) order by a.id desc limit 100`;

const KINDS = ['customer', 'service', 'invoice', 'payment'];
const ACTIONS = ['created', 'changed', 'cancelled', 'restored', 'suspended', 'reactivated', 'issued', 'registered', 'reversed'];
const actions = `{${KINDS.flatMap((kind) => ACTIONS.map((action) => `${kind}.${action}`)).join(',')}}`;

/** What was done about a customer, their services, invoices and payments; newest first. */
export async function readActivity(em: EntityManager, company: string, id: string): Promise<Activity[]> {
  if (!isUuid(id)) throw new ProblemException('not-found');
  const rows = await em.execute<(Omit<Activity, 'about' | 'at'> & { at: string; about: string | null })[]>(ACTIVITY, [id, company, id, company, id, company, id, company, actions]);
  return rows.map(({ at, about, ...row }) => ({ ...row, at: instantFrom(at), ...(about === null ? {} : { about }) }));
}
