/**
 * Three lanes, the most urgent first: answers of the bot and of agents · notices somebody is meant to get (an invoice, a cut) ·
 * campaigns. Answers to people who wrote are never held back for the sake of the others.
 */
export const lanes = ['reply', 'notice', 'campaign'] as const;
export type Lane = (typeof lanes)[number];

/** How much a number may say unasked. Answers to people who wrote do not count: WhatsApp expects them. */
export interface Limits {
  minute: number;
  hour: number;
  day: number;
  /** Of the day's, those to people who have never written. */
  firstContactsDay: number;
}

/** Milliseconds from the shortest to the longest wait; one in between is drawn. */
export interface Range {
  leastMs: number;
  mostMs: number;
}

/** How long the bot seems to type. With `msPerChar` 0 it does not. */
export interface TypingSettings extends Range {
  msPerChar: number;
}

/** Settings of one number: columns of `channel_safety`, whose defaults are `defaultSafety`. */
export interface SafetySettings {
  limits: Limits;
  /** Whether a young number begins with less (`warm-up.ts`). */
  warmUp: boolean;
  /** Between two messages that nobody asked for. */
  gap: Range;
  /** Between two of them to people who have never written. */
  firstContactGap: Range;
  /** Times that one text may go out unasked within an hour. */
  sameTextHour: number;
  /** Hours in which lanes 2 and 3 are silent, as HH:MM of the company's time zone; equal: never. */
  quietFrom: string;
  quietUntil: string;
  typing: TypingSettings;
  /** Least time between any two messages of the number. */
  replyGapMs: number;
}

const SECOND = 1_000;

/**
 * What a number begins with. WhatsApp publishes no thresholds; these are the cautious middle of what operators of unofficial clients
 * report (research/external-apis.md, section 12): 80 an hour and 500 a day for a mature number, 5–30 s between messages and 30–60 s
 * between first contacts, 3.3 characters a second within 0.8–12 s, 3 messages a second seen to fail.
 */
export const defaultSafety: SafetySettings = {
  limits: { minute: 6, hour: 80, day: 500, firstContactsDay: 30 },
  warmUp: true,
  gap: { leastMs: 5 * SECOND, mostMs: 30 * SECOND },
  firstContactGap: { leastMs: 30 * SECOND, mostMs: 60 * SECOND },
  sameTextHour: 40,
  quietFrom: '21:00',
  quietUntil: '08:00',
  typing: { msPerChar: 300, leastMs: 800, mostMs: 12 * SECOND },
  replyGapMs: 350,
};
