import { computed, signal } from '@angular/core';
import type { Entry } from '../api/conversations-api';
import { ApiProblem } from '../api/problem';
import { newUuid } from '../api/uuid';
import { Cancelled, type Watch } from '../api/watch';
import type { Content } from './outgoing/content';

/** What was written here and the chat does not show as the server has it. */
export interface Draft {
  /** Idempotency key: however often it is sent, it is one message. */
  readonly key: string;
  readonly kind: 'message' | 'note';
  readonly conversation: string;
  readonly ticket: string;
  readonly text: string;
  /** What of it is not text. */
  readonly content?: Content;
  /** How much of its file has left, from 0 to 1; undefined: it has none, or it is with the server. */
  readonly progress?: number;
  readonly at: string;
  /** waiting: behind another one · sending · failed · accepted: the server has it */
  readonly state: 'waiting' | 'sending' | 'failed' | 'accepted';
  readonly problem?: ApiProblem;
  /** Id of the entry that the server made of it. */
  readonly entry?: string;
}

export type Writing = Pick<Draft, 'kind' | 'conversation' | 'ticket' | 'text' | 'content'>;

/**
 * Hands a draft to the server. @param watch follows its file, until that is with the server: then it cannot be given up any more
 * @returns the entry that it made of it, if it says so. @throws ApiProblem · Cancelled
 */
export type Deliver = (draft: Draft, watch: Watch) => Promise<Entry | undefined>;

/**
 * Sends what agents write, one after another in each conversation, so that what was written first arrives first. What fails stays,
 * and holds back what was written after it, until it is sent again under its key or given up.
 */
export class Outbox {
  readonly #drafts = signal<readonly Draft[]>([]);
  readonly #holds = new Map<string, Promise<unknown>>();
  readonly #works = new Map<string, Promise<void>>();
  readonly #uploads = new Map<string, AbortController>();
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

  /** Gives up what waits, or whose file is on its way. What the server has already is not taken back. */
  cancel(key: string): void {
    const draft = this.#find(key);
    if (draft?.state === 'waiting') this.forget(key);
    else if (draft?.state === 'sending' && draft.progress !== undefined) this.#uploads.get(key)?.abort();
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
    const sending: Draft = { ...draft, state: 'sending' };
    const upload = new AbortController();
    this.#uploads.set(draft.key, upload);
    this.#replace(draft.content?.attachment ? { ...sending, progress: 0 } : sending);
    try {
      const progress = (share: number): void => this.#replace(share < 1 ? { ...sending, progress: share } : sending);
      const entry = await this.#handOver(draft, { signal: upload.signal, progress });
      this.#replace({ ...draft, state: 'accepted', entry: entry?.id });
      this.onAccepted(draft, entry);
    } catch (error) {
      if (error instanceof Cancelled) this.forget(draft.key);
      else if (error instanceof ApiProblem) this.#replace({ ...draft, state: 'failed', problem: error });
      else throw error;
    } finally {
      this.#uploads.delete(draft.key);
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
