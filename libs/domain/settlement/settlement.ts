/**
 * A settlement: one customer's payment on its way into the ISP's system and, where somebody or the bank says no afterwards, out of it again.
 * Whatever proves the payment (a receipt, a platform's link) leads to one and the same settlement (`money_keys`).
 */

/**
 * registering: under way, or waiting for a system that does not answer · stuck: what a person has to settle (`resolve`) · done · reversing ·
 * reversed: taken back · kept: refused afterwards, and still registered: a person sees to it · given-up: nothing was registered, and
 * nothing will be.
 */
export const settlementStates = ['registering', 'stuck', 'done', 'reversing', 'reversed', 'kept', 'given-up'] as const;
export type SettlementState = (typeof settlementStates)[number];

/** In their order. The second row is for what is refused afterwards. */
export const settlementSteps = ['register', 'reactivate', 'tell', 'notify', 'reverse', 'suspend', 'tell-reversal', 'notify-reversal'] as const;
export type SettlementStep = (typeof settlementSteps)[number];

/**
 * already: an earlier attempt had done it · skipped: by policy, or nothing to do · waiting: could not be done yet, is tried again ·
 * unknown: it may or may not have happened: never repeated blindly, never shown as done · failed: refused.
 */
export const stepStates = ['pending', 'done', 'already', 'skipped', 'waiting', 'unknown', 'failed'] as const;
export type StepState = (typeof stepStates)[number];

/** Who says no afterwards. refunded and charged-back: the payment platform · person: somebody overruled the receipt. */
export const reversalCauses = ['person', 'refunded', 'charged-back', 'statement'] as const;
export type ReversalCause = (typeof reversalCauses)[number];

/** What a person does about a step that is stuck. by-hand: they did it in the ISP's system themselves. */
export const resolutions = ['retry', 'by-hand', 'give-up'] as const;
export type Resolution = (typeof resolutions)[number];

/** Letters that a bank's or a platform's number of a payment has at least: shorter ones are not the payment's alone. */
export const LEAST_TELLING = 8;

/** What a payment is known by, so that it is settled once. Texts of the table `money_keys`. */
export const moneyKeys = {
  file: (sha256: string) => `file:${sha256}`,
  /** @param reference as `tellingReferences` gives it */
  reference: (reference: string) => `ref:${reference}`,
  /** A row of `incoming_payments`: a statement's line, a platform's payment. */
  incoming: (id: string) => `in:${id}`,
  platform: (platform: string, payment: string) => `${platform}:${payment}`,
} as const;
