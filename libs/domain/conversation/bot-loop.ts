import { normalize, numberIn } from '../text/normalize.js';
import { fingerprint, nearEqual } from '../text/similarity.js';
import type { Flows } from '../flow/flow.js';
import type { ConversationState, MessageContent } from './state.js';
import { isOffered } from './understand.js';

/**
 * When is the other side a bot? It says nearly the same again and again, each time after an answer of ours; or it
 * answers long texts faster than anybody types. A person who picks options over and over, sends a burst, or
 * thanks twice does neither.
 */
const windowMs = 30 * 60_000;
/** Letters from which on a text is long: more than people retype. */
const longText = 30;
const longRepeats = 4;
const shortRepeats = 8;
const fastMs = 5_000;
const fastExchanges = 6;
const textsKept = 12;

/** Takes note of a customer's message and says whether it is one too many. Changes `heard` and `fastStreak` of the state. */
export function hearsBot(state: ConversationState, content: MessageContent, atMs: number, flows: Flows): boolean {
  if (isPersonsPick(content, flows)) {
    state.fastStreak = 0;
    return false;
  }
  const length = content.kind === 'text' ? normalize(content.text).length : 0;
  const { repeats, isNewExchange } = countRepeats(state, printOf(content), atMs);
  const sinceSayMs = atMs - state.lastSayMs;
  // WhatsApp's times are whole seconds: an answer may seem to come up to a second before what it answers.
  const isFast = length >= longText && state.lastSayMs > 0 && sinceSayMs > -1_000 && sinceSayMs <= fastMs;
  if (!isFast) state.fastStreak = 0;
  else if (isNewExchange) state.fastStreak += 1;
  return repeats >= (length >= longText ? longRepeats : shortRepeats) || state.fastStreak >= fastExchanges;
}

/** Forgets what was heard: after a silence everybody gets a new chance. */
export function forgetHeard(state: ConversationState): void {
  state.heard = [];
  state.fastStreak = 0;
}

function isPersonsPick(content: MessageContent, flows: Flows): boolean {
  if (content.kind !== 'text') return false;
  return numberIn(content.text) !== undefined || isOffered(content.text, flows.support) || isOffered(content.text, flows.sales);
}

function printOf(content: MessageContent): string {
  if (content.kind === 'text') return fingerprint(content.text);
  return content.kind === 'unsupported' ? `[${content.what}]` : `[${content.kind}]`;
}

/** How often this was heard within the window, in exchanges: what comes between two replies of ours counts once. */
function countRepeats(
  state: ConversationState,
  print: string,
  atMs: number,
): { repeats: number; isNewExchange: boolean } {
  const recent = state.heard
    .map((heard) => ({ ...heard, timesMs: heard.timesMs.filter((timeMs) => atMs - timeMs <= windowMs) }))
    .filter((heard) => heard.timesMs.length > 0);
  const same = recent.find((heard) => nearEqual(heard.print, print)) ?? { print, timesMs: [], afterStep: -1 };
  const isNewExchange = same.afterStep !== state.steps;
  if (isNewExchange) {
    same.timesMs.push(atMs);
    same.afterStep = state.steps;
  }
  state.heard = [...recent.filter((heard) => heard !== same), same].slice(-textsKept);
  return { repeats: same.timesMs.length, isNewExchange };
}
