import type { EntityManager } from '@mikro-orm/postgresql';
import { policyFrom, type ReceiptPolicy } from '../domain/receipt/policy.js';
import type { ReceiptTexts } from '../domain/receipt/texts.js';

/** What a company lets happen with receipts and what it tells customers; what it never chose is the default. @param em of `forCompany` */
export async function readReceiptPolicy(em: EntityManager, company: string): Promise<{ policy: ReceiptPolicy; texts: ReceiptTexts }> {
  const [row] = await em.execute<{ policy: Partial<ReceiptPolicy>; texts: ReceiptTexts }[]>('select policy, texts from receipt_policies where company = ?', [company]);
  return { policy: policyFrom(row?.policy ?? {}), texts: row?.texts ?? {} };
}
