import { keepsMessages, type KeepingMode } from '../modes/mode.js';
import { leaveSession, settle } from './leave.js';
import { nextStepId, type Run } from './run.js';
import { opensTicket } from './state.js';

/** What agents read of somebody who wrote while the bot kept silent. */
const keptSummary: Readonly<Record<KeepingMode, string>> = {
  'gateway-only': 'Escribió durante Solo Gateway',
  stopped: 'Escribió con el bot detenido',
};

/**
 * Opens a ticket that nobody asked for: for what was kept while a mode answered nobody, and for messages that came so late that a
 * menu is no answer to them any more. One ticket holds all that waits, what is fresh included. The customer is told nothing: when a
 * mode ends in which hundreds wrote, hundreds of messages would leave the number at once, and none of them would help.
 */
export function offerToPeople(run: Run): void {
  const { state, settings } = run;
  if (opensTicket(state)) return;
  if (state.ticket !== undefined || keepsMessages(settings.operation.mode)) return;
  const summary = state.kept === undefined ? lateSummary(run) : keptSummary[state.kept.mode];
  if (summary === undefined) return;
  settle(run, (state.turn?.answers ?? []).filter((seq) => !state.inbox.some((message) => message.seq === seq)), 'agent');
  delete state.turn;
  delete state.handoff;
  leaveSession(state);
  const step = nextStepId(state);
  state.pending = { step };
  run.steps.push({ kind: 'ticket', id: step, summary });
}

/** Nothing that waits is late: undefined. */
function lateSummary({ state, settings, nowMs }: Run): string | undefined {
  const oldestMs = Math.min(...state.inbox.map((message) => message.atMs));
  const ageMs = nowMs - oldestMs;
  if (!(ageMs > settings.limits.lateAfterMinutes * 60_000)) return undefined;
  return `Su mensaje nos llegó tarde: lo escribió hace ${inWords(ageMs)}`;
}

function inWords(ms: number): string {
  const hours = Math.round(ms / 3_600_000);
  if (hours < 2) return `${Math.round(ms / 60_000)} minutos`;
  return hours < 48 ? `${hours} horas` : `${Math.round(hours / 24)} días`;
}
