import type { EntityManager } from '@mikro-orm/postgresql';
import { noticePace } from '../../../libs/db/notice-pace.js';
import { etaOf } from '../../../libs/domain/notices/eta.js';
import { shownAs, shownStates, type NoticeState, type ShownState } from '../../../libs/domain/notices/notice.js';
import { limitsAtAge } from '../../../libs/domain/number-safety/warm-up.js';
import { adviceFor } from '../../../libs/domain/sending.js';
import { localTimeOf } from '../../../libs/domain/time/local-time.js';
import type { Named } from '../tickets/ticket.schema.js';
import { like } from '../tickets/tickets.queries.js';
import { IS_HELD } from './held.js';
import type { BatchView, NoticeDetail, QueuedNotice, QueuePage, QueueQuery } from './queue.schema.js';

interface Row {
  id: string;
  address: string;
  contact: string | null;
  channel: Named;
  text: string;
  file_state: string;
  file_name: string | null;
  state: NoticeState;
  in_lane: boolean;
  is_held: boolean;
  cause: string | null;
  accepted_at: string;
  expires_at: string;
}

/** As people see a state: `held` is one that waits while its batch is paused or the bot stopped. */
const SHOWN = `case when n.state = 'queued' and n.message is null and ${IS_HELD} then 'held' else n.state end`;
const FROM = `from notices n join notice_batches b on b.company = n.company and b.channel = n.channel and b.day = n.day
    join channels h on h.company = n.company and h.id = n.channel
    left join lateral (select c.name from contact_addresses a join contacts c on c.company = a.company and c.id = a.contact
      where a.company = n.company and a.key = n.recipient limit 1) k on true`;
const READ = `select n.id::text, n.address, k.name contact, jsonb_build_object('id', h.id, 'name', h.name) channel, n.text, n.file_state, n.file_name, n.state,
    n.message is not null in_lane, ${SHOWN} = 'held' is_held, n.cause, n.accepted_at, n.expires_at`;

const iso = (time: string): string => new Date(time).toISOString();

function viewOf(row: Row): QueuedNotice {
  const { id, address, contact, channel, text, file_state: file, file_name: name, state, in_lane: inLane, is_held: isHeld, cause } = row;
  return {
    id, to: address.split('@')[0]!, channel, text, state: shownAs(state, inLane, isHeld), acceptedAt: iso(row.accepted_at), expiresAt: iso(row.expires_at),
    ...(contact === null ? {} : { contact }), ...(file === 'none' ? {} : { file: { pending: file === 'wanted', ...(name === null ? {} : { name }) } }),
    ...(cause === null ? {} : { cause, advice: adviceFor(cause) }),
  };
}

/** What a day's notices are: a page of them, how many are in each state, and how their numbers fare. */
export async function noticeQueue(em: EntityManager, company: string, { day: asked, filter, q, page, size }: QueueQuery, nowMs: number): Promise<QueuePage> {
  const [place] = await em.execute<{ zone: string; stopped: boolean }[]>(
    `select c.time_zone zone, exists (select from operating_modes o where o.company = c.id and o.mode = 'stopped') stopped from companies c where c.id = ?`, [company]);
  const today = localTimeOf(nowMs, place!.zone).slice(0, 10);
  const day = asked ?? today;
  const digits = q.replace(/\D/g, '');
  const search = `(n.text ilike ? or k.name ilike ? or n.dedupe_key = ? or n.id::text = ?${digits.length >= 4 ? ' or n.address like ?' : ''})`;
  const values = [like(q), like(q), q, q, ...(digits.length >= 4 ? [`%${digits}%`] : [])];
  const counted = await em.execute<{ shown: ShownState; count: number }[]>(
    `select ${SHOWN} shown, count(*)::int count ${FROM} where n.company = ? and n.day = ?::date and (? = '' or ${search}) group by 1`, [company, day, q, ...values]);
  const of = (state: ShownState): number => counted.find(({ shown }) => shown === state)?.count ?? 0;
  const all = counted.reduce((sum, { count }) => sum + count, 0);
  const rows = await em.execute<Row[]>(
    `${READ} ${FROM} where n.company = ? and n.day = ?::date and (? = '' or ${search}) and (? = 'all' or ${SHOWN} = ?) order by n.id desc limit ? offset ?`,
    [company, day, q, ...values, filter, filter, size, (page - 1) * size]);
  return {
    day, today, stopped: place!.stopped, items: rows.map(viewOf), total: filter === 'all' ? all : of(filter),
    counts: { all, ...(Object.fromEntries(shownStates.map((state) => [state, of(state)])) as Record<ShownState, number>) },
    batches: await batchesOf(em, company, day),
  };
}

interface BatchRow {
  channel: Named;
  day: string;
  linked: boolean;
  paused: boolean;
  asked: boolean;
  late: number;
  waiting: number;
  open: number;
  sent_hour: number;
}

async function batchesOf(em: EntityManager, company: string, day: string): Promise<BatchView[]> {
  const rows = await em.execute<BatchRow[]>(
    `select jsonb_build_object('id', h.id, 'name', h.name) channel, b.day::text, h.state = 'linked' linked, b.paused_at is not null paused, b.asked_at is not null asked, b.late,
        (select count(*)::int from notices n where n.company = b.company and n.channel = b.channel and n.day = b.day and n.state = 'queued') waiting,
        (select count(*)::int from notices n where n.company = b.company and n.channel = b.channel and n.day = b.day and n.state in ('queued', 'unknown')) open,
        (select count(*)::int from unasked_sends u where u.company = b.company and u.channel = b.channel and u.lane = 'notice' and u.taken_at > now() - interval '1 hour') sent_hour
      from notice_batches b join channels h on h.company = b.company and h.id = b.channel
      where b.company = ? and (b.day = ?::date or b.day < ?::date and b.next_at < 'infinity') order by h.name, b.day`, [company, day, day]);
  return Promise.all(rows.map(async ({ channel, day: of, linked, paused, asked, late, waiting, open, sent_hour: sentLastHour }): Promise<BatchView> => {
    const { number, nowMs, waiting: all } = (await noticePace(em, company, channel.id))!;
    const { settings } = number;
    const limits = settings.warmUp ? limitsAtAge(settings.limits, number.linkedAtMs, nowMs) : settings.limits;
    const lasts = [all.known > 0 ? etaOf(number, all.known - 1, false, nowMs) : nowMs, all.first > 0 ? etaOf(number, all.first - 1, true, nowMs) : nowMs];
    const doneMs = waiting === 0 || paused || lasts.includes(undefined) ? undefined : Math.max(...(lasts as number[]));
    return {
      channel, day: of, state: paused ? 'paused' : open === 0 ? 'ended' : asked ? 'asking' : 'running', waiting, late, sentLastHour, hourLimit: limits.hour, dayLimit: limits.day,
      quiet: { from: settings.quietFrom, until: settings.quietUntil }, isLinked: linked, ...(doneMs === undefined ? {} : { doneAt: new Date(doneMs).toISOString() }),
    };
  }));
}

interface EventRow {
  at: string;
  kind: string;
  cause: string | null;
  by: string | null;
  callback: 'none' | 'due' | 'told' | 'given-up';
  attempts: number;
  answer: string | null;
}

/** One notice, and all that happened to it. */
export async function noticeById(em: EntityManager, company: string, id: string): Promise<NoticeDetail | undefined> {
  const [row] = await em.execute<(Row & { day: string; key: string | null; token: string; conversation: string | null })[]>(
    `${READ}, n.day::text, n.dedupe_key key, t.name token, m.conversation ${FROM}
      join gateway_tokens t on t.company = n.company and t.id = n.token left join messages m on m.company = n.company and m.id = n.message
      where n.company = ? and n.id = ?::bigint`, [company, id]);
  if (!row) return undefined;
  const events = await em.execute<EventRow[]>(
    `select e.at, e.kind, e.cause, u.name by, e.callback, e.attempts, e.answer from notice_events e left join users u on u.company = e.company and u.id = e.by
      where e.company = ? and e.notice = ?::bigint order by e.id`, [company, id]);
  const trail = events.map(({ at, kind, cause, by, callback, attempts, answer }) => ({
    at: iso(at), kind, attempts, ...(cause === null ? {} : { cause }), ...(by === null ? {} : { by }), ...(callback === 'none' ? {} : { callback }), ...(answer === null ? {} : { answer }),
  }));
  return {
    ...viewOf(row), day: row.day, token: row.token, trail: [{ at: iso(row.accepted_at), kind: 'accepted', attempts: 0 }, ...trail],
    ...(row.key === null ? {} : { key: row.key }), ...(row.conversation === null ? {} : { conversation: row.conversation }),
  };
}
