import type { Run } from './run.js';
import type { ConversationState, Outcome } from './state.js';

/** Ends the session: position, what was asked and found out. What the phone tells about the customer stays known. */
export function leaveSession(state: ConversationState): void {
  state.trail = [];
  state.welcomed = [];
  state.asked = {};
  state.values = {};
  state.misses = 0;
  state.attempts = 0;
  delete state.customer;
  delete state.service;
  delete state.candidates;
  delete state.invoices;
  delete state.invoice;
  delete state.placeBefore;
  state.shown = {};
}

/** Gives up what was not said yet; its messages end with `outcome`. */
export function dropUnsaid(run: Run, outcome: Outcome): void {
  const { state } = run;
  const seqs = [...(state.turn?.answers ?? []), ...state.inbox.map((message) => message.seq)];
  delete state.turn;
  delete state.pending;
  state.inbox = [];
  settle(run, seqs, outcome);
}

/** How these messages end. */
export function settle(run: Run, seqs: readonly number[], outcome: Outcome): void {
  for (const seq of seqs) run.outcomes.push({ seq, outcome });
}
