/**
 * What a restriction stops, the least first. `first-contacts`: messages to people who have never written; `bulk`: those and lanes 2
 * and 3; `everything`: answers, too.
 */
export const stops = ['first-contacts', 'bulk', 'everything'] as const;
export type Stop = (typeof stops)[number];

/** By what a number learns that WhatsApp restricts it. */
export const signals = ['no-new-chats', 'new-chat-quota', 'too-fast', 'temporary-ban', 'reachout-lock', 'message-cap'] as const;
export type Signal = (typeof signals)[number];

/** A restriction as it is kept: one for each of what it stops. */
export interface Restriction {
  signal: Signal;
  stops: Stop;
  untilMs: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

interface Effect {
  stops: Stop;
  /** Where the network does not say until when. */
  elseMs: number;
}

/**
 * What each signal stops, and for how long where the network does not say (research/external-apis.md, 12.1). A lock on reaching out
 * and a cap on new chats lift by themselves: never restart, log out or link again because of them.
 */
export const effects: Readonly<Record<Signal, Effect>> = {
  /** Ack 463: no chat may be started; chats that exist go on. */
  'no-new-chats': { stops: 'first-contacts', elseMs: 6 * HOUR_MS },
  /** Ack 475: the quota of new chats is used up. */
  'new-chat-quota': { stops: 'first-contacts', elseMs: 24 * HOUR_MS },
  /** Ack or close 429. */
  'too-fast': { stops: 'bulk', elseMs: 30 * MINUTE_MS },
  /** Ack or close 402. */
  'temporary-ban': { stops: 'everything', elseMs: 15 * MINUTE_MS },
  /** `reachoutTimeLock`; WhatsApp Web takes a minute where the end is missing, and asks again. */
  'reachout-lock': { stops: 'first-contacts', elseMs: MINUTE_MS },
  /** `message-capping` with status CAPPED. */
  'message-cap': { stops: 'first-contacts', elseMs: 24 * HOUR_MS },
};

/** Nothing that a network says keeps a number silent for longer: a wrong clock must not do so for years. */
const LONGEST_MS = 31 * 24 * HOUR_MS;

/** Pure: what a signal means for the number. @param untilMs as the network says it */
export function restrictionBy(signal: Signal, nowMs: number, untilMs?: number): Restriction {
  const { stops: stopped, elseMs } = effects[signal];
  const end = untilMs !== undefined && untilMs > nowMs ? Math.min(untilMs, nowMs + LONGEST_MS) : nowMs + elseMs;
  return { signal, stops: stopped, untilMs: end };
}

const ackSignals: Readonly<Record<string, Signal>> = { '402': 'temporary-ban', '429': 'too-fast', '463': 'no-new-chats', '475': 'new-chat-quota' };

/** Pure: what the code of a refused message or of a closed connection says about the number; most say nothing. */
export const signalOfAck = (code: string): Signal | undefined => ackSignals[code];
export const signalOfClose = (status: number | undefined): Signal | undefined =>
  status === 402 ? 'temporary-ban' : status === 429 ? 'too-fast' : undefined;

/** Pure: the restriction that forbids such a message now; of several, the one that lasts longest. */
export function forbidding(all: readonly Restriction[], message: { isReply: boolean; isFirstContact: boolean }, nowMs: number): Restriction | undefined {
  const covers = ({ stops: stopped }: Restriction): boolean =>
    stopped === 'everything' || (stopped === 'bulk' && !message.isReply) || message.isFirstContact;
  return all.filter((one) => one.untilMs > nowMs && covers(one)).sort((one, other) => other.untilMs - one.untilMs)[0];
}

/** Pure: of what holds now, the one to show: what stops the most, and of those what lasts longest. */
export function worst<T extends Pick<Restriction, 'stops' | 'untilMs'>>(all: readonly T[], nowMs: number): T | undefined {
  const rank = (one: T): number => stops.indexOf(one.stops);
  return all.filter((one) => one.untilMs > nowMs).sort((one, other) => rank(other) - rank(one) || other.untilMs - one.untilMs)[0];
}

/** What administrators and supervisors are told of a restriction, in Spanish; screens with words of their own use the signal. */
export const alertText: Readonly<Record<Stop, { text: string; action: string }>> = {
  'first-contacts': {
    text: 'WhatsApp no deja que «{name}» inicie chats por ahora. A quienes escriben se les sigue contestando.',
    action: 'No reinicies ni desvincules el número: se levanta solo. Mientras tanto, pedí a los clientes que escriban ellos.',
  },
  bulk: {
    text: 'WhatsApp avisó que «{name}» envía demasiado rápido: se pausaron avisos y campañas. A quienes escriben se les sigue contestando.',
    action: 'No hace falta hacer nada: los avisos en espera salen de a poco cuando termine la pausa.',
  },
  everything: {
    text: 'WhatsApp suspendió «{name}» por un tiempo: no sale ningún mensaje.',
    action: 'No vuelvas a vincular el número. Abrí WhatsApp Business en el celular: ahí dice por qué y hasta cuándo.',
  },
};
