import type { EntityManager } from '@mikro-orm/postgresql';
import type { Person } from '../../../libs/domain/ticket/access.js';
import { visibleTo } from '../tickets/sight.js';
import { contactName } from '../tickets/ticket-items.js';
import type { Notification } from './notification.schema.js';

/** Notifications that somebody is shown at most. */
export const MOST = 30;
const AS_OLD_AS = '7 days';

interface Row {
  id: string;
  kind: string;
  at: string;
  actor: string | null;
  mine: boolean;
  ticket: string;
  number: string;
  contact: string | null;
  phone: string | null;
}

function words({ kind, actor, mine, contact, phone }: Row): string {
  const who = contactName(contact, phone);
  switch (kind) {
    case 'opened':
      return `${who} espera a una persona`;
    case 'transferred':
      return mine ? `${actor ?? 'Alguien'} te transfirió el ticket de ${who}` : `El ticket de ${who} volvió a la cola`;
    case 'noted':
      return `${actor ?? 'Alguien'} dejó una nota sobre ${who}`;
    case 'reopened':
      return `${actor ?? 'Alguien'} reabrió el ticket de ${who}`;
    default:
      return `${who} espera hace demasiado`;
  }
}

/**
 * What others did that I may have to see to: to tickets that I have, transfers to me, notes and alarms; to those that wait where I
 * see them, that they came or wait too long. Newest first.
 */
export async function notificationsFor(em: EntityManager, company: string, person: Person): Promise<Notification[]> {
  const visible = visibleTo(person);
  const rows = await em.execute<Row[]>(
    `select e.id::text, e.kind, e.at, u.name as actor, coalesce(t.assignee = ?::uuid, false) as mine, t.id as ticket, t.number::text, c.name as contact,
        (select split_part(a.address, '@', 1) from contact_addresses a
          where a.company = t.company and a.contact = t.contact and a.address like '%@s.whatsapp.net' order by a.address limit 1) as phone
      from ticket_events e join tickets t on t.company = e.company and t.id = e.ticket
        join contacts c on c.company = t.company and c.id = t.contact left join users u on u.company = e.company and u.id = e.actor
      where e.company = ? and e.at > now() - interval '${AS_OLD_AS}' and e.actor is distinct from ?::uuid and t.state <> 'closed' and ${visible.sql}
        and ((t.assignee = ?::uuid and (e.kind in ('noted', 'reopened', 'alarmed') or (e.kind = 'transferred' and e.data->>'agent' = ?)))
          or (t.state = 'pending' and e.kind in ('opened', 'alarmed', 'transferred')))
      order by e.id desc limit ${MOST}`,
    [person.id, company, person.id, ...visible.values, person.id, person.id],
  );
  return rows.map((row) => ({
    id: row.id, kind: row.kind, at: new Date(row.at).toISOString(), text: words(row), ticket: { id: row.ticket, number: Number(row.number) },
  }));
}
