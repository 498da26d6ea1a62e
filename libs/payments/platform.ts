import type { Money } from '../domain/customers.js';
import type { PlatformPayment } from '../domain/payments/platform-payment.js';

/** Payment platforms, one adapter each. What every adapter promises is here. */

/** A link that somebody pays at the platform. */
export interface LinkRequest {
  /** Ours and stable: the same for each attempt, so that a platform that got it twice makes one link. */
  idempotencyKey: string;
  /** Comes back with each payment of the link. */
  externalReference: string;
  /** What the payer reads: the invoice, never a person's data. */
  title: string;
  amount: Money;
  /** Where the platform tells of payments; absent where it could not reach us. */
  notificationUrl?: string;
  /** ISO instant. */
  expiresAt: string;
}

export interface MadeLink {
  /** The platform's id of it. */
  id: string;
  url: string;
  expiresAt: string;
}

/** At least one of the two: a platform's whole history is nobody's question. */
export interface PaymentSearch {
  externalReference?: string;
  /** ISO instants, both included: when the payment was made. */
  between?: { from: string; until: string };
}

/** Whose account a key is of. */
export interface PlatformAccount {
  id: string;
  /** As the account's owner is called there. */
  name?: string;
  /** ISO 3166, ISO 4217: where it is, and the only currency it takes. */
  country: string;
  currency: string;
}

/**
 * unavailable: it did not answer, or too much was asked; nothing was done · auth: it does not accept the key · rejected: it understood and said
 * no · unknown: what was asked for may have been done (asking again with the same key tells) · not-found: no such payment · unreadable: an
 * answer of another shape, or an amount that is not exact to the cent.
 */
export const platformFailures = ['unavailable', 'auth', 'rejected', 'unknown', 'not-found', 'unreadable'] as const;
export type PlatformFailureReason = (typeof platformFailures)[number];

export interface PlatformFailure {
  ok: false;
  reason: PlatformFailureReason;
  /** For who looks after it: host, status, the platform's words without long numbers; never a key and nobody's data. */
  detail: string;
}

export type PlatformAnswer<T> = { ok: true; value: T } | PlatformFailure;

/** A company's account at a platform. No adapter tries again: Temporal does. @throws HttpFailure `aborted` alone, when the caller gave up */
export interface PaymentPlatform {
  createLink(request: LinkRequest, signal: AbortSignal): Promise<PlatformAnswer<MadeLink>>;
  /** What the platform itself says of a payment: a notice is never believed. */
  payment(id: string, signal: AbortSignal): Promise<PlatformAnswer<PlatformPayment>>;
  /**
   * Newest first, incoming transfers among them. Of a payment that cannot be read (an amount that is not exact) none is made up: it is left
   * out and counted. `isWhole` false: there are more than were read.
   */
  search(search: PaymentSearch, signal: AbortSignal): Promise<PlatformAnswer<{ payments: PlatformPayment[]; unreadable: number; isWhole: boolean }>>;
  test(signal: AbortSignal): Promise<PlatformAnswer<PlatformAccount>>;
}
