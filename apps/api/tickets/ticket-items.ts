import type { EntityManager } from '@mikro-orm/postgresql';
import type { TicketState } from '../../../libs/domain/ticket/state.js';
import type { Condition } from './sight.js';
import type { Named, TicketItem } from './ticket.schema.js';

interface Row {
  id: string;
  number: string;
  state: TicketState;
  summary: string;
  contact: string;
  contact_name: string | null;
  phone: string | null;
  conversation: string;
  department: Named | null;
  assignee: Named | null;
  opened_at: string;
  taken_at: string | null;
  waiting_since: string | null;
  alarmed_at: string | null;
  closed_at: string | null;
  last: { text: string | null; kind: string; at: string; author: string } | null;
  unread: number;
  sort_a: string;
  sort_b: string;
}

/** A ticket with its place in the list's order. */
export interface PlacedItem {
  item: TicketItem;
  cursor: string;
}

/** Longest wait first, to the millisecond as screens compare it, then those that wait for nobody; closed ones newest first. */
const SORT = `case when t.state = 'closed' then 0 else coalesce(floor(extract(epoch from t.waiting_since) * 1000), 9e15) end::bigint as sort_a,
  case when t.state = 'closed' then -t.number else t.number end as sort_b`;

/** Most messages that "unread" counts. */
const MOST_UNREAD = 100;

/** From tickets in `chosen`; a page of them, so that what each needs is looked up only for what is shown. */
const ITEMS = `select t.id, t.number::text, t.state, t.summary, t.contact, c.name as contact_name, t.conversation, t.opened_at, t.taken_at,
    t.waiting_since, t.alarmed_at, t.closed_at, t.sort_a::text, t.sort_b::text,
    (select split_part(a.address, '@', 1) from contact_addresses a
      where a.company = t.company and a.contact = t.contact and a.address like '%@s.whatsapp.net' order by a.address limit 1) as phone,
    (select jsonb_build_object('id', d.id, 'name', d.name) from departments d where d.company = t.company and d.id = t.department) as department,
    (select jsonb_build_object('id', u.id, 'name', u.name) from users u where u.company = t.company and u.id = t.assignee) as assignee,
    (select jsonb_build_object('text', m.text, 'kind', m.kind, 'at', m.at, 'author', m.author) from messages m
      where m.company = t.company and m.conversation = t.conversation and m.kind <> 'moved' order by m.id desc limit 1) as last,
    case when t.state = 'closed' then 0 else (select count(*)::int from (select 1 from messages m
      where m.company = t.company and m.conversation = t.conversation and m.author = 'customer' and m.at >= t.opened_at
        and m.id > coalesce((select max(x.id) from messages x where x.company = t.company and x.conversation = t.conversation and x.author = 'agent'), 0)
      limit ${MOST_UNREAD}) waiting) end as unread
  from chosen t join contacts c on c.company = t.company and c.id = t.contact
  order by t.sort_a, t.sort_b`;

/** What a chat shows of a message that has no text. */
const kindWords: Readonly<Record<string, string>> = {
  image: 'Foto', video: 'Video', audio: 'Audio', document: 'Documento', sticker: 'Sticker', location: 'Ubicación', contact: 'Contacto',
  reaction: 'Reacción', edit: 'Mensaje editado', deleted: 'Mensaje eliminado', call: 'Llamada', poll: 'Encuesta', 'poll-vote': 'Voto', order: 'Pedido',
  product: 'Producto', 'group-invite': 'Invitación a un grupo',
  placeholder: 'Esperando el mensaje', unreadable: 'Mensaje que no se pudo leer',
};

const iso = (time: string): string => new Date(time).toISOString();
const when = <K extends string>(key: K, time: string | null): Partial<Record<K, string>> => (time === null ? {} : { [key]: iso(time) }) as Partial<Record<K, string>>;

/** What somebody is called: by their name, or as a phone would show the number. */
export const contactName = (name: string | null, phone: string | null): string => name ?? (phone === null ? 'Sin nombre' : `+${phone}`);

function itemOf(row: Row): TicketItem {
  const { id, state, summary, conversation, last } = row;
  return {
    id, number: Number(row.number), state, summary, conversation,
    contact: { id: row.contact, name: contactName(row.contact_name, row.phone), ...(row.phone === null ? {} : { phone: row.phone }) },
    ...(row.department ? { department: row.department } : {}),
    ...(row.assignee ? { assignee: row.assignee } : {}),
    openedAt: iso(row.opened_at),
    ...when('takenAt', row.taken_at),
    ...when('waitingSince', row.waiting_since),
    ...when('alarmedAt', row.alarmed_at),
    ...when('closedAt', row.closed_at),
    ...(last ? { lastMessage: { text: last.text ?? kindWords[last.kind] ?? '', at: iso(last.at), author: last.author } } : {}),
    unread: row.unread,
  };
}

/**
 * Tickets that fit, in the order of the lists.
 * @param where conditions on `tickets t`, all of which must hold
 * @param after the cursor of the last one that is known
 */
export async function ticketItems(em: EntityManager, where: readonly Condition[], limit: number, after?: string): Promise<PlacedItem[]> {
  const conditions = where.map(({ sql }) => sql).join(' and ');
  const [a, b] = after?.split('.') ?? [];
  const rows = await em.execute<Row[]>(
    `with chosen as (
        select * from (select t.*, ${SORT} from tickets t where ${conditions}) t
          ${after === undefined ? '' : 'where (t.sort_a, t.sort_b) > (?::bigint, ?::bigint)'} order by t.sort_a, t.sort_b limit ?)
      ${ITEMS}`,
    [...where.flatMap(({ values }) => values), ...(after === undefined ? [] : [a, b]), limit],
  );
  return rows.map((row) => ({ item: itemOf(row), cursor: `${row.sort_a}.${row.sort_b}` }));
}
