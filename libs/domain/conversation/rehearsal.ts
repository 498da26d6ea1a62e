import type { CustomerQuery, QueryResult } from '../customers.js';
import { decide } from './decide.js';
import {
  initialState,
  type ConversationState,
  type Input,
  type MessageContent,
  type Outcome,
  type Settings,
  type Step,
} from './state.js';

/**
 * A conversation without a phone, a database or a workflow: somebody writes, `ask` stands for the ISP's system, time is a
 * number. What specs talk to.
 */
export class Rehearsal {
  state: ConversationState = initialState();
  readonly outcomes = new Map<number, Outcome>();
  /** All questions that were put to the ISP's system. */
  readonly queries: CustomerQuery[] = [];
  private seq = 0;

  constructor(
    readonly settings: Settings,
    private readonly ask: (query: CustomerQuery) => QueryResult,
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
    const decision = decide(this.state, inputs, this.settings, this.nowMs);
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
      this.queries.push(step.query);
      said.push(...this.answer(this.decide([{ kind: 'result', step: step.id, result: this.ask(step.query) }])));
    }
    return said;
  }
}
