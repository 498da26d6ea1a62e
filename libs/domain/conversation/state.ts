import type { CompanyProfile } from '../company-profile.js';
import type { InvoiceSummary, ServiceSummary } from '../customers.js';
import { DomainError } from '../errors.js';
import type { AskedKind, FlowKind, Flows, Place } from '../flow/flow.js';
import type { Capabilities } from '../flow/offered.js';
import type { Variable } from '../flow/variables.js';
import type { KeepingMode, Operation } from '../modes/mode.js';
import type { ReceiptPolicy } from '../receipt/policy.js';
import type { ConversationQuery, KeptAnswer, StoredFile } from './kept-answer.js';

export type { ConversationQuery, KeptAnswer, LookedAt, PaymentMethod, PaymentOptions, PaymentQuery, StoredFile } from './kept-answer.js';

/** Kinds of files that a proof of payment comes in. */
export type ReceiptFile = ReceiptPolicy['files'][number];

export type MessageContent =
  /** `replaces`: number of the message of which this is the new text. */
  | { kind: 'text'; text: string; replaces?: number }
  /** `what`: image, video, audio, document, sticker, location, contact … `receipt`: what kind of file it is, where it may be a proof of payment. */
  | { kind: 'unsupported'; what: string; receipt?: ReceiptFile }
  /** They called, and the call was refused. */
  | { kind: 'call' }
  /** A reaction, a vote, a deletion: asks for nothing, so nobody answers it. `withdraws`: number of the message that was deleted. */
  | { kind: 'gesture'; withdraws?: number }
  /** WhatsApp delivered it and it could not be decrypted. */
  | { kind: 'unreadable' };

/** What can be answered. */
export type Utterance = Exclude<MessageContent, { kind: 'gesture' }>;

export type Input =
  | { kind: 'message'; seq: number; atMs: number; author: 'customer' | 'owner'; content: MessageContent }
  /** The answer to an earlier `query` step. */
  | { kind: 'result'; step: string; result: KeptAnswer }
  /** What the ticket's row says now, first of all inputs: a ticket that was opened, closed or opened again is noticed by comparing. */
  | { kind: 'ticket'; open?: OpenTicket; closedAtMs?: number };

/** The ticket that a conversation has open. */
export interface OpenTicket {
  /** The step that opened it. */
  step?: string;
  number: number;
  /** Nobody has taken it yet. */
  queued: boolean;
  /** Tickets before it in its queue. */
  ahead: number;
}

export type Step =
  /** `node`: `<flow>/<node>` that the text comes from; `answers`: numbers of the inbound messages it answers. */
  | { kind: 'say'; id: string; text: string; node: string; answers: number[] }
  /** A file with these words under it. */
  | { kind: 'file'; id: string; text: string; node: string; answers: number[]; file: StoredFile }
  /** To be asked of the ISP's system or the company; the result is an input of a later `decide`. At most one is open at a time. */
  | { kind: 'query'; id: string; query: ConversationQuery }
  /**
   * A picture or PDF, by its message's number, to be looked at as a proof of payment: what it is is an input of a later `decide`, as with a query.
   * `quiet`: nobody waits to hear. Of whom and for which invoice, where that is known.
   */
  | { kind: 'receipt'; id: string; seq: number; quiet?: true; customer?: { id: string; name: string }; invoice?: { id: string; number: string } }
  /** A ticket to be opened for the company's agents; the `ticket` input of a later `decide` tells its number. */
  | { kind: 'ticket'; id: string; department?: string; summary: string };

/**
 * How each inbound message ends. answered: a `say` or a `file` lists it · owner: written by the person on the linked phone ·
 * agent: for the agents, who have a ticket open · noted: a reaction, a deletion, or the correction of what was decided already, which
 * ask for nothing · silent:owner: the person on the phone has the chat · silent:bot-loop: another bot is answering ·
 * silent:emergency: the customer was told the emergency message less than an hour ago · kept:…: the mode answers nobody; people get it
 * when the mode ends.
 */
export const outcomes = [
  'answered', 'owner', 'agent', 'noted', 'silent:owner', 'silent:bot-loop', 'silent:emergency', 'kept:gateway-only', 'kept:stopped',
] as const;
export type Outcome = (typeof outcomes)[number];

export interface Decision {
  state: ConversationState;
  steps: Step[];
  /** Each message exactly once, in the decision in which it is settled (later than its own when a query is open). */
  outcomes: { seq: number; outcome: Outcome }[];
}

export interface Limits {
  /** Silence after which a customer's next message begins at the start again. */
  resetAfterMinutes: number;
  /** How long the answer to "who has this phone" is believed. */
  identityHours: number;
  /** How long the bot keeps out of a chat in which the owner wrote. */
  ownerSilenceMinutes: number;
  botLoopSilenceMinutes: number;
  /** How long nobody can identify with a document after too many wrong tries. */
  identificationBlockHours: number;
  /** A message that is older than this when we first see it goes to a person: its moment for a menu is over. */
  lateAfterMinutes: number;
}

export const defaultLimits: Limits = {
  resetAfterMinutes: 30,
  identityHours: 12,
  ownerSilenceMinutes: 30,
  botLoopSilenceMinutes: 60,
  identificationBlockHours: 12,
  lateAfterMinutes: 360,
};

export interface Settings {
  flows: Flows;
  /** `locale`: BCP 47 · `timeZone`: IANA · `currency`: ISO 4217. */
  company: {
    name: string; timeZone: string; locale: string; currency: string;
    /** What the company says of itself; absent: nothing. */
    profile?: Pick<CompanyProfile, 'hours' | 'welcome' | 'contacts'>;
  };
  /** `phone`: E.164 digits, absent when WhatsApp hides it. `name` is what the person calls themselves: it proves nothing. */
  contact: { addresses: { phone?: string }; name?: string };
  limits: Limits;
  /** What the bot does at all, at this moment. */
  operation: Operation;
  /** The company's ISP system: what it can be asked at all, and whether it has stopped answering. */
  isp: { capabilities: Capabilities; down: boolean };
  /** Proofs of payment: files that the company takes as such (none: it takes no receipts), and whether somebody asked this customer for a better one. */
  receipts: { takes: readonly ReceiptFile[]; asked?: boolean };
}

/** A customer as a conversation remembers them: no document, no phone. */
export interface KnownCustomer {
  id: string;
  name: string;
  services: ServiceSummary[];
}

/** An invoice that a customer may choose. */
export type KnownInvoice = Pick<InvoiceSummary, 'id' | 'number' | 'dueOn' | 'amount'>;

export interface WaitingMessage {
  seq: number;
  atMs: number;
  /** Absent when too many wait: such a message is answered along with the others. */
  content?: Utterance;
}

/** What will be said when nothing is left to find out: the pieces of one reply. */
export interface Turn {
  answers: number[];
  said: { text: string; node: string }[];
  /** Go out before the words. */
  files?: { text: string; node: string; file: StoredFile }[];
  /** How the place where the customer stands is shown after it. */
  prompt: 'none' | 'full' | 'again';
  /** Said only when nothing else was: "I did not understand". */
  fallback?: { text: string; node: string };
  /** The message for which the flow was entered at its start. */
  openedFor?: number;
  /** The customer is told that a receipt of theirs came. */
  received?: true;
  /** Nodes walked through since the customer was asked something, queries included. */
  hops: number;
}

/** Texts that the other side repeats, to notice a bot. */
export interface Heard {
  print: string;
  timesMs: number[];
  /** Number of the last step when it was counted: repeats count once between two replies of ours. */
  afterStep: number;
}

/** All that a conversation remembers: JSON, a few kB, kept in the conversation's row. */
export interface ConversationState {
  v: 1;
  /** Steps taken so far; the next one is `s<steps + 1>`, so that a repeat has the same ids. */
  steps: number;
  /** Number of the last message taken in; lower ones are repeats. */
  lastSeq: number;
  /** When the customer's last message was written, ms since 1970. */
  lastMessageMs: number;
  lastSayMs: number;
  /** Places where the customer was asked something, the present one last; empty before the start. */
  trail: Place[];
  /** The place before the last silence: its numbers are still on the customer's screen. */
  placeBefore?: Place & { numbers?: number[] };
  /** Menus that were shown in this session, by `<flow>/<node>`: the index of the option behind each number. Absent: all were shown whole. */
  shown?: Record<string, number[]>;
  /** Flows that have welcomed the customer in this session. */
  welcomed: FlowKind[];
  /** Who has the contact's phone, and since when we know. */
  phone?: { atMs: number; customers: KnownCustomer[] };
  customer?: KnownCustomer & { by: 'phone' | 'document' };
  service?: ServiceSummary;
  /** Those among which a `choose` of an invoice chooses, the newest first, and the one that is meant. */
  invoices?: KnownInvoice[];
  invoice?: KnownInvoice;
  /** Those among whom a `choose` of a customer chooses. */
  candidates?: { by: 'phone' | 'document'; customers: KnownCustomer[] };
  asked: Partial<Record<AskedKind, string>>;
  /** Values of the templates' variables found out in this session. */
  values: Partial<Record<Variable, string>>;
  misses: number;
  attempts: number;
  /** Wrong pairs of document and second fact; survives the session. */
  identification: { failures: number; lastMs: number };
  turn?: Turn;
  /**
   * What is under way: a question, a picture (of this number) that is looked at or, without either, a ticket that is being opened. No place:
   * nobody asked for it.
   */
  pending?: { step: string; place?: Place; query?: ConversationQuery; receipt?: { seq: number; what: string } };
  /** The open ticket: while there is one, the conversation is the agents'. */
  ticket?: { number: number };
  /** Where a ticket was last asked for: its texts are said until it is closed. */
  handoff?: Place;
  inbox: WaitingMessage[];
  heard: Heard[];
  /** Long replies in a row that came faster than a person types. */
  fastStreak: number;
  ownerUntilMs?: number;
  botLoopUntilMs?: number;
  /** Messages were kept, the first one of them written at `sinceMs`: to be offered to people when the mode ends. */
  kept?: { sinceMs: number; mode: KeepingMode };
  /** When the customer was last told the emergency message. */
  emergencyMs?: number;
}

export function initialState(): ConversationState {
  return {
    v: 1,
    steps: 0,
    lastSeq: 0,
    lastMessageMs: 0,
    lastSayMs: 0,
    trail: [],
    welcomed: [],
    asked: {},
    values: {},
    misses: 0,
    attempts: 0,
    identification: { failures: 0, lastMs: 0 },
    inbox: [],
    heard: [],
    fastStreak: 0,
    shown: {},
  };
}

/**
 * Reads a state as it was stored.
 * @throws DomainError `state-version-unknown` when newer code wrote it.
 */
export function readState(json: ConversationState | null | undefined): ConversationState {
  if (json === null || json === undefined) return initialState();
  if (json.v !== 1) throw new DomainError('state-version-unknown', String(json.v));
  return json;
}

/**
 * Whether a message written at `atMs` begins a new session. Callers load the newest published flows then; within a session
 * a conversation stays on the version it began with.
 */
export function beginsSession(state: ConversationState, atMs: number, limits: Limits): boolean {
  return state.turn === undefined && state.ticket === undefined && (state.trail.length === 0 || isIdle(state, atMs, limits));
}

/** Whether the customer was silent for so long before a message that the place is forgotten. */
export function isIdle(state: ConversationState, atMs: number, limits: Limits): boolean {
  return atMs - state.lastMessageMs > limits.resetAfterMinutes * 60_000;
}

/** Whether a ticket is being opened. */
export const opensTicket = ({ pending }: ConversationState): boolean => pending !== undefined && pending.query === undefined && pending.receipt === undefined;
