/**
 * A WhatsApp status of a company's number: shown to those who know the number for a day.
 * scheduled: waits for its time, or for its number · missed: its time passed during an outage, and somebody has to say what becomes of
 * it · publishing: handed to the network, whose word is not there yet · published · unknown: the network never said · removing: is being
 * taken back · expired: its day is over · removed · cancelled: before it went out · failed: never went out, `cause` says why.
 */
export const statusStates = [
  'scheduled', 'missed', 'publishing', 'published', 'unknown', 'removing', 'expired', 'removed', 'cancelled', 'failed',
] as const;
export type StatusState = (typeof statusStates)[number];

/** What is done with a status whose time passed during an outage: shown all the same, left out, or somebody is asked. */
export const missedPolicies = ['late', 'skip', 'ask'] as const;
export type MissedPolicy = (typeof missedPolicies)[number];

/** Backgrounds of a text, as 24 bits RGB in hex: white text on each has a contrast of at least 4.5 (WCAG 2.2 AA). */
export const statusColours = { green: '#1A7F4B', pink: '#C2185B', blue: '#1565C0', red: '#C62828' } as const;
export type StatusColour = keyof typeof statusColours;
export const statusColourNames = Object.keys(statusColours) as [StatusColour, ...StatusColour[]];

/** How long WhatsApp shows a status, and how long one may be published late, in ms. */
export const STATUS_LIVES_MS = 24 * 3_600_000;
/** A status that goes out within these ms of its time is on time: a restart, a short loss of the network. */
export const ON_TIME_MS = 5 * 60_000;

/** What decides about a status: columns of its row. Times in ms since 1970. */
export interface Status {
  state: StatusState;
  publishAtMs: number;
  publishedAtMs?: number;
  cause?: string;
}

export type StatusCommand =
  /** Another content or time. */
  | { kind: 'edit'; publishAtMs: number }
  | { kind: 'cancel' }
  /** Now, whatever its time was. */
  | { kind: 'publish' }
  /** Once more, under the same id: who has seen it sees it once. */
  | { kind: 'retry' }
  /** For everybody, while it is shown. */
  | { kind: 'remove' };
export type StatusCommandKind = StatusCommand['kind'];

/** publishing: it is going out right now · published: it is out · ended: it is over · not-published: there is nothing to take back · past: the time is over. */
export const statusRefusals = ['publishing', 'published', 'ended', 'not-published', 'past'] as const;
export type StatusRefusal = (typeof statusRefusals)[number];

/** What changes in a row; null takes a value away. */
export interface StatusChange {
  state?: StatusState;
  publishAtMs?: number;
  cause?: string | null;
}

export type StatusDecision = { ok: true; change: StatusChange } | { ok: false; reason: StatusRefusal };
