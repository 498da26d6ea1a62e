/**
 * What a conversation may ask of an ISP's system, and what it gets back: the vocabulary of the port in `libs/crm`.
 * Each vendor's file maps to it; nothing of a vendor (ids of kinds, money as floats, local dates) comes further than that.
 */

/** An amount: `amount` is a decimal string (`"18900.50"`, never a float), `currency` its ISO 4217 code. */
export interface Money {
  amount: string;
  currency: string;
}

export type CustomerQuery =
  /** Who has this phone? `phone`: E.164 digits without `+`. Spelling variants (AR 54/549) count as the same phone. */
  | { kind: 'by-phone'; phone: string }
  /** Who has this document? Letters and digits only. */
  | { kind: 'by-document'; document: string }
  | { kind: 'account'; customer: string }
  | { kind: 'connection'; customer: string; service: string }
  | { kind: 'plans' };

export interface ServiceSummary {
  id: string;
  plan: string;
  address: string;
}

/**
 * What a customer can be asked besides the document. They are compared and forgotten: never kept in a conversation's state.
 * All values are bare letters and digits.
 */
export interface SecondFacts {
  /** Last four digits of each registered phone. */
  phoneEndings: string[];
  /** Numbers of the services, as printed on the invoice. */
  serviceNumbers: string[];
  /** House numbers. Weak (neighbours know them): a flow has to opt in. */
  streetNumbers: string[];
}

export interface CustomerMatch {
  id: string;
  /** As a person would say it: first name first. */
  name: string;
  /** As the company counts its customers; for agents' screens. */
  number?: string;
  /** `maskedDocument` of the document; for agents' screens. */
  document?: string;
  services: ServiceSummary[];
  facts: SecondFacts;
}

export interface OpenInvoice {
  number: string;
  /** `YYYY-MM-DD` */
  dueOn: string;
  amount: Money;
}

export interface Account {
  /** What the customer owes; negative: in their favour. */
  balance: Money;
  /** The earliest due date among the open invoices, `YYYY-MM-DD`; absent when nothing is open. */
  dueOn?: string;
  invoices: OpenInvoice[];
  /** At least one service is cut off for lack of payment. */
  suspended: boolean;
}

export interface Connection {
  status: 'active' | 'suspended';
  online: boolean;
  /** When the present state (online or offline) began: ISO instant. */
  since?: string;
  /** Light received by the customer's fibre modem, dBm; absent for other technologies or while it is off. */
  signalDbm?: number;
}

export interface Plan {
  name: string;
  downMbps: number;
  upMbps: number;
  /** A month. */
  price: Money;
  description: string;
}

export interface QueryFailure {
  ok: false;
  /** unavailable: the system did not answer · not-found: it knows no such customer · unsupported: it cannot answer this. */
  reason: 'unavailable' | 'not-found' | 'unsupported';
}

export type QueryResult =
  | { ok: true; kind: 'customers'; customers: CustomerMatch[] }
  | { ok: true; kind: 'account'; account: Account }
  | { ok: true; kind: 'connection'; connection: Connection }
  | { ok: true; kind: 'plans'; plans: Plan[] }
  | QueryFailure;

/** "30111222" → "•••••222": enough to compare with what somebody says, too little to learn it. */
export function maskedDocument(document: string): string {
  const shown = document.slice(-Math.min(3, Math.floor(document.length / 2)));
  return shown.padStart(document.length, '•');
}

/** "Ana María Gómez" → "Ana". */
export function firstName(name: string): string {
  return name.trim().split(/\s+/u)[0] ?? '';
}
