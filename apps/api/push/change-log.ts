import type { EntityManager } from '@mikro-orm/postgresql';
import { forCompany } from '../../../libs/db/company.js';
import type { MikroORM } from '../../../libs/db/orm.js';
import type { TicketFacts } from '../../../libs/domain/ticket/access.js';

/** What a change is about. */
export const topics = ['message', 'ticket', 'note', 'channel', 'user', 'department', 'mode', 'status', 'company', 'isp', 'customer', 'notice', 'receipt', 'settlement', 'payment-method', 'payment-link', 'statement'] as const;
export type Topic = (typeof topics)[number];

/** A change with what decides who may be told of it. */
export interface LoggedChange {
  topic: Topic;
  subject: string;
  conversation?: string;
  /** Of a ticket: as it was before each change of the stretch, as somebody may have it on the screen. */
  before: TicketFacts[];
  /** Of a ticket: as it is now. Of a message or note: the newest ticket of its conversation, as it is now. */
  now?: TicketFacts;
}

/**
 * A stretch of the log. A cursor is a transaction number: all changes of lower ones are told. (An id could not be one: a transaction
 * that commits late may hold a lower id than one that was already told.)
 */
export interface Stretch {
  cursor: number;
  changes: LoggedChange[];
  /** More happened than is worth telling one by one, or the log does not go back so far: whoever follows reads everything again. */
  reset: boolean;
  /** Changes are there that cannot be told yet, because an older transaction is still open. */
  withheld: boolean;
}

/** More changes than this at once are a reset: a screen reads its lists once instead. */
const MOST_CHANGES = 500;
/** No socket is cut for longer: older changes may be forgotten. */
const KEPT = '1 day';

interface Bounds {
  cursor: string;
  upto: string;
  /** Up to here changes may have been forgotten. */
  forgotten: string | null;
  withheld: boolean;
}

interface Row {
  topic: Topic;
  subject: string;
  conversation: string | null;
  before: Facts[] | null;
  now: Facts | null;
}

interface Facts {
  state: TicketFacts['state'];
  assignee: string | null;
  department: string | null;
}

/** The oldest transaction that is still open, or the next one: everything below is finished. */
const BOUNDS = `select pg_snapshot_xmin(pg_current_snapshot())::text as upto,
    (select case when o.at < now() - interval '${KEPT}' then o.transaction::text end
      from (select transaction, at from changes where company = ? order by transaction, id limit 1) o) as forgotten,
    exists (select from changes where company = ? and transaction >= pg_snapshot_xmin(pg_current_snapshot())) as withheld`;

/** One line a subject: whoever looks again once sees all that happened to it. */
const CHANGES = `with log as (
    select c.topic, c.subject, c.conversation, max(c.id) as id, jsonb_agg(c.before) filter (where c.before is not null) as before
      from changes c where c.company = ? and c.transaction >= ?::xid8 and c.transaction < ?::xid8
      group by c.topic, c.subject, c.conversation order by max(c.id) limit ${MOST_CHANGES + 1})
  select log.topic, log.subject, log.conversation, log.before,
      case when log.topic = 'ticket' then (select jsonb_build_object('state', t.state, 'assignee', t.assignee, 'department', t.department)
          from tickets t where t.company = ? and t.id = log.subject::uuid)
        when log.conversation is not null then (select jsonb_build_object('state', t.state, 'assignee', t.assignee, 'department', t.department)
          from tickets t where t.company = ? and t.conversation = log.conversation order by t.number desc limit 1) end as now
    from log order by log.id`;

const factsOf = ({ state, assignee, department }: Facts): TicketFacts => ({
  state,
  ...(assignee === null ? {} : { assignee }),
  ...(department === null ? {} : { department }),
});

const changeOf = ({ topic, subject, conversation, before, now }: Row): LoggedChange => ({
  topic,
  subject,
  ...(conversation === null ? {} : { conversation }),
  before: (before ?? []).map(factsOf),
  ...(now === null ? {} : { now: factsOf(now) }),
});

async function bounds(em: EntityManager, company: string): Promise<Bounds> {
  const [row] = await em.execute<Bounds[]>(BOUNDS, [company, company]);
  return row!;
}

/** Where the log of a company ends now: what is committed later comes after it. */
export const endOfLog = (orm: MikroORM, company: string): Promise<number> =>
  forCompany(orm, company, async (em) => Number((await bounds(em, company)).upto));

/**
 * What happened after a cursor, without a gap and without a repetition, whatever order transactions commit in.
 * @param until the cursor to stop at, if not at the end
 */
export const readLog = (orm: MikroORM, company: string, cursor: number, until?: number): Promise<Stretch> =>
  forCompany(orm, company, async (em) => {
    const { upto, forgotten, withheld } = await bounds(em, company);
    const end = Math.min(Number(upto), until ?? Number.MAX_SAFE_INTEGER);
    if (cursor > Number(upto) || (forgotten !== null && cursor <= Number(forgotten))) return { cursor: end, changes: [], reset: true, withheld };
    if (cursor >= end) return { cursor, changes: [], reset: false, withheld };
    const rows = await em.execute<Row[]>(CHANGES, [company, String(cursor), String(end), company, company]);
    const reset = rows.length > MOST_CHANGES;
    return { cursor: end, changes: reset ? [] : rows.map(changeOf), reset, withheld };
  });

/** Forgets changes that no cursor asks for any more. @returns how many */
export const forgetChanges = (orm: MikroORM, company: string): Promise<number> =>
  forCompany(orm, company, async (em) => {
    const [row] = await em.execute<{ gone: number }[]>(`select forget_changes(?, interval '${KEPT}') as gone`, [company]);
    return row!.gone;
  });
