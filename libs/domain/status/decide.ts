import { ON_TIME_MS, STATUS_LIVES_MS, type MissedPolicy, type Status, type StatusChange, type StatusCommand, type StatusDecision, type StatusState } from './status.js';

/**
 * What is to be done next with a status, and until when that makes sense (ms since 1970). When it is done, or that time has come, one
 * looks again: each answer depends on the row and the clock alone, so that an outage at any moment changes nothing but the time.
 */
export type StatusStep =
  /** Nothing before then. */
  | { kind: 'wait'; untilMs: number }
  /** Hand it to the network; while the number is not linked, again and again. */
  | { kind: 'publish'; untilMs: number }
  /** It was missed: somebody says what becomes of it. */
  | { kind: 'ask'; untilMs: number }
  /** Take it back from everybody. */
  | { kind: 'remove'; untilMs: number }
  | { kind: 'end' };

export interface NextStep {
  /** To be written first. */
  change?: StatusChange;
  step: StatusStep;
}

/** Cause of a status that was not published because its time passed during an outage. */
export const MISSED = 'missed';
/** Cause of one whose sending was cut short, and which was too late to be sent again. */
export const INTERRUPTED = 'interrupted';

/**
 * Pure: what a status waits for.
 * @param policy what the company wants of one that was missed
 * @param doubt why nobody knows whether it is out, when it was sent often enough to leave it at that
 */
export function nextStep(status: Status, policy: MissedPolicy, nowMs: number, doubt?: string): NextStep {
  const { state, publishAtMs } = status;
  const tooLateMs = publishAtMs + STATUS_LIVES_MS;
  switch (state) {
    case 'scheduled':
      return scheduled(publishAtMs, policy, nowMs);
    case 'missed':
      return nowMs < tooLateMs ? { step: { kind: 'ask', untilMs: tooLateMs } } : ended('failed', MISSED);
    case 'publishing':
      return doubt === undefined ? interrupted(publishAtMs, policy, nowMs) : unknown(doubt, tooLateMs, nowMs);
    case 'published':
    case 'removing':
      return shown(status, nowMs);
    case 'unknown':
      return { step: unknown(doubt, tooLateMs, nowMs).step };
    case 'expired':
    case 'removed':
    case 'cancelled':
    case 'failed':
      return { step: { kind: 'end' } };
  }
}

/** Nothing of it has left: it may still be left out. */
function scheduled(publishAtMs: number, policy: MissedPolicy, nowMs: number): NextStep {
  const [onTimeMs, tooLateMs] = [publishAtMs + ON_TIME_MS, publishAtMs + STATUS_LIVES_MS];
  if (nowMs < publishAtMs) return { step: { kind: 'wait', untilMs: publishAtMs } };
  if (nowMs < onTimeMs) return { step: { kind: 'publish', untilMs: onTimeMs } };
  if (nowMs >= tooLateMs || policy === 'skip') return ended('failed', MISSED);
  if (policy === 'late') return { step: { kind: 'publish', untilMs: tooLateMs } };
  return { change: { state: 'missed' }, step: { kind: 'ask', untilMs: tooLateMs } };
}

/** It may be out or not: only who may publish late sends it again then, the others are told that nobody knows. */
function interrupted(publishAtMs: number, policy: MissedPolicy, nowMs: number): NextStep {
  const [onTimeMs, tooLateMs] = [publishAtMs + ON_TIME_MS, publishAtMs + STATUS_LIVES_MS];
  const untilMs = policy === 'late' ? tooLateMs : onTimeMs;
  if (nowMs < untilMs) return { step: { kind: 'publish', untilMs } };
  return unknown(INTERRUPTED, tooLateMs, nowMs);
}

/** A late word of the network still settles it, as long as it would be shown. */
const unknown = (cause: string | undefined, tooLateMs: number, nowMs: number): NextStep => ({
  change: { state: 'unknown', ...(cause && { cause }) },
  step: nowMs < tooLateMs ? { kind: 'wait', untilMs: tooLateMs } : { kind: 'end' },
});

function shown({ state, publishAtMs, publishedAtMs = publishAtMs }: Status, nowMs: number): NextStep {
  const untilMs = publishedAtMs + STATUS_LIVES_MS;
  if (nowMs >= untilMs) return ended('expired');
  return { step: { kind: state === 'removing' ? 'remove' : 'wait', untilMs } };
}

const ended = (state: StatusState, cause?: string): NextStep => ({ change: { state, ...(cause && { cause }) }, step: { kind: 'end' } });

const over: ReadonlySet<StatusState> = new Set(['expired', 'removed', 'cancelled', 'failed']);

/** Pure: what somebody's command makes of a status. */
export function decideStatus(status: Status, command: StatusCommand, nowMs: number): StatusDecision {
  switch (command.kind) {
    case 'edit':
      if (command.publishAtMs < nowMs - ON_TIME_MS) return { ok: false, reason: 'past' };
      return beforeItIsOut(status, { state: 'scheduled', publishAtMs: command.publishAtMs, cause: null });
    case 'cancel':
      return beforeItIsOut(status, { state: 'cancelled' });
    case 'publish':
      return beforeItIsOut(status, { state: 'scheduled', publishAtMs: nowMs, cause: null });
    case 'retry':
      return retry(status, nowMs);
    case 'remove':
      return remove(status, nowMs);
  }
}

function beforeItIsOut({ state }: Status, change: StatusChange): StatusDecision {
  if (state === 'scheduled' || state === 'missed') return { ok: true, change };
  if (over.has(state)) return { ok: false, reason: 'ended' };
  return { ok: false, reason: state === 'publishing' ? 'publishing' : 'published' };
}

/** What nobody knows of may be out: it goes out again as it is, and is not cancelled, edited or called missed in the meantime. */
function retry({ state }: Status, nowMs: number): StatusDecision {
  if (state === 'failed') return { ok: true, change: { state: 'scheduled', publishAtMs: nowMs, cause: null } };
  if (state === 'unknown') return { ok: true, change: { state: 'publishing', publishAtMs: nowMs, cause: null } };
  if (over.has(state)) return { ok: false, reason: 'ended' };
  return { ok: false, reason: state === 'published' || state === 'removing' ? 'published' : 'publishing' };
}

/** What nobody knows of may be out, too. */
function remove({ state, publishAtMs, publishedAtMs = publishAtMs }: Status, nowMs: number): StatusDecision {
  if (over.has(state) || nowMs >= publishedAtMs + STATUS_LIVES_MS) return { ok: false, reason: 'ended' };
  if (state === 'published' || state === 'unknown' || state === 'removing') return { ok: true, change: { state: 'removing', cause: null } };
  return { ok: false, reason: state === 'publishing' ? 'publishing' : 'not-published' };
}
