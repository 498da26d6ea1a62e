import type { EntityManager } from '@mikro-orm/postgresql';
import { forCompany } from '../libs/db/company.js';
import { noticePace, type QueuePace } from '../libs/db/notice-pace.js';
import type { MikroORM } from '../libs/db/orm.js';
import type { BatchState, NoticeCommandKind } from '../libs/domain/notices/notice.js';
import { quietUntil } from '../libs/domain/number-safety/quiet-hours.js';
import { orFailure } from '../libs/temporal/failures.js';
import type { BatchRef, NoticeAnswer } from '../workflows/notices/contract.js';
import { newWaId } from './message-id.js';
import { runNoticeCommand } from './notice-commands.js';
import { lateOf, lockBatch } from './notice-queue.js';

export interface NoticeCommandRequest extends BatchRef {
  command: string;
  kind: NoticeCommandKind;
  actor: string;
  notice?: string;
}

/** What a batch's workflow does next. */
export interface NoticeLook {
  state: BatchState;
  /** After how long to look again, in ms, unless somebody says so before. */
  forMs: number;
  /** Notices whose files are to be fetched now. */
  files: number;
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
/** While something waits: a number sends a few messages a minute, and its lane holds what it can send until the next look. */
const LOOK_EVERY_MS = 20 * SECOND_MS;
/** In the lane at once: what leaves until the next look, twice; so that what is paused, cancelled or over has hardly ever begun to leave. */
const LEAST_IN_LANE = 4;
const MOST_IN_LANE = 200;
/** First contacts may be held for a day: few, and not in the others' way. */
const FIRST_CONTACTS_IN_LANE = 3;

interface Open {
  /** Waiting here or in the lane. */
  queued: number;
  in_lane: number;
  unknown: number;
  files: number;
  file_in_ms: number | null;
  expires_in_ms: number | null;
}

/** Of one batch: what is left to wait for. What is over and still queued has begun to leave: its number tells what became of it, not its time. */
const OPEN = `select count(*) filter (where n.state = 'queued')::int queued, count(*) filter (where n.state = 'queued' and n.message is not null)::int in_lane,
    count(*) filter (where n.state = 'unknown' and n.handed_at > clock_timestamp() - interval '1 day')::int unknown,
    count(*) filter (where n.state = 'queued' and n.file_state = 'wanted' and n.file_next_at <= clock_timestamp())::int files,
    floor(extract(epoch from min(n.file_next_at) filter (where n.state = 'queued' and n.file_state = 'wanted') - clock_timestamp()) * 1000)::float8 file_in_ms,
    floor(extract(epoch from min(n.expires_at) filter (where n.state = 'queued' and n.expires_at > clock_timestamp()) - clock_timestamp()) * 1000)::float8 expires_in_ms
  from notices n where n.company = ? and n.channel = ?::uuid and n.day = ?::date`;

/** Asks once what is to be done with those that will be late; a batch of which somebody has said so is not asked about again. */
async function ask(em: EntityManager, ref: BatchRef, pace: QueuePace): Promise<'asking' | 'running' | 'paused' | undefined> {
  const batch = await lockBatch(em, ref);
  if (!batch || batch.paused) return batch && 'paused';
  const late = batch.fits ? 0 : (await lateOf(em, ref, pace)).ids.length;
  if (late !== batch.late || late > 0 !== batch.asked) {
    await em.execute(
      `update notice_batches set late = ?, asked_at = case when ? then coalesce(asked_at, clock_timestamp()) end
        where company = ? and channel = ?::uuid and day = ?::date`, [late, late > 0, ref.company, ref.channel, ref.day]);
  }
  return late > 0 ? 'asking' : 'running';
}

/** When to look again. Nothing leaves in a quiet time; what is over is to be seen at its time. */
function waitOf({ queued, in_lane: inLane, file_in_ms: fileInMs, expires_in_ms: expiresInMs }: Open, state: BatchState, { number, nowMs }: QueuePace): number {
  const { quietFrom: from, quietUntil: until } = number.settings;
  const quiet = quietUntil({ from, until }, number.timeZone, nowMs);
  const busy = state === 'paused' ? HOUR_MS : quiet !== undefined && inLane > 0 ? quiet - nowMs : LOOK_EVERY_MS;
  const waits = [queued > 0 ? busy : 10 * MINUTE_MS, HOUR_MS, ...[fileInMs, expiresInMs].filter((ms) => ms !== null)];
  return Math.max(SECOND_MS, Math.min(...waits));
}

/** Hands on until the lane is full or nothing may follow. Each by itself: contacts and conversations are locked in nobody's order. */
async function handOn(orm: MikroORM, { company, channel }: BatchRef, lane: number): Promise<void> {
  for (;;) {
    const [answer] = await forCompany(orm, company, (em) =>
      em.execute<{ done: string }[]>('select notice_hand_on(?, ?::uuid, ?, ?, ?) done', [company, channel, newWaId(), lane, FIRST_CONTACTS_IN_LANE]));
    if (answer!.done !== 'handed') return;
  }
}

async function feed(orm: MikroORM, ref: BatchRef): Promise<NoticeLook> {
  const { company, channel, day } = ref;
  const pace = await forCompany(orm, company, async (em) => {
    await em.execute('select notices_tidy(?, ?::uuid)', [company, channel]);
    return noticePace(em, company, channel);
  });
  if (!pace) return { state: 'ended', forMs: 0, files: 0 }; // the number is gone, and its notices with it
  await handOn(orm, ref, Math.min(MOST_IN_LANE, Math.max(LEAST_IN_LANE, pace.number.settings.limits.minute)));
  return forCompany(orm, company, async (em) => {
    const asked = await ask(em, ref, pace);
    const [open] = await em.execute<Open[]>(OPEN, [company, channel, day]);
    const state: BatchState = asked === undefined || open!.queued + open!.unknown === 0 ? 'ended' : asked;
    const forMs = state === 'ended' ? 0 : waitOf(open!, state, pace);
    await em.execute(
      `update notice_batches set looked_at = clock_timestamp(), next_at = case when ? then 'infinity' else clock_timestamp() + make_interval(secs => ?) end
        where company = ? and channel = ?::uuid and day = ?::date`, [state === 'ended', forMs / SECOND_MS, company, channel, day]);
    return { state, forMs, files: open!.files };
  });
}

/** What batches of notices are made of: their rows. The number's gateway sends what is handed on to its lane. */
export function createNoticeActivities({ orm }: { orm: MikroORM }) {
  return {
    /**
     * Looks at a number's queue: expires, hands on, asks about what will be late, and says when to look again. Idempotent: what is handed on
     * is so with its row, and counts as in the lane.
     */
    feedNotices: (ref: BatchRef): Promise<NoticeLook> => feed(orm, ref),

    /** Does somebody's command on a batch or a notice, once. @throws DomainError `notice-unknown` */
    noticeCommand: (request: NoticeCommandRequest): Promise<NoticeAnswer> =>
      orFailure(() => forCompany(orm, request.company, (em) => runNoticeCommand(em, request))),
  };
}

export type NoticeActivities = ReturnType<typeof createNoticeActivities>;
