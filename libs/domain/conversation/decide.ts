import { forgetHeard, hearsBot } from './bot-loop.js';
import { correct } from './correct.js';
import { handleMessage, sayThanks } from './handle.js';
import { isForAgents, leaveToAgents, noticeTicket, type Agents } from './handoff.js';
import { dropUnsaid, leaveSession, settle } from './leave.js';
import { lookAt, lookQuietly } from './look.js';
import { interrupt, meetMode, takeBackEmergency } from './meet-mode.js';
import { offerToPeople } from './offer.js';
import { promptHere } from './prompt.js';
import { placeLeft } from './numbers.js';
import { nameOf, type Place } from '../flow/flow.js';
import { currentFlow, here, nextStepId, render, turnOf, type Run } from './run.js';
import { takeLook } from './seen.js';
import {
  isIdle,
  readState,
  type ConversationState,
  type Decision,
  type Input,
  type KeptAnswer,
  type Outcome,
  type Settings,
  type WaitingMessage,
} from './state.js';
import { normalize } from '../text/normalize.js';
import { isThanks } from './understand.js';
import { resume, walkToStart } from './walk.js';

type Message = Extract<Input, { kind: 'message' }>;

/** Messages kept with their text while a query is open; those beyond are answered along with them. */
const longestInbox = 20;

/**
 * What happens next in a conversation: a pure function, so that the same state, inputs, settings and time give the same
 * decision on every machine. It takes in all inputs; messages that it has had (by number) and results nobody waits
 * for change nothing. Messages that come while a query is open wait in the state and are handled in order after it.
 * What a burst of messages leads to is said in one reply that lists them all.
 * @param nowMs ms since 1970; ages of what was found out are measured against it, silences against the messages' own times
 * @throws DomainError `state-version-unknown`, and for flows that `checkFlow` refuses `flow-invalid`, `flow-never-waits`
 */
export function decide(
  state: ConversationState | null | undefined,
  inputs: readonly Input[],
  settings: Settings,
  nowMs: number,
): Decision {
  const copy = JSON.parse(JSON.stringify(readState(state))) as ConversationState;
  const run: Run = { state: copy, steps: [], outcomes: [], settings, nowMs };
  leaveMissingPlaces(run);
  let agents: Agents = {};
  for (const input of inputs) if (input.kind === 'ticket') agents = noticeTicket(run, input, inputs);
  interrupt(run);
  for (const input of correct(run, inputs)) {
    if (input.kind === 'message') takeMessage(run, input, agents);
    else if (input.kind === 'result' && run.state.pending?.step === input.step) takeResult(run, input.result);
  }
  offerToPeople(run);
  handleWaiting(run);
  return { state: run.state, steps: run.steps, outcomes: run.outcomes };
}

function takeResult(run: Run, result: KeptAnswer): void {
  if (run.state.pending?.receipt === undefined) resume(run, result);
  else takeLook(run, result);
}

function takeMessage(run: Run, message: Message, agents: Agents): void {
  const { state, settings } = run;
  if (message.seq <= state.lastSeq) return;
  state.lastSeq = message.seq;
  if (message.author === 'owner') return message.content.kind === 'gesture' ? settle(run, [message.seq], 'noted') : takeOver(run, message);
  if (isForAgents(run, message, agents)) return leaveToAgents(run, message, agents);
  const silence = silenceAt(run, message);
  if (silence !== undefined) {
    state.lastMessageMs = Math.max(state.lastMessageMs, message.atMs);
    settle(run, [message.seq], silence);
    return;
  }
  if (message.content.kind === 'gesture') return settle(run, [message.seq], 'noted');
  if (meetMode(run, message)) return;
  if (hearsBot(state, message.content, message.atMs, settings.flows)) return stopTalking(run, message);
  const { seq, atMs, content } = message;
  const waiting: WaitingMessage = { seq, atMs };
  if (state.inbox.length < longestInbox) waiting.content = content;
  else lookQuietly(run, { seq, content });
  state.inbox.push(waiting);
}

/** The person on the linked phone writes: from now on the chat is theirs, also what was about to be answered. */
function takeOver(run: Run, message: Message): void {
  const { state, settings } = run;
  takeBackEmergency(run);
  dropUnsaid(run, 'silent:owner');
  leaveSession(state);
  delete state.kept; // they saw what was written, in their own chat
  state.ownerUntilMs = Math.max(state.ownerUntilMs ?? 0, message.atMs + settings.limits.ownerSilenceMinutes * 60_000);
  settle(run, [message.seq], 'owner');
}

function silenceAt(run: Run, message: Message): Outcome | undefined {
  const { state } = run;
  if (state.ownerUntilMs !== undefined && message.atMs < state.ownerUntilMs) return 'silent:owner';
  if (state.botLoopUntilMs === undefined) return undefined;
  // The last thing the bot said was how a person is heard again: with the word that leads to the start, and nothing else.
  const words = currentFlow(run).words.start.map(normalize);
  const isPerson = message.content.kind === 'text' && words.includes(normalize(message.content.text));
  if (message.atMs < state.botLoopUntilMs && !isPerson) return 'silent:bot-loop';
  delete state.botLoopUntilMs;
  return undefined;
}

/** Another bot answers: one last word, then silence. */
function stopTalking(run: Run, message: Message): void {
  const { state, settings } = run;
  dropUnsaid(run, 'silent:bot-loop');
  forgetHeard(state);
  const flow = currentFlow(run);
  leaveSession(state);
  state.botLoopUntilMs = message.atMs + settings.limits.botLoopSilenceMinutes * 60_000;
  turnOf(state).answers.push(message.seq);
  turnOf(state).said.push({ text: render(run, flow.texts.botLoop), node: `${flow.kind}/${flow.start}` });
  reply(run);
}

/** Handles what waits, in order, until a query has to be answered first; then says all of it at once. */
function handleWaiting(run: Run): void {
  const { state } = run;
  for (let first = state.inbox[0]; first !== undefined && state.pending === undefined; first = state.inbox[0]) {
    const isOpen = enterFlow(run, first);
    if (state.pending !== undefined) return;
    state.inbox.shift();
    const turn = turnOf(state);
    turn.answers.push(first.seq);
    state.lastMessageMs = Math.max(state.lastMessageMs, first.atMs);
    if (!isOpen) lookQuietly(run, first);
    else if (first.content !== undefined && !lookAt(run, first)) handleMessage(run, first.content, turn.openedFor === first.seq);
  }
  if (state.pending === undefined) reply(run);
}

/** Makes sure the customer stands somewhere; false when the message was fully dealt with on the way. */
function enterFlow(run: Run, message: WaitingMessage): boolean {
  const { state, settings } = run;
  const turn = turnOf(state);
  const isOpened = turn.openedFor === message.seq;
  const placeBefore = here(state);
  if (!isOpened && (placeBefore === undefined || isIdle(state, message.atMs, settings.limits))) {
    const left = placeBefore === undefined ? undefined : placeLeft(state, placeBefore);
    leaveSession(state);
    if (left !== undefined) state.placeBefore = left;
    const { support } = settings.flows;
    if (state.lastSayMs > 0 && message.content?.kind === 'text' && isThanks(message.content.text, support.words)) {
      sayThanks(run, support);
      return false;
    }
    turn.openedFor = message.seq;
    walkToStart(run);
  }
  return here(state) !== undefined;
}

/** Says what the turn has come to. */
function reply(run: Run): void {
  const { state } = run;
  const turn = state.turn;
  delete state.turn;
  if (turn === undefined || turn.answers.length === 0) return;
  const files = turn.files ?? [];
  const isEmpty = turn.said.length === 0 && turn.prompt === 'none' && files.length === 0;
  const said = isEmpty && turn.fallback !== undefined ? [turn.fallback] : turn.said;
  const mode = isEmpty ? 'full' : turn.prompt;
  const prompt = mode === 'none' ? '' : promptHere(run, mode);
  const text = [...said.map((piece) => piece.text), prompt].filter((piece) => piece !== '').join('\n\n');
  const place = here(state);
  const node = mode === 'full' && !isEmpty && place !== undefined ? nameOf(place) : (said.at(-1)?.node ?? placeName(place));
  const isFileOnly = text === '' && files.length > 0;
  files.forEach((file, index) => {
    const answers = isFileOnly && index === files.length - 1 ? turn.answers : [];
    run.steps.push({ kind: 'file', id: nextStepId(state), ...file, answers });
  });
  const spoken = text === '' ? render(run, currentFlow(run).texts.stillNotUnderstood) : text;
  if (!isFileOnly) run.steps.push({ kind: 'say', id: nextStepId(state), text: spoken, node, answers: turn.answers });
  state.lastSayMs = run.nowMs;
  settle(run, turn.answers, 'answered');
}

function placeName(place: Place | undefined): string {
  return place === undefined ? 'support' : nameOf(place);
}

/** A newer version of the flow may lack the place where the customer stands: they begin again. */
function leaveMissingPlaces(run: Run): void {
  const { state, settings } = run;
  const exists = (place: Place): boolean => settings.flows[place.flow].nodes[place.node] !== undefined;
  const places = state.pending?.place === undefined ? state.trail : [...state.trail, state.pending.place];
  if (places.every(exists)) return;
  delete state.pending;
  leaveSession(state);
  if (state.turn === undefined) return;
  state.turn.hops = 0;
  walkToStart(run);
}
