import { NativeConnection, Worker, type WorkflowBundleOption } from '@temporalio/worker';
import type { DecideActivities } from '../../activities/decide.js';
import type { PaymentActivities } from '../../activities/payments.js';
import type { QueryActivities } from '../../activities/queries.js';
import type { ReceiptActivities, ReceiptReadingActivities } from '../../activities/receipts/receipts.js';
import type { ReplyActivities } from '../../activities/replies.js';
import type { SettlementActivities } from '../../activities/settlements/settlements.js';
import type { StatusActivities } from '../../activities/statuses.js';
import type { TicketActivities } from '../../activities/tickets.js';
import { dataConverter } from '../../libs/temporal/data-converter.js';
import { MAIN_QUEUE, READING_QUEUE } from '../../libs/temporal/queues.js';
import type { Vault } from '../../libs/vault/vault.js';

/** Conversations kept in memory between messages: 0.28 MB each; one that is not kept is replayed (research/reply-path.md). */
const CACHED_WORKFLOWS = 1_000;

/**
 * How long the server holds a conversation's next task for the worker that has it in memory. After a worker's death each that it had waits this
 * long once (measured: 2.2, 5.5 and 10.1 s with 2, 5 and the SDK's 10 s), and a person who asks for something waits 8 s at most. A worker that is
 * later than this loses what it keeps to a replay, which costs 0.4 s at most (research/reply-path.md, point 6).
 */
const KEPT_FOR_ITS_WORKER = '3s';

/** One file is read by the reader of characters while the next one is fetched or looked at by a model. */
const READ_AT_ONCE = 2;

export interface WorkerOptions {
  address: string;
  namespace: string;
  vault: Vault;
  /** Everything that `main` offers: no activity of the socket's. */
  activities: DecideActivities & PaymentActivities & QueryActivities & ReceiptActivities & ReplyActivities & SettlementActivities & StatusActivities & TicketActivities;
  /** What is read beside all that: on a queue of its own. */
  reading: ReceiptReadingActivities;
  /** The code of all workflows, bundled at build. */
  workflows: { workflowBundle: WorkflowBundleOption } | { workflowsPath: string };
}

/** The workers of a process: of queue `main`, with all workflows and the activities that need no socket, and of the reading of receipts, which must slow neither. */
export async function createWorker(options: WorkerOptions): Promise<{ worker: Worker; reader: Worker; connection: NativeConnection }> {
  const connection = await NativeConnection.connect({ address: options.address });
  const shared = { connection, namespace: options.namespace, dataConverter: dataConverter(options.vault), shutdownGraceTime: '5s' } as const;
  const worker = await Worker.create({ ...shared, taskQueue: MAIN_QUEUE, ...options.workflows, activities: options.activities, maxCachedWorkflows: CACHED_WORKFLOWS, stickyQueueScheduleToStartTimeout: KEPT_FOR_ITS_WORKER });
  const reader = await Worker.create({ ...shared, taskQueue: READING_QUEUE, activities: options.reading, maxConcurrentActivityTaskExecutions: READ_AT_ONCE });
  return { worker, reader, connection };
}
