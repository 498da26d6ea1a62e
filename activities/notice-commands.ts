import type { EntityManager } from '@mikro-orm/postgresql';
import { writeAudit } from '../libs/db/audit.js';
import type { AuditAction, Facts } from '../libs/domain/audit.js';
import { DomainError } from '../libs/domain/errors.js';
import { canCancel, canResend, type BatchState, type NoticeCommandKind, type NoticeState } from '../libs/domain/notices/notice.js';
import type { NoticeAnswer } from '../workflows/notices/contract.js';
import type { NoticeCommandRequest } from './notices.js';
import { lateOf, lockBatch, type Batch } from './notice-queue.js';

const audited: Readonly<Record<NoticeCommandKind, AuditAction>> = {
  pause: 'notices.paused', resume: 'notices.resumed', cancel: 'notices.cancelled', extend: 'notices.late-decided', fit: 'notices.late-decided',
  drop: 'notices.late-decided', 'cancel-one': 'notice.cancelled', resend: 'notice.resent',
};

/** What is extended is so until the last would be out by today's reckoning, and by this more. */
const SPARE_MS = 6 * 3_600_000;
/** Where nobody can say when the last will be out. */
const LONGEST_MS = 60 * 86_400_000;

type Change = (em: EntityManager, request: NoticeCommandRequest) => Promise<Facts>;

const setBatch = (em: EntityManager, { company, channel, day }: NoticeCommandRequest, assignments: string) =>
  em.execute(`update notice_batches set ${assignments} where company = ? and channel = ?::uuid and day = ?::date`, [company, channel, day]);

/** Takes what has not begun to leave out of the lane. */
const takeBack = (em: EntityManager, { company, channel, day }: NoticeCommandRequest) =>
  em.execute(
    `select notice_take_back(company, id) from notices
      where company = ? and channel = ?::uuid and day = ?::date and state = 'queued' and message is not null`, [company, channel, day]);

const cancelWaiting = async (em: EntityManager, { company, channel, day }: NoticeCommandRequest, ids?: readonly string[]): Promise<number> => {
  const gone = await em.execute<unknown[]>(
    `update notices set state = 'cancelled', cause = 'cancelled', settled_at = clock_timestamp()
      where company = ? and channel = ?::uuid and day = ?::date and state = 'queued' and message is null and (?::bigint[] is null or id = any(?::bigint[]))
      returning id`, [company, channel, day, ids ? `{${ids.join(',')}}` : null, ids ? `{${ids.join(',')}}` : null]);
  return gone.length;
};

/** What each command makes of a batch; each answers what the audit log tells of it. */
const changes: Readonly<Record<Exclude<NoticeCommandKind, 'cancel-one' | 'resend'>, Change>> = {
  pause: async (em, request) => {
    await setBatch(em, request, 'paused_at = coalesce(paused_at, clock_timestamp())');
    await takeBack(em, request);
    return { paused: true };
  },
  resume: async (em, request) => {
    await setBatch(em, request, 'paused_at = null');
    return { paused: false };
  },
  cancel: async (em, request) => {
    await takeBack(em, request);
    const cancelled = await cancelWaiting(em, request);
    await setBatch(em, request, 'paused_at = null, asked_at = null, late = 0');
    return { cancelled };
  },
  extend: async (em, request) => {
    const { ids, lastMs } = await lateOf(em, request);
    const until = new Date(lastMs === undefined ? Date.now() + LONGEST_MS : lastMs + SPARE_MS).toISOString();
    await em.execute('update notices set expires_at = greatest(expires_at, ?::timestamptz) where company = ? and id = any(?::bigint[])', [until, request.company, `{${ids.join(',')}}`]);
    await setBatch(em, request, 'asked_at = null, late = 0, decision = null');
    return { decision: 'extend', notices: ids.length, until };
  },
  fit: async (em, request) => {
    await setBatch(em, request, `asked_at = null, late = 0, decision = 'fit'`);
    return { decision: 'fit' };
  },
  drop: async (em, request) => {
    const { ids } = await lateOf(em, request);
    await takeBack(em, request);
    const cancelled = await cancelWaiting(em, request, ids);
    await setBatch(em, request, 'asked_at = null, late = 0');
    return { decision: 'drop', cancelled };
  },
};

interface NoticeRow {
  state: NoticeState;
  message: string | null;
  last_command: string | null;
}

const stateOf = ({ paused, asked }: Batch): BatchState => (paused ? 'paused' : asked ? 'asking' : 'running');

/** Cancels a notice, or sends it once more: under a new message, as the one before never reached anybody. */
async function onNotice(em: EntityManager, request: NoticeCommandRequest, batch: Batch): Promise<{ answer: NoticeAnswer; facts?: Facts }> {
  const { company, channel, day, notice, kind, command } = request;
  // First of all, as a send does: it holds the number's budget, then the message, then this row. Nothing happens to what has begun to leave.
  if (kind === 'cancel-one') {
    await em.execute('select notice_take_back(company, id) from notices where company = ? and id = ?::bigint and channel = ?::uuid and day = ?::date', [company, notice ?? '0', channel, day]);
  }
  const [row] = await em.execute<NoticeRow[]>(
    'select state, message::text, last_command from notices where company = ? and id = ?::bigint and channel = ?::uuid and day = ?::date for update', [company, notice ?? '0', channel, day]);
  if (!row) throw new DomainError('notice-unknown');
  const done: NoticeAnswer = { ok: true, state: stateOf(batch) };
  if (row.last_command === command) return { answer: done };
  if (kind === 'cancel-one') {
    if (!canCancel(row.state) || row.message !== null) return { answer: { ok: false, reason: 'settled' } };
    await em.execute(`update notices set state = 'cancelled', cause = 'cancelled', settled_at = clock_timestamp(), last_command = ?::uuid where company = ? and id = ?::bigint`, [command, company, notice!]);
    return { answer: done, facts: { state: 'cancelled' } };
  }
  const refusal = canResend(row.state);
  if (refusal) return { answer: { ok: false, reason: refusal } };
  // What was refused reached nobody: its text is not a repetition.
  await em.execute('update unasked_sends set text_key = null where company = ? and message = ?::bigint', [company, row.message ?? '0']);
  await em.execute(
    `update notices n set state = 'queued', cause = null, settled_at = null, message = null, handed_at = null, last_command = ?::uuid, file_attempts = 0,
        file_next_at = clock_timestamp(), expires_at = clock_timestamp() + make_interval(mins => t.expiry_minutes)
      from gateway_tokens t where n.company = ? and n.id = ?::bigint and t.company = n.company and t.id = n.token`, [command, company, notice!]);
  await em.execute('update notice_events set by = ?::uuid where company = ? and id = (select max(id) from notice_events where company = ? and notice = ?::bigint)', [request.actor, company, company, notice!]);
  return { answer: done, facts: { state: 'queued' } };
}

/**
 * Does somebody's command, once, in the order of the number's queue.
 * @throws DomainError `notice-unknown`
 */
export async function runNoticeCommand(em: EntityManager, request: NoticeCommandRequest): Promise<NoticeAnswer> {
  const { company, channel, day, command, kind, actor, notice } = request;
  const batch = await lockBatch(em, request);
  if (!batch) throw new DomainError('notice-unknown');
  const audit = async (facts: Facts): Promise<void> => {
    const [user] = await em.execute<{ name: string }[]>('select name from users where company = ? and id = ?::uuid', [company, actor]);
    await writeAudit(em, { company, id: actor, name: user!.name }, { action: audited[kind], subject: notice ?? `${channel}/${day}`, after: facts });
  };
  if (kind === 'cancel-one' || kind === 'resend') {
    const { answer, facts } = await onNotice(em, request, batch);
    if (facts) await audit(facts);
    return answer;
  }
  if (batch.lastCommand !== command) {
    await audit(await changes[kind](em, request));
    await em.execute('update notice_batches set last_command = ?::uuid where company = ? and channel = ?::uuid and day = ?::date', [command, company, channel, day]);
  }
  return { ok: true, state: stateOf((await lockBatch(em, request))!) };
}
