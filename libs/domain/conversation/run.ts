import { DomainError } from '../errors.js';
import { nameOf, type Flow, type FlowNode, type Place } from '../flow/flow.js';
import { fill } from '../flow/variables.js';
import { companyWords } from './company-words.js';
import type { ConversationState, Decision, Settings, Turn } from './state.js';

/** One call of `decide` while it is under way: the state is a copy of its own and is changed in place. */
export interface Run {
  state: ConversationState;
  steps: Decision['steps'];
  outcomes: Decision['outcomes'];
  settings: Settings;
  nowMs: number;
}

/** The place where the customer stands; undefined before the start. */
export function here(state: ConversationState): Place | undefined {
  return state.trail.at(-1);
}

export function samePlace(a: Place | undefined, b: Place | undefined): boolean {
  return a !== undefined && b !== undefined && a.flow === b.flow && a.node === b.node;
}

/** @throws DomainError `flow-invalid` when the flow names a node that it does not have. */
export function nodeAt(run: Run, place: Place): FlowNode {
  const node = run.settings.flows[place.flow].nodes[place.node];
  if (node === undefined) throw new DomainError('flow-invalid', `no node ${nameOf(place)}`);
  return node;
}

/** The flow whose texts and words apply: the one the customer is in; support before the start. */
export function currentFlow(run: Run): Flow {
  return run.settings.flows[here(run.state)?.flow ?? 'support'];
}

/** The reply under construction. */
export function turnOf(state: ConversationState): Turn {
  state.turn ??= { answers: [], said: [], prompt: 'none', hops: 0 };
  return state.turn;
}

export function nextStepId(state: ConversationState): string {
  state.steps += 1;
  return `s${state.steps}`;
}

/** A flow's text with everything filled in that is known at this moment. */
export function render(run: Run, text: string, extra: Partial<Record<'tipo' | 'ticket' | 'lugar' | 'hora', string>> = {}): string {
  const { state, settings } = run;
  return fill(text, {
    ...state.values,
    ...extra,
    ...companyWords(settings.company, run.nowMs),
    documento: state.asked.document,
    nombre_escrito: state.asked.name,
    texto_escrito: state.asked.text,
  }).trim();
}

/** Adds a piece to the reply; the same piece twice is said once. */
export function say(run: Run, text: string, place: Place): void {
  const turn = turnOf(run.state);
  const piece = { text: render(run, text), node: nameOf(place) };
  if (piece.text === '') return;
  if (!turn.said.some((said) => said.node === piece.node && said.text === piece.text)) turn.said.push(piece);
}
