import type { EntityManager } from '@mikro-orm/postgresql';
import { localTimeOf } from '../../../libs/domain/time/local-time.js';
import type { MissedPolicy, StatusState } from '../../../libs/domain/status/status.js';
import type { Named } from '../tickets/ticket.schema.js';
import { like } from '../tickets/tickets.queries.js';
import type { StatusFilter, StatusPage, StatusQuery, StatusView, Viewer } from './status.schema.js';

interface Row {
  id: string;
  channel: Named;
  kind: 'text' | 'image';
  text: string;
  colour: StatusView['colour'] | null;
  image: string | null;
  state: StatusState;
  cause: string | null;
  publish_at: Date | string;
  published_at: Date | string | null;
  audience: number | null;
  left_out: number | null;
  views: number;
  created_by: Named | null;
}

const states: Readonly<Record<StatusFilter, readonly StatusState[]>> = {
  planned: ['scheduled', 'missed', 'publishing'],
  history: ['published', 'removing', 'expired', 'failed', 'unknown', 'cancelled', 'removed'],
  published: ['published', 'removing'],
  expired: ['expired'],
  error: ['failed', 'unknown'],
  cancelled: ['cancelled', 'removed'],
};
const listOf = (filter: StatusFilter): string => states[filter].map((state) => `'${state}'`).join(', ');

/** One person is one viewer, whichever of their addresses looked. */
const READ = `select s.id, jsonb_build_object('id', h.id, 'name', h.name) channel, s.kind, s.text, s.colour, s.image, s.state, s.cause,
    s.publish_at, s.published_at, s.audience, s.left_out,
    (select count(distinct coalesce(a.contact::text, v.address))::int from status_views v
      left join contact_addresses a on a.company = v.company and a.address = v.address where v.company = s.company and v.status = s.id) views,
    case when u.id is not null then jsonb_build_object('id', u.id, 'name', u.name) end created_by
  from statuses s join channels h on h.company = s.company and h.id = s.channel left join users u on u.company = s.company and u.id = s.created_by`;

const iso = (time: Date | string): string => new Date(time).toISOString();

const viewOf = (timeZone: string) => (row: Row): StatusView => {
  const { id, channel, kind, text, colour, image, state, cause, audience, views } = row;
  return {
    id, channel, kind, text, state, views, publishAt: iso(row.publish_at), publishAtLocal: localTimeOf(new Date(row.publish_at).getTime(), timeZone),
    ...(colour ? { colour } : {}), ...(image === null ? {} : { image }), ...(cause === null ? {} : { cause }),
    ...(audience === null ? {} : { audience }), ...(row.left_out === null ? {} : { leftOut: row.left_out }),
    ...(row.published_at === null ? {} : { publishedAt: iso(row.published_at) }), ...(row.created_by === null ? {} : { createdBy: row.created_by }),
  };
};

/** What of a company's settings statuses need. */
export async function companyClock(em: EntityManager, company: string): Promise<{ timeZone: string; missed: MissedPolicy }> {
  const [row] = await em.execute<{ timeZone: string; missed: MissedPolicy }[]>(
    'select time_zone "timeZone", missed_statuses missed from companies where id = ?', [company]);
  return row!;
}

/** Planned ones by their time, all others newest first. */
export async function listStatuses(em: EntityManager, company: string, query: StatusQuery, nowMs: number): Promise<StatusPage> {
  const { filter, q, page, size } = query;
  const { timeZone, missed } = await companyClock(em, company);
  const where = `s.company = ? and s.state in (${listOf(filter)}) and (? = '' or search_key(s.text) like search_key(?))`;
  const values = [company, q, like(q)];
  const order = filter === 'planned' ? 'asc' : 'desc';
  const rows = await em.execute<Row[]>(`${READ} where ${where} order by s.publish_at ${order}, s.id limit ? offset ?`, [...values, size, (page - 1) * size]);
  const [found] = await em.execute<{ total: number }[]>(`select count(*)::int total from statuses s where ${where}`, values);
  const counted = (Object.keys(states) as StatusFilter[]).map((name) => `count(*) filter (where state in (${listOf(name)}))::int "${name}"`);
  const [counts] = await em.execute<StatusPage['counts'][]>(`select ${counted.join(', ')} from statuses where company = ?`, [company]);
  return { items: rows.map(viewOf(timeZone)), total: found!.total, counts: counts!, missed, now: localTimeOf(nowMs, timeZone) };
}

export async function statusById(em: EntityManager, company: string, id: string): Promise<StatusView | undefined> {
  const { timeZone } = await companyClock(em, company);
  const [row] = await em.execute<Row[]>(`${READ} where s.company = ? and s.id = ?::uuid`, [company, id]);
  return row && viewOf(timeZone)(row);
}

const MOST_VIEWERS = 500;

/** Who has seen it, first to last; each person once. */
export async function viewersOf(em: EntityManager, company: string, id: string): Promise<Viewer[]> {
  const rows = await em.execute<{ name: string | null; at: Date | string }[]>(
    `select max(c.name) as name, min(v.at) as at from status_views v
      left join contact_addresses a on a.company = v.company and a.address = v.address left join contacts c on c.company = a.company and c.id = a.contact
      where v.company = ? and v.status = ?::uuid group by coalesce(a.contact::text, v.address) order by 2 limit ?`, [company, id, MOST_VIEWERS]);
  return rows.map(({ name, at }) => ({ at: iso(at), ...(name === null ? {} : { name }) }));
}
