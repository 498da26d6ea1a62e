import { WorkflowExecutionAlreadyStartedError, type SignalDefinition } from '@temporalio/common';
import { condition, continueAsNew, getExternalWorkflowHandle, ParentClosePolicy, setHandler, startChild, upsertSearchAttributes, uuid4 } from '@temporalio/workflow';
import { searchAttributes } from '../../libs/temporal/search-attributes.js';
import { lookAtPlatformPayment, reverseSettlement } from '../activities.js';
import { look as linkLook, workflowId as linkId } from '../payment-link/contract.js';
import { moneyArrived, workflowId as receiptId } from '../receipt/contract.js';
import { startOf as settlementStartOf } from '../settlement/contract.js';
import { look, type PlatformPaymentRef } from './contract.js';

/** A notice may come before the payment can be asked for. */
const ABSENT_WAITS = ['5 seconds', '1 minute', '10 minutes'] as const;
/** Cash that has to be paid somewhere, a review by the platform: looked at again although nobody says so, as notices get lost. */
const PENDING_WAITS = ['10 minutes', '1 hour', '6 hours'] as const;
const MOST_LOOKS = 40;

/** Tells a workflow that may have ended. */
async function tell(id: string, signal: SignalDefinition): Promise<void> {
  await getExternalWorkflowHandle(id).signal(signal).catch(() => undefined);
}

/** Starts a settlement's workflow, once: who finds it ended has nothing to add. */
async function settle(company: string, settlement: string): Promise<void> {
  try {
    await startChild('settlement', { ...settlementStartOf({ company, settlement }), parentClosePolicy: ParentClosePolicy.ABANDON, workflowIdReusePolicy: 'REJECT_DUPLICATE' });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

/**
 * One payment at a platform: asked for at the platform whenever somebody says that it has changed, settled when it is there, taken back when it was
 * given back. What notices say, how often and in which order, makes no difference. It ends when there is nothing to wait for; the next notice starts it again.
 */
export async function platformPayment(ref: PlatformPaymentRef): Promise<void> {
  let notices = 0;
  let known = 'looking';
  setHandler(look, () => void (notices += 1));
  const { company } = ref;

  for (let looks = 0; looks < MOST_LOOKS; looks++) {
    const before = notices;
    const found = await lookAtPlatformPayment(ref);
    if (found.money !== known) upsertSearchAttributes([{ key: searchAttributes.state, value: (known = found.money) }]);
    if (found.settlement !== undefined) await settle(company, found.settlement);
    if (found.reverse) await reverseSettlement({ company, command: uuid4(), ...found.reverse });
    // Of one that waits the link has nothing to learn, and would have it looked at again: the two would never rest.
    if (found.link !== undefined && found.money !== 'waiting') await tell(linkId({ company, link: found.link }), linkLook);
    for (const receipt of found.receipts) await tell(receiptId({ company, receipt }), moneyArrived);
    if (notices !== before) continue;
    const waits = found.money === 'absent' ? ABSENT_WAITS : found.money === 'waiting' ? PENDING_WAITS : [];
    const wait = waits[found.money === 'absent' ? looks : Math.min(looks, waits.length - 1)];
    if (wait === undefined) return;
    await condition(() => notices !== before, wait);
  }
  await continueAsNew<typeof platformPayment>(ref);
}
