import { concernedReceipts, endWaking, tieAccepted, wakeReceipts } from '../activities.js';
import type { ImportRef } from './contract.js';

/**
 * Money came in by a bank's statement, or its import was undone. First the receipts that were accepted without a proof get their lines, so that none of these confirms another;
 * then each receipt that may be concerned is told, and weighs itself again.
 */
export async function moneyArrived(ref: ImportRef): Promise<void> {
  await tieAccepted(ref);
  let after: string | undefined;
  for (;;) {
    const { receipts, isLast } = await concernedReceipts({ ...ref, ...(after === undefined ? {} : { after }) });
    if (receipts.length > 0) await wakeReceipts({ company: ref.company, receipts });
    if (isLast) break;
    after = receipts.at(-1);
  }
  await endWaking(ref);
}
