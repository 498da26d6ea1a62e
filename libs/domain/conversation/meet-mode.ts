import { isEmergencyDue, keepsMessages, type KeepingMode } from '../modes/mode.js';
import { dropUnsaid, leaveSession, settle } from './leave.js';
import { lookQuietly, lookQuietlyAtInbox } from './look.js';
import { nextStepId, turnOf, type Run } from './run.js';
import { opensTicket, type Input, type Outcome } from './state.js';

type Message = Extract<Input, { kind: 'message' }>;

/** Stands in a message's node for the emergency's text; its version follows. */
const NODE = 'emergency/';

const keptAs = (mode: KeepingMode): Outcome => `kept:${mode}`;

/** Whether a ticket is on its way: what the customer writes until it is there is for the people who will have it. */
const isTicketComing = ({ state }: Run): boolean =>
  state.kept !== undefined || opensTicket(state);

/** A mode began while the bot was about to ask or say something: it does not. Tickets go on, in every mode. */
export function interrupt(run: Run): void {
  const { state, settings } = run;
  const { mode } = settings.operation;
  if (mode === 'complete') return;
  const unsaid = [...(state.turn?.answers ?? []), ...state.inbox.map((message) => message.seq)];
  if (keepsMessages(mode)) {
    const sinceMs = state.inbox[0]?.atMs ?? state.lastMessageMs;
    dropUnsaid(run, state.ticket === undefined ? keptAs(mode) : 'agent');
    if (unsaid.length > 0 && state.ticket === undefined) keep(run, mode, sinceMs);
  } else if (state.ticket === undefined && !isTicketComing(run)) {
    lookQuietlyAtInbox(run);
    delete state.turn;
    delete state.pending;
    state.inbox = [];
    if (unsaid.length > 0) tellEmergency(run, unsaid);
  } else return;
  leaveSession(state);
}

/** Lets the mode have a customer's message that asks for something, instead of the bot. False: the bot has it. */
export function meetMode(run: Run, { seq, atMs, content }: Message): boolean {
  const { state, settings } = run;
  const { mode } = settings.operation;
  if (mode === 'complete' || (mode === 'emergency' && isTicketComing(run))) return false;
  state.lastMessageMs = Math.max(state.lastMessageMs, atMs);
  if (!keepsMessages(mode) && content.kind !== 'gesture') lookQuietly(run, { seq, content });
  leaveSession(state);
  if (!keepsMessages(mode)) tellEmergency(run, [seq]);
  else {
    keep(run, mode, atMs);
    settle(run, [seq], keptAs(mode));
  }
  return true;
}

/** Who waits for an agent whom nobody has yet is told of an emergency, too; their messages stay the agents'. */
export function tellWhoWaits(run: Run): void {
  const piece = emergencyPiece(run);
  if (piece === undefined || !isEmergencyDue(run.state.emergencyMs, run.nowMs)) return;
  run.steps.push({ kind: 'say', id: nextStepId(run.state), ...piece, answers: [] });
  run.state.emergencyMs = run.state.lastSayMs = run.nowMs;
}

/** What was about to be told of an emergency is not, so that it can be told to the next message. */
export function takeBackEmergency({ state }: Run): void {
  if (state.turn?.said.some((said) => said.node.startsWith(NODE))) delete state.emergencyMs;
}

function keep({ state }: Run, mode: KeepingMode, sinceMs: number): void {
  state.kept ??= { sinceMs, mode };
}

/** One message to all that was written at once, and within the hour none. */
function tellEmergency(run: Run, seqs: readonly number[]): void {
  const { state, nowMs } = run;
  const piece = emergencyPiece(run);
  if (piece === undefined) return;
  const isSaidNow = state.turn?.said.some((said) => said.node === piece.node) === true;
  if (!isSaidNow && !isEmergencyDue(state.emergencyMs, nowMs)) return settle(run, seqs, 'silent:emergency');
  const turn = turnOf(state);
  if (!isSaidNow) turn.said.push(piece);
  turn.answers.push(...seqs);
  state.emergencyMs = nowMs;
}

function emergencyPiece({ settings: { operation } }: Run): { text: string; node: string } | undefined {
  return operation.mode === 'emergency' ? { text: operation.message.text, node: `${NODE}${operation.message.version}` } : undefined;
}
