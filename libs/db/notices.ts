import type { MikroORM } from '@mikro-orm/postgresql';
import type { Mode } from '../domain/modes/mode.js';

/** A token of the message gateway, as its door compares it. */
export interface DoorToken {
  id: string;
  /** Of the token, in hex. */
  sha256: string;
  /** Of the one before its last rotation, while that still works. */
  previous: string | null;
  expiryMinutes: number;
  ratePerMinute: number;
}

/** Everything that a request of an ISP's system is judged by. */
export interface GatewayDoor {
  company: string;
  locale: string;
  suspended: boolean;
  mode: Mode;
  tokens: DoorToken[];
  channels: { id: string; number: string | null }[];
}

export interface AcceptedRow {
  id: string;
  /** key-reused: that key is of another notice, whose id this is. */
  outcome: 'accepted' | 'repeated' | 'key-reused';
  /** Of the company's clocks, as 2026-11-27. */
  batch_day: string;
  is_first: boolean;
}

// Both are one function call, which names its company to row-level security itself: a transaction of its own, without the four round trips of
// `forCompany`, as thousands come a minute.

/** @returns nothing for a company that there is not */
export async function gatewayDoor(orm: MikroORM, company: string): Promise<GatewayDoor | undefined> {
  const [row] = await orm.em.fork().execute<{ door: GatewayDoor | null }[]>('select gateway_door(?) door', [company]);
  return row?.door ?? undefined;
}

/**
 * Accepts a notice: committed when this resolves, once for each key, and without one once for the same to the same person within a while.
 * @param notice columns of its row
 */
export async function acceptNotice(orm: MikroORM, company: string, notice: object, sameWithinMinutes: number): Promise<AcceptedRow> {
  const [row] = await orm.em.fork().execute<AcceptedRow[]>(
    'select id::text, outcome, batch_day::text, is_first from notice_accept(?, ?::jsonb, make_interval(mins => ?))', [company, JSON.stringify(notice), sameWithinMinutes]);
  return row!;
}
