import { nextStepId, type Run } from './run.js';
import type { MessageContent, WaitingMessage } from './state.js';

/**
 * Pictures and PDFs that may be proofs of payment. Each is looked at once, in the order in which they came: at the bot's request or unasked, the
 * bot waits to hear what it is; while the agents have the conversation, or an emergency has, it is theirs and looked at without a word.
 */

/** Whether a message may be a receipt of a kind that the company takes. */
const mayBeReceipt = ({ settings }: Run, content: MessageContent | undefined): content is MessageContent & { kind: 'unsupported' } =>
  content?.kind === 'unsupported' && content.receipt !== undefined && settings.receipts.takes.includes(content.receipt);

/** Has a picture looked at; the conversation goes on when it is known what it is. False: it can be no receipt. */
export function lookAt(run: Run, { seq, content }: WaitingMessage): boolean {
  if (!mayBeReceipt(run, content)) return false;
  run.state.pending = { step: look(run, seq), receipt: { seq, what: content.what } };
  return true;
}

/** Has a picture looked at that somebody else than the bot answers: nobody waits for what it is. */
export function lookQuietly(run: Run, { seq, content }: Pick<WaitingMessage, 'seq' | 'content'>): void {
  if (mayBeReceipt(run, content)) look(run, seq, { quiet: true });
}

/** The same with all that waited for the bot, which will not have it. */
export function lookQuietlyAtInbox(run: Run): void {
  for (const message of run.state.inbox) lookQuietly(run, message);
}

/** Who has the phone counts also when the session is over. */
function look(run: Run, seq: number, how: { quiet?: true } = {}): string {
  const { invoice, phone, customer = phone?.customers.length === 1 ? phone.customers[0] : undefined } = run.state;
  const id = nextStepId(run.state);
  run.steps.push({
    kind: 'receipt', id, seq, ...how,
    ...(customer === undefined ? {} : { customer: { id: customer.id, name: customer.name } }),
    ...(customer === undefined || invoice === undefined ? {} : { invoice: { id: invoice.id, number: invoice.number } }),
  });
  return id;
}
