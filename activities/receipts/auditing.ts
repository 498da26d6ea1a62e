import type { EntityManager } from '@mikro-orm/postgresql';
import { actorOf, writeAudit, type AskedBy } from '../../libs/db/audit.js';
import type { AuditAction, Facts } from '../../libs/domain/audit.js';
import type { ReceiptCommandKind, ReceiptCorrection } from '../../libs/domain/receipt/case.js';
import type { ReceiptRef } from '../../workflows/receipt/contract.js';

/** What somebody asked of a receipt, as the API accepted it (`money_orders`). */
export interface ReceiptWords extends AskedBy {
  actor_name: string;
  why: string | null;
  correction: ReceiptCorrection | null;
  despite: boolean;
}

const actions: Record<ReceiptCommandKind, AuditAction> = {
  approve: 'receipt.approved', reject: 'receipt.rejected', 'ask-another': 'receipt.another-asked', correct: 'receipt.corrected',
};

/** What the audit log keeps of a receipt. */
export async function auditedFacts(em: EntityManager, { company, receipt }: ReceiptRef): Promise<Facts> {
  const [facts] = await em.execute<Facts[]>('select state, customer, invoice, amount::text, paid_on::text "paidOn" from receipts where company = ? and id = ?::uuid', [company, receipt]);
  return facts!;
}

/** Who decided what about a receipt, in the transaction in which it is done. @param before what was known of it @param overrules whether it was decided otherwise before */
export async function auditDecision(em: EntityManager, ref: ReceiptRef, kind: ReceiptCommandKind, words: ReceiptWords, { before, overrules }: { before: Facts; overrules: boolean }): Promise<void> {
  const { why, correction } = words;
  await writeAudit(em, actorOf(ref.company, words), {
    action: overrules ? 'receipt.overruled' : actions[kind], subject: ref.receipt, before,
    after: { ...(await auditedFacts(em, ref)), ...(why ? { why } : {}), ...(correction ? { correction: { ...correction } } : {}) },
  });
}
