/**
 * Every broken rule the product knows, in one closed list. Expected outcomes are values (`{ ok: false, reason }`);
 * these are for what must not happen. They are mapped in two places only: the API's filter and `libs/temporal/failures.ts`.
 */
export const domainErrorCodes = [
  /** A published flow does not have the shape of `flow/flow.ts`, or names a node that does not exist. */
  'flow-invalid',
  /** A flow walks in circles without ever waiting for the customer (`checkFlow` says so before it is published). */
  'flow-never-waits',
  /** A conversation's stored state has a version that this code does not know. */
  'state-version-unknown',
  /** A phone number is not one that WhatsApp could have. */
  'phone-invalid',
  /** The company has no such conversation. */
  'conversation-unknown',
  /** The company has no such ticket. */
  'ticket-unknown',
  /** The company has no such user, or none who may still log in. */
  'person-unknown',
  /** No such text was accepted: a note or a reply has nothing to say. */
  'text-unknown',
  /** The company has no such status, or what somebody wrote for it was not accepted. */
  'status-unknown',
  /** The company has no such notice, or none of that day. */
  'notice-unknown',
  /** The company has no such receipt. */
  'receipt-unknown',
  /** The company has no such settlement. */
  'settlement-unknown',
] as const;

export type DomainErrorCode = (typeof domainErrorCodes)[number];

/** A broken rule. `detail` is for operators: it never carries a customer's text or data. */
export class DomainError extends Error {
  override readonly name = 'DomainError';

  constructor(
    readonly code: DomainErrorCode,
    readonly detail?: string,
  ) {
    super(detail === undefined ? code : `${code}: ${detail}`);
  }
}
