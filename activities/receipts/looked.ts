import type { EntityManager } from '@mikro-orm/postgresql';
import type { LookedAt } from '../../libs/domain/conversation/state.js';
import type { ReceiptRow } from './receipt-rows.js';

/** The step that waits to hear what a picture is. */
export interface LookedStep {
  conversation: string;
  step: string;
}

/** Answers the conversation's step with what the picture is, in the reading's own transaction; the workflow then tells it to look. An answer stays. */
export async function answerLooked(em: EntityManager, company: string, { conversation, step }: ReceiptRow, looked: Omit<LookedAt, 'ok' | 'kind'>): Promise<void> {
  if (conversation === null || step === null) return;
  const answer: LookedAt = { ok: true, kind: 'receipt', ...looked };
  await em.execute(
    `update conversation_queries set result = ?::jsonb, answered_at = clock_timestamp() where company = ? and conversation = ?::uuid and step = ? and answered_at is null`,
    [JSON.stringify(answer), company, conversation, step]);
}

export const lookedStep = ({ conversation, step }: ReceiptRow): LookedStep | undefined => (conversation === null || step === null ? undefined : { conversation, step });
