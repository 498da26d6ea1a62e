import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { condition, getExternalWorkflowHandle, ParentClosePolicy, setHandler, startChild, upsertSearchAttributes } from '@temporalio/workflow';
import { searchAttributes } from '../../libs/temporal/search-attributes.js';
import { lookAtLink } from '../activities.js';
import { look as paymentLook, startOf as paymentStartOf, workflowId as paymentId, type PlatformPaymentRef } from '../platform-payment/contract.js';
import { look, type PaymentLinkRef } from './contract.js';

/** People pay within minutes or days; a platform's requests are not without limit. */
const WAITS = ['3 minutes', '15 minutes', '1 hour', '6 hours', '1 day'] as const;
const MOST_LOOKS = 60;

/** Has a payment looked at, whether or not its workflow runs. */
async function lookAt(ref: PlatformPaymentRef): Promise<void> {
  try {
    await startChild('platformPayment', { ...paymentStartOf(ref), parentClosePolicy: ParentClosePolicy.ABANDON });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    await getExternalWorkflowHandle(paymentId(ref)).signal(paymentLook).catch(() => undefined); // it has ended since: the next look finds what is new
  }
}

/**
 * A link's life: its payments are asked for now and then, as notices get lost, until it is paid or has expired. What a payment means is the
 * payment's workflow to find out.
 */
export async function paymentLink({ company, link }: PaymentLinkRef): Promise<void> {
  let isTold = false;
  let known = 'open';
  setHandler(look, () => void (isTold = true));

  for (let looks = 0; looks < MOST_LOOKS; looks++) {
    await condition(() => isTold, WAITS[Math.min(looks, WAITS.length - 1)]!);
    isTold = false;
    const { state, platform, payments } = await lookAtLink({ company, link });
    if (state !== known) upsertSearchAttributes([{ key: searchAttributes.state, value: (known = state) }]);
    for (const payment of payments) await lookAt({ company, platform, payment });
    if (state !== 'open' && state !== 'making') return;
  }
}
