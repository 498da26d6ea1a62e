/** A notice as the ISP's system asked for it: an invoice, a cut, a reminder that somebody is meant to get, though they did not ask. */

/** As rows have them. `queued`: it waits, in its row or in the number's lane. The rest is what is known of its message, or why none left. */
export const noticeStates = ['queued', 'sent', 'delivered', 'read', 'failed', 'unknown', 'expired', 'cancelled'] as const;
export type NoticeState = (typeof noticeStates)[number];

/** As people and ISPs' systems are shown them: one that waits while its batch is paused, or the bot stopped, is `held`. */
export const shownStates = ['queued', 'held', ...noticeStates.filter((state) => state !== 'queued')] as const;
export type ShownState = 'held' | NoticeState;

/** Characters of a notice: more, and WhatsApp cuts it off behind "Read more". */
export const LONGEST_NOTICE = 4_096;
/** The same text to the same number again within this time is the same notice: panels ask again when an answer is late. */
export const SAME_WITHIN_MINUTES = 10;
/** How long a notice is worth sending where its token does not say. */
export const DEFAULT_EXPIRY_MINUTES = 24 * 60;

/** What people do with a batch (all notices of one number and day), and with one notice. */
export const noticeCommands = ['pause', 'resume', 'cancel', 'extend', 'fit', 'drop', 'cancel-one', 'resend'] as const;
export type NoticeCommandKind = (typeof noticeCommands)[number];
/** Of these, the answers to "these will be late": give them time · send what fits, the rest expires · cancel the late ones. */
export const lateAnswers = ['extend', 'fit', 'drop'] as const;

/** running: it has nothing to wait for · paused · asking: some will be late and nobody has said what then · ended: nothing is left to send. */
export type BatchState = 'running' | 'paused' | 'asking' | 'ended';

/** settled: what was asked can no longer be done to it, as it is out or over · sent: it is out, and the person has it. */
export type NoticeRefusal = 'settled' | 'sent';

/** Pure: what a row is shown as. @param isHeld its batch is paused, or the bot is stopped; what is in the lane already is not held */
export const shownAs = (state: NoticeState, inLane: boolean, isHeld: boolean): ShownState => (state === 'queued' && !inLane && isHeld ? 'held' : state);

/** Pure: whether a notice can still be kept from leaving. */
export const canCancel = (state: NoticeState): boolean => state === 'queued';

/**
 * Pure: whether a notice may be sent once more, or why not. What is out would come twice; of what is unknown nobody knows whether it is
 * out: it settles by itself.
 */
export const canResend = (state: NoticeState): NoticeRefusal | undefined =>
  state === 'failed' || state === 'expired' || state === 'cancelled' ? undefined : state === 'queued' || state === 'unknown' ? 'settled' : 'sent';
