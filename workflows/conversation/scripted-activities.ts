import { ApplicationFailure } from '@temporalio/common';
import type { DecideActivities, DecideRequest, DecideResult } from '../../activities/decide.js';
import type { GroupActivities } from '../../activities/groups.js';
import type { PaymentActivities } from '../../activities/payments.js';
import type { QueryActivities } from '../../activities/queries.js';
import type { ReceiptReadingActivities } from '../../activities/receipts/receipts.js';
import type { ReplyActivities } from '../../activities/replies.js';
import type { TicketActivities } from '../../activities/tickets.js';
import type { StatusActivities } from '../../activities/statuses.js';
import type { StatusPostActivities } from '../../activities/whatsapp-statuses.js';
import type { SendResult, WhatsAppActivities } from '../../activities/whatsapp.js';
import { ScriptedNotices } from '../notices/scripted-notices.js';
import { ScriptedPayments } from '../platform-payment/scripted-payments.js';
import { ScriptedReceipts } from '../receipt/scripted-receipts.js';
import { ScriptedSettlements } from '../settlement/scripted-settlements.js';
import { ScriptedStatuses } from '../status/scripted-statuses.js';
import { ScriptedTickets } from '../ticket/scripted-tickets.js';

type Script = (request: DecideRequest, call: number) => Partial<DecideResult> | Promise<Partial<DecideResult>>;

/**
 * Activities without a database for specs of the workflow alone: what a decision answers is scripted per conversation, what the
 * workflow did is recorded in order.
 */
export class ScriptedActivities {
  readonly log = new Map<string, string[]>();
  readonly requests = new Map<string, DecideRequest[]>();
  private readonly scripts = new Map<string, Script>();
  /** Sends that fail this many times before they work, each to be tried again after hours. */
  readonly failingSends = new Map<string, number>();
  readonly tickets: ScriptedTickets;
  readonly statuses: ScriptedStatuses;
  readonly settlements: ScriptedSettlements;
  readonly notices = new ScriptedNotices();
  readonly payments = new ScriptedPayments();
  readonly receipts: ScriptedReceipts;
  /** Called while a send is under way. */
  onSend: ((message: string) => Promise<void>) | undefined;

  constructor(now: () => Promise<number>) {
    this.tickets = new ScriptedTickets((id, entry) => this.did(id).push(entry), now);
    this.statuses = new ScriptedStatuses(now);
    this.settlements = new ScriptedSettlements(now);
    this.receipts = new ScriptedReceipts(now);
  }

  script(conversation: string, script: Script): void {
    this.scripts.set(conversation, script);
  }

  did(conversation: string): string[] {
    const known = this.log.get(conversation) ?? [];
    this.log.set(conversation, known);
    return known;
  }

  /** Answers each new message with one row to send, named after the numbers that it answers. */
  readonly decide = async (request: DecideRequest): Promise<DecideResult> => {
    const calls = this.requests.get(request.conversation) ?? [];
    this.requests.set(request.conversation, [...calls, request]);
    const scripted = await this.scripts.get(request.conversation)?.(request, calls.length);
    this.did(request.conversation).push(`decide ${request.upTo}`);
    return {
      handledSeq: request.upTo,
      steps: [{ send: `${request.conversation}:${request.upTo}` }],
      debounceMs: 0,
      state: 'bot',
      ...scripted,
    };
  };

  forMain = (): DecideActivities & GroupActivities & PaymentActivities & QueryActivities & ReplyActivities & TicketActivities & StatusActivities & ScriptedNotices['forMain'] & ScriptedReceipts['forMain'] & ScriptedSettlements['activities'] => ({
    decide: this.decide,
    ...this.tickets.activities,
    ...this.statuses.forMain,
    ...this.notices.forMain,
    ...this.settlements.activities,
    ...this.receipts.forMain,
    ...this.payments.activities,
    expireMessage: ({ conversation, message }) => {
      this.did(conversation).push(`expire ${message}`);
      return Promise.resolve();
    },
    runQuery: ({ conversation, step }) => {
      this.did(conversation).push(`query ${step}`);
      return Promise.resolve({ ok: true });
    },
    settleLook: ({ conversation, step }) => {
      this.did(conversation).push(`looked ${step}`);
      return Promise.resolve();
    },
  });

  readonly forReading = (): ReceiptReadingActivities => this.receipts.forReading;

  private async send(how: string, message: string): Promise<SendResult> {
    await this.onSend?.(message);
    const conversation = message.split(':')[0]!;
    const left = this.failingSends.get(message) ?? 0;
    if (left > 0) {
      this.failingSends.set(message, left - 1);
      throw ApplicationFailure.create({ type: 'CHANNEL_OFFLINE', message: 'not linked', nextRetryDelay: '5h' });
    }
    this.did(conversation).push(`${how} ${message}`);
    return { state: 'sent' };
  }

  readonly forChannel = (): WhatsAppActivities & StatusPostActivities => ({
    ...this.statuses.forChannel,
    send: ({ message }) => this.send('send', message),
    sendMedia: ({ message }) => this.send('upload', message),
    sendToGroup: ({ message }) => this.send('tell group', message),
  });
}
