import type { EntityManager } from '@mikro-orm/postgresql';
import { ProblemException } from '../platform/problem.js';
import { contactName } from '../tickets/ticket-items.js';
import type { Named } from '../tickets/ticket.schema.js';
import type { ContactAddressView, ContactMergeView, ContactView } from './contact.schema.js';

const PHONE_JID = /^(\d+)@s\.whatsapp\.net$/u;

/** Phones first; hidden numbers look all alike, so one says it. */
function addressesOf(addresses: readonly string[]): ContactAddressView[] {
  const phones = addresses.flatMap((address) => PHONE_JID.exec(address)?.[1] ?? []);
  const others = (['lid', 'g.us'] as const).filter((server) => addresses.some((address) => address.endsWith(`@${server}`)));
  return [...phones.map((phone) => ({ kind: 'phone', phone }) as const), ...others.map((server) => ({ kind: server === 'lid' ? 'hidden' : 'group' }) as const)];
}

const nameWith = (id: string, name: string | null, addresses: readonly ContactAddressView[]) => {
  const phone = addresses.find((address) => address.phone !== undefined)?.phone;
  return { id, name: contactName(name, phone ?? null), ...(phone === undefined ? {} : { phone }) };
};

/** A contact with what is at home with it and with those that are part of it. @throws ProblemException `not-found` */
export async function contactView(em: EntityManager, company: string, id: string): Promise<ContactView> {
  const [row] = await em.execute<{ name: string | null; since: string; root: string; addresses: string[] }[]>(
    `select c.name, c.created_at as since, contact_root(c.company, c.id) as root, array(select a.address from contact_addresses a
        where a.company = c.company and coalesce(a.home, a.contact) = any(contact_side(c.company, c.id)) order by a.address) as addresses
      from contacts c where c.company = ? and c.id = ?::uuid`,
    [company, id],
  );
  if (!row) throw new ProblemException('not-found');
  const addresses = addressesOf(row.addresses);
  return { ...nameWith(id, row.name, addresses), addresses, since: new Date(row.since).toISOString(), ...(row.root === id ? {} : { mergedInto: row.root }) };
}

interface MergeRow {
  id: string;
  loser: string;
  name: string | null;
  addresses: string[];
  reason: ContactMergeView['reason'];
  at: string;
  by: Named | null;
  undone_at: string | null;
  undone_by: Named | null;
}

const NAMED = (user: string) => `case when ${user}.id is not null then jsonb_build_object('id', ${user}.id, 'name', ${user}.name) end`;

const MERGES = `select m.id, m.loser, l.name, m.addresses, m.reason, m.at, ${NAMED('b')} as by, m.undone_at, ${NAMED('u')} as undone_by
  from contact_merges m join contacts l on l.company = m.company and l.id = m.loser
    left join users b on b.company = m.company and b.id = m.by left join users u on u.company = m.company and u.id = m.undone_by`;

function mergeOf({ id, loser, name, addresses: jids, reason, at, by, undone_at: undoneAt, undone_by: undoneBy }: MergeRow): ContactMergeView {
  const addresses = addressesOf(jids);
  return {
    id, contact: nameWith(loser, name, addresses), addresses, reason, at: new Date(at).toISOString(), ...(by ? { by } : {}),
    ...(undoneAt === null ? {} : { undoneAt: new Date(undoneAt).toISOString() }), ...(undoneBy ? { undoneBy } : {}),
  };
}

/** What was merged into a contact, and what was taken apart again; newest first. */
export async function mergesOf(em: EntityManager, company: string, contact: string): Promise<ContactMergeView[]> {
  const rows = await em.execute<MergeRow[]>(
    `${MERGES} where m.company = ? and m.winner = any(contact_side(m.company, ?::uuid)) order by m.at desc`, [company, contact]);
  return rows.map(mergeOf);
}

/** @throws ProblemException `not-found` */
export async function mergeView(em: EntityManager, company: string, id: string): Promise<ContactMergeView> {
  const [row] = await em.execute<MergeRow[]>(`${MERGES} where m.company = ? and m.id = ?::uuid`, [company, id]);
  if (!row) throw new ProblemException('not-found');
  return mergeOf(row);
}
