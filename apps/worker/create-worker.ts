import { NativeConnection, Worker, type WorkflowBundleOption } from '@temporalio/worker';
import type { DecideActivities } from '../../activities/decide.js';
import type { PaymentActivities } from '../../activities/payments.js';
import type { QueryActivities } from '../../activities/queries.js';
import type { ReplyActivities } from '../../activities/replies.js';
import type { StatusActivities } from '../../activities/statuses.js';
import type { TicketActivities } from '../../activities/tickets.js';
import { dataConverter } from '../../libs/temporal/data-converter.js';
import { MAIN_QUEUE } from '../../libs/temporal/queues.js';
import type { Vault } from '../../libs/vault/vault.js';

/** Conversations kept in memory between messages: 0.28 MB each; one that is not kept is replayed (research/reply-path.md). */
const CACHED_WORKFLOWS = 1_000;

export interface WorkerOptions {
  address: string;
  namespace: string;
  vault: Vault;
  /** Everything that `main` offers: no activity of the socket's. */
  activities: DecideActivities & PaymentActivities & QueryActivities & ReplyActivities & StatusActivities & TicketActivities;
  /** The code of all workflows, bundled at build. */
  workflows: { workflowBundle: WorkflowBundleOption } | { workflowsPath: string };
}

/** The one worker of queue `main`: all workflows, and the activities that need no socket. */
export async function createWorker(options: WorkerOptions): Promise<{ worker: Worker; connection: NativeConnection }> {
  const connection = await NativeConnection.connect({ address: options.address });
  const worker = await Worker.create({
    connection,
    namespace: options.namespace,
    taskQueue: MAIN_QUEUE,
    ...options.workflows,
    activities: options.activities,
    dataConverter: dataConverter(options.vault),
    maxCachedWorkflows: CACHED_WORKFLOWS,
    shutdownGraceTime: '5s',
  });
  return { worker, connection };
}
