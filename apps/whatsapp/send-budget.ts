import type pg from 'pg';
import type { SendStart } from '../../libs/channels/whatsapp/store.js';
import { decideUnasked, type HoldReason, type NumberState, type Unasked } from '../../libs/domain/number-safety/budget.js';
import { typingMs } from '../../libs/domain/number-safety/pace.js';
import { settingsOf, type SafetyRow } from '../../libs/domain/number-safety/safety-row.js';
import { orderOf, type SendRow } from './send-row.js';

/** What `wa_may_send` answers. */
export interface MayRow extends Record<string, unknown> {
  verdict: 'go' | 'held' | 'owner' | 'stopped' | 'typing' | 'unasked';
  held_until: Date | null;
  chars: number | null;
  typing_ms_per_char: number | null;
  typing_least_ms: number | null;
  typing_most_ms: number | null;
  gap_ms: number | null;
  chat: string[] | null;
  /** WhatsApp's id of the row, if it is refused. */
  refused_id: string | null;
}

interface Facts extends Omit<NumberState, 'settings' | 'linkedAtMs'> {
  linkedAtMs: number | null;
  waId: string;
  message: Unasked;
  nowMs: number;
  safety: SafetyRow;
}

/** A send's first word, when nothing of a budget had to be taken. */
export function startOf(row: MayRow & SendRow): SendStart | undefined {
  if (row.verdict === 'held') return notYet('restricted', row.held_until!.getTime() - Date.now());
  if (row.verdict === 'stopped') return { kind: 'refused', waId: row.refused_id!, cause: 'stopped' };
  if (row.verdict === 'owner') return { kind: 'refused', waId: row.refused_id!, cause: 'owner-wrote' };
  if (row.verdict === 'typing') {
    const settings = { msPerChar: row.typing_ms_per_char!, leastMs: row.typing_least_ms!, mostMs: row.typing_most_ms! };
    return { kind: 'not-yet', notYet: { reason: 'typing', waitMs: typingMs(settings, row.chars!), chat: row.chat ?? [] } };
  }
  const order = orderOf(row);
  return order && { kind: 'order', order, gapMs: row.gap_ms ?? 0 };
}

const notYet = (reason: HoldReason, waitMs: number): SendStart =>
  ({ kind: 'not-yet', notYet: { reason, waitMs: Math.max(waitMs, 0) } });

/**
 * Decides about a message that nobody asked for and takes its part of the number's budget, in one transaction: two at once, a crash
 * or another gateway cannot spend it twice.
 */
export async function beginUnasked(pool: pg.Pool, held: { channel: string; epoch: number }, message: string): Promise<SendStart | undefined> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const start = await unasked(client, [held.channel, held.epoch, message]);
    await client.query(start?.kind === 'order' ? 'commit' : 'rollback');
    client.release();
    return start;
  } catch (error) {
    client.release(true); // closed, which rolls back
    throw error;
  }
}

async function unasked(client: pg.PoolClient, names: readonly [string, number, string]): Promise<SendStart | undefined> {
  const { rows: [found] } = await client.query<{ facts: Facts | null }>('select wa_unasked($1, $2, $3) facts', [...names]);
  if (found!.facts === null) return begin(client, names, 0); // another attempt was first
  const { waId, message, nowMs, safety, linkedAtMs, ...number } = found!.facts;
  const settings = settingsOf(safety);
  const verdict = decideUnasked({ ...number, settings, linkedAtMs: linkedAtMs ?? undefined }, message, nowMs, Math.random());
  if (verdict.kind === 'refuse') return { kind: 'refused', waId, cause: verdict.cause };
  if (verdict.kind === 'hold') return notYet(verdict.reason, verdict.untilMs - nowMs);
  await client.query('select wa_take_budget($1, $2, $3, $4)', [...names, verdict.nextAtMs]);
  return begin(client, names, settings.replyGapMs);
}

async function begin(client: pg.PoolClient, names: readonly [string, number, string], gapMs: number): Promise<SendStart | undefined> {
  const { rows: [row] } = await client.query<SendRow>('select * from wa_begin_send($1, $2, $3)', [...names]);
  const order = orderOf(row!);
  return order && { kind: 'order', order, gapMs };
}
