import type { WaitReason } from '../domain/number-safety/wait.js';

/**
 * What became of one attempt to send. `unknown`: the network may or may not have it; sending again under the same id is safe and
 * settles it. `offline`: the number has no link, so nothing left this process. `unsent`: nothing left it for another reason.
 */
export type SendOutcome =
  | { state: 'sent' }
  | { state: 'failed'; cause: string }
  | { state: 'unknown'; cause: string }
  | { state: 'unsent'; cause: string }
  | { state: 'offline' }
  /** Not yet: the bot is seen typing, the number's pace or budget says later, or WhatsApp restricts it. Nothing left this process. */
  | { state: 'held'; reason: WaitReason; waitMs: number }
  | { state: 'fenced' }
  | { state: 'missing' };

/** A message that waits in its row to be sent. */
export interface SendRequest {
  company: string;
  channel: string;
  /** Id of its row in `messages`, or of a text to a group in `group_messages`. */
  message: string;
}

/** The way out to customers: whoever holds a channel sends what its rows say. Never throws. */
export interface ChannelSender {
  /** @param patienceMs for everything, instead of the sender's own: a file has to be uploaded first */
  send(request: SendRequest, patienceMs?: number): Promise<SendOutcome>;
  sendToGroup(request: SendRequest): Promise<SendOutcome>;
}

/** A status that waits in its row to be published or taken back. */
export interface StatusRequest {
  company: string;
  channel: string;
  /** Id of its row in `statuses`. */
  status: string;
}

/**
 * Statuses of a channel: whoever holds it publishes what the rows say, and takes it back. `offline`: nothing has left, and the row is as
 * it was; `missing`: nobody wants that any more. Never throws.
 */
export interface StatusPoster {
  publishStatus(request: StatusRequest): Promise<SendOutcome>;
  removeStatus(request: StatusRequest): Promise<SendOutcome>;
}
