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
  | { kind: 'plans' }
  /** Everything that an agent may see of a customer. */
  | { kind: 'profile'; customer: string }
  /** Newest first, paid ones among them. `limit`: at most so many, 1–100. */
  | { kind: 'invoices'; customer: string; limit: number }
  /** The document of one invoice. An invoice that is another customer's is `not-found`. */
  | { kind: 'invoice-document'; customer: string; invoice: string }
  /** Measures the line now. It may take a minute, so it is asked only when somebody wants it. */
  | { kind: 'speed-test'; customer: string; service: string };

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
  /** The part of it that is past its due date, where the system tells and there is one. */
  overdue?: Money;
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
  /** What the customer hangs on is down for everybody there: the line was not measured, `online` is false. `description`: the ISP's words. */
  outage?: { description?: string };
}

export interface Plan {
  name: string;
  downMbps: number;
  upMbps: number;
  /** A month. */
  price: Money;
  description: string;
}

export const invoiceStates = ['open', 'paid', 'in-review', 'cancelled'] as const;
export type InvoiceState = (typeof invoiceStates)[number];

/** An invoice of any state, for agents' screens and for sending its document. */
export interface InvoiceSummary {
  /** As the system names it in calls; `number` is what is printed on it. */
  id: string;
  number: string;
  /** `YYYY-MM-DD`; absent where the system does not tell. */
  issuedOn?: string;
  /** `YYYY-MM-DD` */
  dueOn: string;
  amount: Money;
  /** What of it is still owed, where a part was paid and the system tells; absent: as good as `amount`. */
  rest?: Money;
  state: InvoiceState;
  /** `YYYY-MM-DD` */
  paidOn?: string;
}

/** A service with what agents look at. */
export interface ServiceProfile extends ServiceSummary {
  status: 'active' | 'suspended' | 'cancelled';
  number?: string;
  /** A month. */
  price?: Money;
  /** `YYYY-MM-DD` */
  installedOn?: string;
  ip?: string;
  /** The customer's fibre modem: serial number. */
  onuSerial?: string;
}

export const customerStates = ['active', 'suspended', 'cancelled', 'unknown'] as const;

/** A whitelist: whatever else a vendor's row carries (passwords among it) never gets here. */
export interface CustomerProfile {
  id: string;
  number?: string;
  name: string;
  /** `maskedDocument` of the document. */
  document?: string;
  status: (typeof customerStates)[number];
  /** E.164 digits where they could be read, else as the system has them. */
  phones: string[];
  email?: string;
  address?: string;
  services: ServiceProfile[];
}

/** What an ISP's system gave as an invoice's document. Checked by content (PDF) and size (10 MB) before anybody gets it. */
export interface InvoiceDocument {
  invoice: Pick<InvoiceSummary, 'id' | 'number'>;
  fileName: string;
  mimetype: string;
  bytes: Uint8Array;
}

export interface SpeedTest {
  downMbps: number;
  upMbps: number;
  pingMs?: number;
  /** ISO instant. */
  measuredAt: string;
}

/**
 * Why an ISP's system could not be used, for the people who look after it; customers are told less.
 * name: no such host · refused: nobody listens there · tls: its certificate is not trusted · auth: it does not accept the key · forbidden: the key
 * may not do this · timeout · unavailable: 5xx or cut connection · html: a web page instead of data (wrong address) · licence: its licence page ·
 * bad-response: data of another shape · rate-limited · quota: our own request budget is spent · address: a private address that the operator has
 * not allowed.
 */
export const crmFaults = [
  'name', 'refused', 'tls', 'auth', 'forbidden', 'timeout', 'unavailable', 'html', 'licence', 'bad-response', 'rate-limited', 'quota', 'address',
] as const;
export type CrmFault = (typeof crmFaults)[number];

export interface QueryFailure {
  ok: false;
  /** With `unavailable`: what went wrong. */
  fault?: CrmFault;
  /** unavailable: the system did not answer · not-found: it knows no such customer · unsupported: it cannot answer this. */
  reason: 'unavailable' | 'not-found' | 'unsupported';
}

export type QueryResult =
  | { ok: true; kind: 'customers'; customers: CustomerMatch[] }
  | { ok: true; kind: 'account'; account: Account }
  | { ok: true; kind: 'connection'; connection: Connection }
  | { ok: true; kind: 'plans'; plans: Plan[] }
  | { ok: true; kind: 'profile'; profile: CustomerProfile }
  | { ok: true; kind: 'invoices'; invoices: InvoiceSummary[] }
  | { ok: true; kind: 'document'; document: InvoiceDocument }
  | { ok: true; kind: 'speed-test'; test: SpeedTest }
  | QueryFailure;

/**
 * What may be changed in an ISP's system. Each carries what makes a repeat harmless: the adapter reads before it writes, and after a doubt reads
 * again.
 */
export type CustomerOrder =
  /**
   * `reference`: ours, the same for each attempt; an invoice or account that already carries it counts as `already`. `paidAt`: ISO instant.
   * `invoice` absent: to the account, where the system has no payments of one invoice (ISPCube).
   */
  | { kind: 'pay'; customer: string; invoice?: string; amount: Money; method: string; reference: string; paidAt: string; reactivate: boolean }
  /** Takes back what `pay` did under this reference. */
  | { kind: 'reverse-payment'; customer: string; invoice?: string; reference: string; reason: string }
  | { kind: 'reactivate'; customer: string; service?: string }
  | { kind: 'suspend'; customer: string; service?: string }
  | { kind: 'open-ticket'; customer: string; service?: string; subject: string; body: string; reference: string }
  | { kind: 'close-ticket'; ticket: string; reason: string }
  | { kind: 'prospect'; name: string; phone: string; email?: string; address?: string; note?: string; reference: string };

export type OrderResult =
  /** `id`: of what was made, where the system tells. `already`: an earlier attempt had done it. */
  | { ok: true; done: 'now' | 'already'; id?: string }
  /** `unknown`: the system may or may not have done it, and could not be asked: never to be repeated blindly, never to be shown as done. */
  | { ok: false; reason: 'unknown' | 'unavailable' | 'not-found' | 'unsupported'; fault?: CrmFault }
  /** The system said no. `why`: its words, cut and without anybody's data; for agents. */
  | { ok: false; reason: 'rejected'; why: string };

/** "30111222" → "•••••222": enough to compare with what somebody says, too little to learn it. */
export function maskedDocument(document: string): string {
  const shown = document.slice(-Math.min(3, Math.floor(document.length / 2)));
  return shown.padStart(document.length, '•');
}

/** "Ana María Gómez" → "Ana". */
export function firstName(name: string): string {
  return name.trim().split(/\s+/u)[0] ?? '';
}
