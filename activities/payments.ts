import { WithStartWorkflowOperation, type WorkflowClient } from '@temporalio/client';
import type { ReversalCause } from '../libs/domain/settlement/settlement.js';
import type { PaymentLinkRef } from '../workflows/payment-link/contract.js';
import type { PlatformPaymentRef } from '../workflows/platform-payment/contract.js';
import { reverse, startOf } from '../workflows/settlement/contract.js';
import type { PlatformDeps } from './payments/accounts.js';
import { lookAtLink, lookAtPlatformPayment, type LinkLook, type PaymentLook } from './payments/looking.js';

export interface PaymentDeps extends PlatformDeps {
  engine: Pick<WorkflowClient, 'executeUpdateWithStart'>;
  now: () => number;
}

/** What workflows do about payments at platforms. */
export function createPaymentActivities(deps: PaymentDeps) {
  return {
    /** Asks the platform what a payment is, keeps it and says what follows. Idempotent: what was settled is not settled again. */
    lookAtPlatformPayment: (ref: PlatformPaymentRef): Promise<PaymentLook> => lookAtPlatformPayment(deps, ref),

    /** How a link stands, and which payments of it the platform knows. */
    lookAtLink: (ref: PaymentLinkRef): Promise<LinkLook> => lookAtLink(deps, ref),

    /** Orders a settlement taken back, once a command, also when its workflow has ended. */
    async reverseSettlement({ company, settlement, cause, command }: { company: string; settlement: string; cause: ReversalCause; command: string }): Promise<void> {
      await deps.engine.executeUpdateWithStart(reverse, {
        updateId: command, args: [{ command, cause }],
        startWorkflowOperation: new WithStartWorkflowOperation('settlement', { ...startOf({ company, settlement }), workflowIdConflictPolicy: 'USE_EXISTING' }),
      });
    },
  };
}

export type PaymentActivities = ReturnType<typeof createPaymentActivities>;
