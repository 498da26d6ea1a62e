import type { EntityManager } from '@mikro-orm/postgresql';
import { can } from '../../../libs/domain/permissions.js';
import type { Person } from '../../../libs/domain/ticket/access.js';
import { visibleTo, type Condition } from '../tickets/sight.js';
import { contactName, ticketItems } from '../tickets/ticket-items.js';
import { like, matching } from '../tickets/tickets.queries.js';
import { typedPhone } from '../tickets/typed-phone.js';
import type { Found } from './search.schema.js';

const MOST = 10;
/** One letter would find everybody. */
const FEWEST_LETTERS = 2;

/** People who have written, by name or phone (in any spelling); whoever does not see all tickets finds those of tickets that they see. */
async function people(em: EntityManager, company: string, person: Person, q: string, phones: string): Promise<Found['people']> {
  const digits = q.replace(/\D/g, '');
  const visible = visibleTo(person);
  const sight: Condition = can(person.role, 'tickets.all')
    ? { sql: 'true', values: [] }
    : { sql: `exists (select from tickets t where t.company = c.company and t.contact = c.id and ${visible.sql})`, values: visible.values };
  const rows = await em.execute<{ id: string; name: string | null; phone: string | null; conversation: string | null }[]>(
    `select c.id, c.name, p.phone, (select v.id from conversations v where v.company = c.company and v.contact = c.id and v.merged_into is null
          order by v.last_inbound_at desc nulls last limit 1) as conversation
      from contacts c left join lateral (select split_part(a.address, '@', 1) as phone from contact_addresses a
          where a.company = c.company and a.contact = c.id and a.address like '%@s.whatsapp.net' order by a.address limit 1) p on true
      where c.company = ? and (search_key(c.name) like search_key(?) or (? <> '' and exists (select from contact_addresses a where a.company = c.company and a.contact = c.id
            and a.address like '%@s.whatsapp.net' and (a.address like ? or a.key = any(?::text[]))))) and ${sight.sql}
      order by c.name nulls last, c.id limit ${MOST}`,
    [company, like(q), digits, like(digits), phones, ...sight.values],
  );
  return rows.map(({ id, name, phone, conversation }) => ({
    id, name: contactName(name, phone), ...(phone === null ? {} : { phone }), ...(conversation === null ? {} : { conversation }),
  }));
}

/** Open ones first. */
async function tickets(em: EntityManager, company: string, person: Person, q: string, phones: string): Promise<Found['tickets']> {
  const fitting = [{ sql: 't.company = ?', values: [company] }, visibleTo(person), matching(q, phones)];
  const open = await ticketItems(em, [...fitting, { sql: `t.state <> 'closed'`, values: [] }], MOST);
  const closed = await ticketItems(em, [...fitting, { sql: `t.state = 'closed'`, values: [] }], MOST);
  return [...open, ...closed].slice(0, MOST).map(({ item }) => item);
}

/** What somebody may see of what fits a few letters. */
export async function search(em: EntityManager, company: string, person: Person, q: string): Promise<Found> {
  if ((q.match(/[\p{L}\p{N}]/gu) ?? []).length < FEWEST_LETTERS && !/^#?\d+$/.test(q)) return { people: [], tickets: [] };
  const phones = await typedPhone(em, company, q);
  return { people: await people(em, company, person, q, phones), tickets: await tickets(em, company, person, q, phones) };
}
