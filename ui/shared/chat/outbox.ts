import { computed, signal } from '@angular/core';
import type { Entry } from '../api/conversations-api';
import { ApiProblem } from '../api/problem';
import { newUuid } from '../api/uuid';

/** What was written here and the chat does not show as the server has it. */
export interface Draft {
  /** Idempotency key: however often it is sent, it is one message. */
  readonly key: string;
  readonly kind: 'message' | 'note';
  readonly conversation: string;
  readonly ticket: string;
  readonly text: string;
  readonly at: string;
  /** waiting: behind another one · sending · failed · accepted: the server has it */
  readonly state: 'waiting' | 'sending' | 'failed' | 'accepted';
  readonly problem?: ApiProblem;
  /** Id of the entry that the server made of it. */
  readonly entry?: string;
}

export type Writing = Pick<Draft, 'kind' | 'conversation' | 'ticket' | 'text'>;

/** Hands a draft to the server. @returns the entry that it made of it, if it says so. @throws ApiProblem */
export type Deliver = (draft: Draft) => Promise<Entry | undefined>;

/**
 * Sends what agents write, one after another in each conversation, so that what was written first arrives first. What fails stays,
 * and holds back what was written after it, until it is sent again under its key or given up.
 */
export class Outbox {
  readonly #drafts = signal<readonly Draft[]>([]);
  readonly #holds = new Map<string, Promise<unknown>>();
  readonly #works = new Map<string, Promise<void>>();
  readonly drafts = this.#drafts.asReadonly();
  /** Something written here is not with the server yet. */
  readonly busy = computed(() => this.#drafts().some(({ state }) => state !== 'accepted'));
  /** Called with the entry that the server made of a reply; undefined for a note. */
  onAccepted: (draft: Draft, entry?: Entry) => void = () => undefined;
  readonly #handOver: Deliver;

  constructor(deliver: Deliver) {
    this.#handOver = deliver;
  }

  /** @returns whether the server has it in the end; false when it failed or was given up */
  send(writing: Writing): Promise<boolean> {
    const draft: Draft = { ...writing, key: newUuid(), at: new Date().toISOString(), state: 'waiting' };
    this.#drafts.update((drafts) => [...drafts, draft]);
    return this.#run(draft.conversation).then(() => this.#isSettled(draft.key));
  }

  /** Sends what failed again under the same key, and then what waited behind it. */
  retry(key: string): Promise<void> {
    const failed = this.#find(key);
    if (failed?.state !== 'failed') return Promise.resolve();
    this.#replace({ ...failed, state: 'waiting', problem: undefined });
    return this.#run(failed.conversation);
  }

  /** Gives up what failed; what waited behind it goes. */
  discard(key: string): Promise<void> {
    const failed = this.#find(key);
    this.forget(key);
    return failed ? this.#run(failed.conversation) : Promise.resolve();
  }

  /** The chat shows it now. */
  forget(key: string): void {
    this.#drafts.update((drafts) => drafts.filter((draft) => draft.key !== key));
  }

  /** Nothing of this conversation leaves before `done` settles: taking the ticket comes before writing in it. */
  holdFor(conversation: string, done: Promise<unknown>): void {
    const hold = done.catch(() => undefined).then(() => {
      if (this.#holds.get(conversation) === hold) this.#holds.delete(conversation);
    });
    this.#holds.set(conversation, hold);
  }

  /** One work a conversation; what is written meanwhile joins it. */
  #run(conversation: string): Promise<void> {
    const running = this.#works.get(conversation) ?? Promise.resolve().then(() => this.#work(conversation));
    this.#works.set(conversation, running);
    return running;
  }

  async #work(conversation: string): Promise<void> {
    try {
      for (let next = this.#next(conversation); next; next = this.#next(conversation)) {
        await this.#holds.get(conversation);
        await this.#deliver(next);
      }
    } finally {
      this.#works.delete(conversation);
    }
  }

  /** The first that waits; none while one before it has failed. */
  #next(conversation: string): Draft | undefined {
    const first = this.#drafts().find((draft) => draft.conversation === conversation && draft.state !== 'accepted');
    return first?.state === 'waiting' ? first : undefined;
  }

  async #deliver(draft: Draft): Promise<void> {
    this.#replace({ ...draft, state: 'sending' });
    try {
      const entry = await this.#handOver(draft);
      this.#replace({ ...draft, state: 'accepted', entry: entry?.id });
      this.onAccepted(draft, entry);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.#replace({ ...draft, state: 'failed', problem: error });
    }
  }

  #isSettled(key: string): boolean {
    return (this.#find(key)?.state ?? 'accepted') === 'accepted';
  }

  #find(key: string): Draft | undefined {
    return this.#drafts().find((draft) => draft.key === key);
  }

  #replace(by: Draft): void {
    this.#drafts.update((drafts) => drafts.map((draft) => (draft.key === by.key ? by : draft)));
  }
}
