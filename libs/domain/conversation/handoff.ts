import { nameOf, type NodeOf } from '../flow/flow.js';
import { mentionedIn } from '../text/mentions.js';
import { leadsToHandoff, nodeOf, placesOf } from '../flow/graph.js';
import { placeInWords } from '../ticket/waiting.js';
import { keepsMessages } from '../modes/mode.js';
import { hearsBot } from './bot-loop.js';
import { outOfHours } from './company-words.js';
import { dropUnsaid, leaveSession, settle } from './leave.js';
import { lookQuietly, lookQuietlyAtInbox } from './look.js';
import { tellWhoWaits } from './meet-mode.js';
import { nextStepId, render, turnOf, type Run } from './run.js';
import type { Input, OpenTicket } from './state.js';
import { wordedChoices } from './understand.js';

type Message = Extract<Input, { kind: 'message' }>;

/** What agents have of a conversation in one decision. */
export interface Agents {
  open?: OpenTicket;
  /** Their ticket was closed since the last decision: what was written before was for them. */
  closedAtMs?: number;
}

/**
 * Takes in what the ticket's row says. The conversation is the agents' while a ticket is open, whoever opened it and whatever was
 * under way, and the bot's again when it is closed.
 * @param inputs of the same decision: where messages wait for the bot, their answer is the good-bye, too
 */
export function noticeTicket(run: Run, { open, closedAtMs }: Agents, inputs: readonly Input[]): Agents {
  const { state } = run;
  if (open === undefined) {
    if (state.ticket === undefined) return {};
    const agents: Agents = closedAtMs === undefined ? {} : { closedAtMs };
    giveBack(run, inputs.some((input) => input.kind === 'message' && input.seq > state.lastSeq && !isBefore(input, agents)));
    return agents;
  }
  delete state.kept; // the agents have what was kept
  if (state.pending !== undefined && state.pending.step === open.step) opened(run, open);
  else if (state.ticket?.number !== open.number) takeAway(run, open);
  return { open };
}

/** Whether a customer's message is the agents': written while they have the conversation, or before they gave it back. */
export function isForAgents(run: Run, message: Message, agents: Agents): boolean {
  return run.state.ticket !== undefined || isBefore(message, agents);
}

function isBefore(message: Message, { closedAtMs }: Agents): boolean {
  return closedAtMs !== undefined && message.atMs < closedAtMs;
}

/** An agent took up an old ticket: what the bot was about to say or ask is dropped. */
function takeAway(run: Run, open: OpenTicket): void {
  if (!keepsMessages(run.settings.operation.mode)) lookQuietlyAtInbox(run);
  dropUnsaid(run, 'agent');
  leaveSession(run.state);
  run.state.ticket = { number: open.number };
}

/**
 * The ticket that was asked for exists: its number and place are the answer, also to the message that led straight to it from the
 * start. What was written meanwhile is for the agents.
 */
function opened(run: Run, open: OpenTicket): void {
  const { state } = run;
  delete state.pending;
  state.ticket = { number: open.number };
  tellPlace(run, open);
  if (!keepsMessages(run.settings.operation.mode)) lookQuietlyAtInbox(run);
  const turn = turnOf(state);
  const seqs = state.inbox.map((message) => message.seq);
  turn.answers.push(...seqs.filter((seq) => seq === turn.openedFor));
  settle(run, seqs.filter((seq) => seq !== turn.openedFor), 'agent');
  state.inbox = [];
  leaveSession(state);
}

/**
 * A message while the agents have the conversation: it is theirs. A picture is looked at as a receipt all the same, without a word of the bot's.
 * Only who asks for an agent while nobody has taken the ticket is told
 * the place in the queue, unless the owner has the chat or another bot writes; in an emergency they are told of that instead.
 */
export function leaveToAgents(run: Run, message: Message, { open }: Agents): void {
  const { state, settings } = run;
  state.lastMessageMs = Math.max(state.lastMessageMs, message.atMs);
  const isSilent = Math.max(state.ownerUntilMs ?? 0, state.botLoopUntilMs ?? 0) > message.atMs;
  const { content } = message;
  if (content.kind !== 'gesture' && !isSilent && !keepsMessages(settings.operation.mode)) lookQuietly(run, { seq: message.seq, content });
  const waits = open?.queued === true && !isSilent;
  if (settings.operation.mode !== 'complete') {
    settle(run, [message.seq], 'agent');
    if (waits && content.kind !== 'gesture') tellWhoWaits(run);
    return;
  }
  const asks = waits && content.kind === 'text' && asksForAgent(run, content.text);
  if (!asks || hearsBot(state, content, message.atMs, settings.flows)) return settle(run, [message.seq], 'agent');
  tellPlace(run, open);
  const turn = turnOf(state);
  if (turn.said.length === 0) {
    delete state.turn;
    return settle(run, [message.seq], 'agent');
  }
  turn.answers.push(message.seq);
}

/** An agent has closed the ticket: a good-bye, and the next message begins anew. */
function giveBack(run: Run, answersSoon: boolean): void {
  const { state, nowMs } = run;
  const ticket = String(state.ticket?.number ?? '');
  delete state.ticket;
  leaveSession(state);
  const isSilent = Math.max(state.ownerUntilMs ?? 0, state.botLoopUntilMs ?? 0) > nowMs;
  const node = handoffNode(run);
  const text = node === undefined ? '' : render(run, node.closed, { ticket });
  if (answersSoon || isSilent || text === '' || state.handoff === undefined || keepsMessages(run.settings.operation.mode)) return;
  run.steps.push({ kind: 'say', id: nextStepId(state), text, node: nameOf(state.handoff), answers: [] });
  state.lastSayMs = nowMs;
}

function tellPlace(run: Run, open: OpenTicket): void {
  const { state } = run;
  const node = handoffNode(run);
  if (node === undefined || state.handoff === undefined || keepsMessages(run.settings.operation.mode)) return;
  const place = render(run, node.text, { ticket: String(open.number), lugar: placeInWords(open.ahead) });
  const text = [place, ...whenInWords(run, node)].filter(Boolean).join('\n\n');
  const turn = turnOf(state);
  const piece = { text, node: nameOf(state.handoff) };
  turn.prompt = 'none';
  delete turn.fallback;
  if (text !== '' && !turn.said.some((said) => said.text === text)) turn.said.push(piece);
}

/** Out of hours whoever waits is told when somebody attends, unless the flow says so in its own place. */
function whenInWords({ settings, nowMs }: Run, node: NodeOf<'handoff'>): string[] {
  return mentionedIn(node.text).includes('atencion') ? [] : [outOfHours(settings.company, nowMs)];
}

function handoffNode(run: Run): NodeOf<'handoff'> | undefined {
  const { handoff } = run.state;
  const node = handoff === undefined ? undefined : nodeOf(run.settings.flows, handoff);
  return node?.type === 'handoff' ? node : undefined;
}

/** Whether a text names an option or a shortcut, of whichever menu, that leads to an agent. */
function asksForAgent(run: Run, text: string): boolean {
  const { flows } = run.settings;
  const shortcuts = Object.values(flows).flatMap((flow) =>
    flow.shortcuts.map((choice) => ({ choice, to: { flow: flow.kind, node: choice.next } })),
  );
  const options = placesOf(flows).flatMap((place) => {
    const node = nodeOf(flows, place);
    if (node?.type !== 'menu') return [];
    return node.options.map((choice) => ({ choice, to: { flow: place.flow, node: choice.next } }));
  });
  const all = [...shortcuts, ...options];
  const named = wordedChoices(text, all.map(({ choice }) => choice));
  return named.length > 0 && named.every((index) => leadsToHandoff(flows, all[index]!.to));
}
