import type { EntityManager } from '@mikro-orm/postgresql';
import type { NumberPace } from '../domain/notices/eta.js';
import { settingsOf, type SafetyRow } from '../domain/number-safety/safety-row.js';

interface Facts extends Omit<NumberPace, 'settings' | 'linkedAtMs'> {
  nowMs: number;
  linkedAtMs: number | null;
  safety: SafetyRow;
  waiting: { known: number; first: number };
}

/** A number as its queue finds it, and how many notices wait for it: of chats that are begun, and to people who have never written. */
export interface QueuePace {
  number: NumberPace;
  nowMs: number;
  waiting: { known: number; first: number };
}

/** @param em of `forCompany` @returns nothing for a number that the company does not have */
export async function noticePace(em: EntityManager, company: string, channel: string): Promise<QueuePace | undefined> {
  const [row] = await em.execute<{ pace: Facts | null }[]>('select notice_pace(?, ?::uuid) pace', [company, channel]);
  if (!row?.pace) return undefined;
  const { nowMs, linkedAtMs, safety, waiting, ...number } = row.pace;
  return { number: { ...number, settings: settingsOf(safety), linkedAtMs: linkedAtMs ?? undefined }, nowMs, waiting };
}
