import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { DecideActivities } from '../activities/decide.js';
import type { GroupActivities } from '../activities/groups.js';
import type { NoticeCallbackActivities } from '../activities/notice-callbacks.js';
import type { NoticeFileActivities } from '../activities/notice-files.js';
import type { NoticeActivities } from '../activities/notices.js';
import type { PaymentActivities } from '../activities/payments.js';
import type { QueryActivities } from '../activities/queries.js';
import type { ReceiptActivities, ReceiptReadingActivities } from '../activities/receipts/receipts.js';
import type { ReplyActivities } from '../activities/replies.js';
import type { WakingActivities } from '../activities/statements/waking.js';
import type { SettlementActivities } from '../activities/settlements/settlements.js';
import type { StatusActivities } from '../activities/statuses.js';
import type { TicketActivities } from '../activities/tickets.js';
import type { StatusPostActivities } from '../activities/whatsapp-statuses.js';
import type { WhatsAppActivities } from '../activities/whatsapp.js';
import { LONGEST_ASK_MS } from '../libs/domain/isp/connection.js';
import { MAIN_QUEUE, READING_QUEUE, whatsappQueue } from '../libs/temporal/queues.js';

/**
 * Every timeout and retry, by kind of effect. Temporal is the only one who tries again: no adapter and no library does.
 */

/** Short work on our own rows, for which somebody waits. Tried for ever. */
const AT_ONCE = {
  startToCloseTimeout: '4s',
  retry: { initialInterval: '100ms', backoffCoefficient: 2, maximumInterval: '5s' },
} as const;

/**
 * Decisions: short, idempotent by decision id, so a local activity. Tried for ever: a database that is away or a bug must hold the
 * conversation, not lose its messages; operations see it in the Temporal UI.
 */
export const { decide } = proxyLocalActivities<DecideActivities>(AT_ONCE);

/** Commands and replies of agents: short, idempotent by command and request, and somebody waits for the answer. Tried for ever, as well. */
export const { acceptReply, answerInGroup, ticketCommand, checkTicket } = proxyLocalActivities<GroupActivities & ReplyActivities & TicketActivities>(AT_ONCE);

/** Orders on settlements, and looks at their rows: as those of tickets. */
export const { lookAtSettlement, postponeStep, settlementCommand } = proxyLocalActivities<SettlementActivities>(AT_ONCE);

/**
 * Steps of a settlement: orders to an ISP's system, whose outages and doubts are answers that the rows keep, and writes to our own. Only a dying
 * worker is tried again, noticed by its silence; a fault of ours for an hour, then the settlement goes on and comes back to it.
 */
export const {
  registerPayment, reactivateService, tellSettlement, notifySettlement, reversePayment, suspendService, tellReversal, notifyReversal,
} = proxyActivities<SettlementActivities>({
  taskQueue: MAIN_QUEUE,
  startToCloseTimeout: '30 minutes',
  scheduleToCloseTimeout: '1 hour',
  heartbeatTimeout: '10s',
  retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '1 minute' },
});

/** Commands on statuses, and looks at their rows: as those of tickets. */
export const { statusCommand, lookAtStatus } = proxyLocalActivities<StatusActivities>(AT_ONCE);

/** Commands on notices, and looks at their rows: a day's may be ten thousand. */
export const { noticeCommand, feedNotices } = proxyLocalActivities<NoticeActivities>({
  startToCloseTimeout: '20s',
  retry: { initialInterval: '100ms', backoffCoefficient: 2, maximumInterval: '5s' },
});

/** Fetches and calls of a company's addresses: what an address answers is in the rows, so only a dying worker is tried again. */
export const { fetchNoticeFiles, tellCallbacks } = proxyActivities<NoticeCallbackActivities & NoticeFileActivities>({
  taskQueue: MAIN_QUEUE,
  startToCloseTimeout: '2 minutes',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s' },
});

/**
 * Reads of an ISP's system: the activity itself turns an outage into an answer, so only a dying worker is tried again. Measuring a line
 * may take a minute; a worker that was killed over it is noticed by its silence.
 */
export const { runQuery } = proxyActivities<QueryActivities>({
  taskQueue: MAIN_QUEUE,
  startToCloseTimeout: LONGEST_ASK_MS + 20_000, // a question that outlives it would be asked again for ever
  heartbeatTimeout: '10s',
  retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '10s' },
});

/**
 * Looks at a payment platform and at our rows: idempotent. While the platform is away, or does not accept the key any more, it is asked ever more
 * rarely, for as long as it takes: money that came in is not forgotten.
 */
export const { lookAtPlatformPayment, lookAtLink, reverseSettlement } = proxyActivities<PaymentActivities>({
  taskQueue: MAIN_QUEUE,
  startToCloseTimeout: '1 minute',
  retry: { initialInterval: '2s', backoffCoefficient: 2, maximumInterval: '10 minutes' },
});

/** Commands on receipts: as those of tickets. */
export const { receiptCommand } = proxyLocalActivities<ReceiptActivities>(AT_ONCE);

/**
 * Reading a receipt: idempotent, and long: two looks of the reader of characters, and a model where there is one. On a queue of its own, where few are
 * read at once: it waits there as long as it has to.
 */
export const { readReceipt } = proxyActivities<ReceiptReadingActivities>({
  taskQueue: READING_QUEUE,
  startToCloseTimeout: '6 minutes',
  heartbeatTimeout: '20s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1 minute' },
});

/** Weighing a receipt asks the ISP's system and the payment platform, which answer that they are away; so only a dying worker is tried again. */
export const { weighReceipt } = proxyActivities<ReceiptActivities>({
  taskQueue: MAIN_QUEUE,
  startToCloseTimeout: 3 * LONGEST_ASK_MS + 30_000,
  heartbeatTimeout: '10s',
  retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '1 minute' },
});

/** What follows from a receipt: rows and orders that are idempotent by their key. */
export const { tellReceipt, remindOfReview, reverseReceipt } = proxyActivities<ReceiptActivities>({
  taskQueue: MAIN_QUEUE,
  startToCloseTimeout: '20s',
  retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '30s' },
});

/** What a conversation does when it has waited for a picture to be looked at: as a decision. */
export const { settleLook } = proxyLocalActivities<QueryActivities>(AT_ONCE);

/** Writes to our own rows: idempotent. */
export const { expireMessage, expireGroupText, openTicket } = proxyActivities<DecideActivities & GroupActivities & TicketActivities>({
  taskQueue: MAIN_QUEUE,
  startToCloseTimeout: '10s',
  retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '10s' },
});

/** After a bank's statement came in: our own rows, and a word to each receipt's workflow. */
export const { tieAccepted, concernedReceipts, wakeReceipts, endWaking } = proxyActivities<WakingActivities>({
  taskQueue: MAIN_QUEUE,
  startToCloseTimeout: '1 minute',
  retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '10s' },
});

/** How long an answer may wait for its number to be linked again before it counts as failed. */
const SEND_PATIENCE = '24 hours';

/**
 * Sends of one number, on the queue that only its gateway polls. Irreversible, but idempotent by the row's id, under which the same
 * message goes out again. The short start-to-close is for a task that got lost between server and gateway (research/reply-path.md, 7).
 */
export const sendsOf = (channel: string) =>
  proxyActivities<WhatsAppActivities>({
    taskQueue: whatsappQueue(channel),
    startToCloseTimeout: '10s',
    scheduleToCloseTimeout: SEND_PATIENCE,
    retry: { initialInterval: '500ms', backoffCoefficient: 1.5, maximumInterval: '10s' },
  });

/**
 * Statuses of one number, on its queue, for as long as that makes sense. To many people it takes a while: each has to get the key. A
 * gateway that dies over it is noticed by the start-to-close time alone; the same id goes out again then.
 */
export const statusPostsOf = (channel: string, forMs: number) =>
  proxyActivities<StatusPostActivities>({
    taskQueue: whatsappQueue(channel),
    startToCloseTimeout: '75s',
    scheduleToCloseTimeout: forMs,
    retry: { initialInterval: '1s', backoffCoefficient: 1.5, maximumInterval: '20s' },
  });

/**
 * Sends whose file has to be uploaded first. They say every few seconds that they live, so that a killed gateway is noticed as soon as
 * with a text.
 */
export const uploadsOf = (channel: string) =>
  proxyActivities<WhatsAppActivities>({
    taskQueue: whatsappQueue(channel),
    startToCloseTimeout: '5 minutes',
    heartbeatTimeout: '10s',
    scheduleToCloseTimeout: SEND_PATIENCE,
    retry: { initialInterval: '500ms', backoffCoefficient: 1.5, maximumInterval: '10s' },
  });
