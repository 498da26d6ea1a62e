/**
 * What is known of a message that goes out. `unknown`: the network may or may not have it; an ack, a mark or a resend under the
 * same id settles it. It is never shown as success.
 */
export const sendStates = ['queued', 'sending', 'sent', 'delivered', 'read', 'failed', 'unknown'] as const;
export type SendState = (typeof sendStates)[number];

/**
 * What can be done about a message that did not go out, or of which nobody knows.
 * again: write it again · later: write it again after some hours · wait: it settles by itself · check-number: the contact's number is
 * wrong or has no WhatsApp · link: the number has to be linked · another-way: reach this person by other means · change: another file.
 */
export type Advice = 'again' | 'later' | 'wait' | 'check-number' | 'link' | 'another-way' | 'change';

/**
 * Every cause that a row of an outgoing message may name, with what to do. `ack-<code>` is WhatsApp's own refusal
 * (shared/research/external-apis.md 12; 463, 475 and 479 are reported by users of the network, not documented by it).
 */
export const sendCauses = {
  /** The number may not start chats at present; who wrote to it may be answered. */
  'ack-463': 'another-way',
  /** The quota of new chats is used up. */
  'ack-475': 'later',
  /** Addresses or a device session that the network does not take any more. */
  'ack-479': 'again',
  /** Addresses of two kinds in one group. */
  'ack-421': 'again',
  /** Too many messages at once. */
  'ack-429': 'later',
  /** The number is banned for a time. */
  'ack-402': 'link',
  /** The network has no such account for the contact's number. */
  'not-on-whatsapp': 'check-number',
  /** The contact has no address at all. */
  'no-address': 'check-number',
  /** The file is bigger than WhatsApp takes. */
  'too-large': 'change',
  /** The file is not what it says, or of a kind that is not sent. */
  'file-refused': 'change',
  /** The file is not in the media store any more. */
  'file-missing': 'change',
  /** The address of its file may not be called: it is not on the Internet. */
  'file-address': 'change',
  /** The address of its file did not give it, in several tries. */
  'file-not-fetched': 'again',
  /** Somebody cancelled it before it left. */
  'cancelled': 'again',
  /** The media store did not answer; it is tried again. */
  'file-unreachable': 'wait',
  /** WhatsApp's media server did not take the file; it is tried again. */
  'upload-failed': 'wait',
  /** Its file could not be uploaded in several minutes of trying. */
  'upload-given-up': 'again',
  /** It is still being uploaded. */
  'uploading': 'wait',
  /** The message that it quotes or reacts to is not known. */
  'target-missing': 'change',
  'kind-not-sendable': 'change',
  /** The person has this very text already. */
  'duplicate-text': 'change',
  /** The bot was stopped (Herramientas) before its answer had left. */
  'stopped': 'another-way',
  /** The phone's owner wrote in the chat before the bot's answer had left. */
  'owner-wrote': 'another-way',
  /** Nobody could send it for a day. */
  'expired': 'again',
  'no-ack': 'wait',
  'link-closed': 'wait',
  'send-failed': 'wait',
  'database': 'wait',
  'unlinked': 'link',
} as const satisfies Record<string, Advice>;
export type SendCause = keyof typeof sendCauses;

/**
 * What can be done about a cause as a row has it. A refusal whose code nobody has explained may be tried again; a cause that this
 * version does not know settles by itself or not at all.
 */
export function adviceFor(cause: string): Advice {
  if (Object.hasOwn(sendCauses, cause)) return sendCauses[cause as SendCause];
  return cause.startsWith('ack-') ? 'again' : 'wait';
}
