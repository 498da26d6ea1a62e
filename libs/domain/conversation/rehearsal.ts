import { decide } from './decide.js';
import {
  initialState,
  type ConversationQuery,
  type ConversationState,
  type Input,
  type KeptAnswer,
  type LookedAt,
  type MessageContent,
  type OpenTicket,
  type Outcome,
  type Settings,
  type Step,
} from './state.js';
import type { Operation } from '../modes/mode.js';

/**
 * A conversation without a phone, a database or a workflow: somebody writes, `ask` stands for the ISP's system, time is a
 * number. What specs talk to.
 */
export class Rehearsal {
  state: ConversationState = initialState();
  readonly outcomes = new Map<number, Outcome>();
  /** All questions that were put to the ISP's system. */
  readonly queries: ConversationQuery[] = [];
  /** The open ticket, as its row would say. */
  ticket: OpenTicket | undefined;
  closedAtMs: number | undefined;
  /** Tickets before each new one. */
  ahead = 0;
  readonly summaries: string[] = [];
  /** Files that went out, in order. */
  readonly files: Extract<Step, { kind: 'file' }>[] = [];
  /** Pictures that were looked at, in order, and what the next ones are: the last goes on for ever. */
  readonly looked: Extract<Step, { kind: 'receipt' }>[] = [];
  pictures: LookedAt['is'][] = ['receipt'];
  private seq = 0;
  private tickets = 0;

  constructor(
    readonly settings: Settings,
    private readonly ask: (query: ConversationQuery) => KeptAnswer,
    public nowMs: number,
  ) {}

  /** Writes a burst of messages and returns what the bot says to it. */
  write(...texts: string[]): string[] {
    return this.send(texts.map((text) => ({ kind: 'text', text })));
  }

  send(contents: readonly MessageContent[], author: 'customer' | 'owner' = 'customer'): string[] {
    const inputs = contents.map((content) => this.message(content, author));
    return this.answer(this.decide(inputs));
  }

  /** The same message twice, a lost result …: inputs as they are, and the steps as they come out. */
  decide(inputs: readonly Input[]): Step[] {
    const closed = this.closedAtMs === undefined ? {} : { closedAtMs: this.closedAtMs };
    const news: Input = this.ticket === undefined ? { kind: 'ticket', ...closed } : { kind: 'ticket', open: this.ticket };
    const decision = decide(this.state, [news, ...inputs], this.settings, this.nowMs);
    for (const { seq, outcome } of decision.outcomes) {
      if (this.outcomes.has(seq)) throw new Error(`message ${seq} was settled twice`);
      this.outcomes.set(seq, outcome);
    }
    this.state = decision.state;
    return decision.steps;
  }

  message(content: MessageContent, author: 'customer' | 'owner' = 'customer'): Input {
    this.seq += 1;
    return { kind: 'message', seq: this.seq, atMs: this.nowMs, author, content };
  }

  wait(minutes: number): this {
    this.nowMs += minutes * 60_000;
    return this;
  }

  /** Answers queries until only words are left. */
  answer(steps: readonly Step[]): string[] {
    const said: string[] = [];
    for (const step of steps) {
      if (step.kind === 'say') {
        said.push(step.text);
        continue;
      }
      if (step.kind === 'file') {
        this.files.push(step);
        continue;
      }
      if (step.kind === 'ticket') {
        said.push(...this.openTicket(step));
        continue;
      }
      if (step.kind === 'receipt') {
        said.push(...this.look(step));
        continue;
      }
      this.queries.push(step.query);
      said.push(...this.answer(this.decide([{ kind: 'result', step: step.id, result: this.ask(step.query) }])));
    }
    return said;
  }

  private look(step: Extract<Step, { kind: 'receipt' }>): string[] {
    this.looked.push(step);
    if (step.quiet === true) return [];
    const is = (this.pictures.length > 1 ? this.pictures.shift() : this.pictures[0]) ?? 'other';
    return this.answer(this.decide([{ kind: 'result', step: step.id, result: { ok: true, kind: 'receipt', is } }]));
  }

  /** An agent closes the ticket; returns what the bot says to it. */
  closeTicket(): string[] {
    this.ticket = undefined;
    this.closedAtMs = this.nowMs;
    return this.answer(this.decide([]));
  }

  /** The company's mode changes; the conversation hears of it with its next decision. */
  operate(operation: Operation): this {
    this.settings.operation = operation;
    return this;
  }

  /** The conversation is told to look again: a mode has ended. */
  lookAgain(): string[] {
    return this.answer(this.decide([]));
  }

  /** Opens a ticket, as the step asks or, without one, as an agent opens an old one again. */
  openTicket(step?: Extract<Step, { kind: 'ticket' }>): string[] {
    this.tickets += 1;
    if (step !== undefined) this.summaries.push(step.summary);
    const opener = step === undefined ? {} : { step: step.id };
    this.ticket = { ...opener, number: this.tickets, queued: step !== undefined, ahead: this.ahead };
    return this.answer(this.decide([]));
  }
}
