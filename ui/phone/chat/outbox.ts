import { Injectable, inject, signal } from '@angular/core';
import { SimulatorApi, SimulatorError } from '../simulator/simulator-api';
import { newMessageId } from './message-id';

/** A message that was written here, until the chat shows it as the network has it. */
export interface Draft {
  readonly id: string;
  readonly author: 'person' | 'owner';
  readonly person: string;
  readonly account: string;
  readonly text: string;
  readonly at: number;
  readonly failure?: SimulatorError;
}

/** Sends one message after another, so that what was written first arrives first, and keeps those that failed. */
@Injectable({ providedIn: 'root' })
export class Outbox {
  readonly #api = inject(SimulatorApi);
  readonly drafts = signal<readonly Draft[]>([]);
  #last: Promise<void> = Promise.resolve();

  send(author: Draft['author'], chat: { person: string; account: string }, text: string): Promise<void> {
    const draft: Draft = { id: newMessageId(), author, ...chat, text, at: Date.now() };
    this.drafts.update((drafts) => [...drafts, draft]);
    return this.#queue(draft);
  }

  /** Sends a failed message again, under its id: if it did arrive the first time, it stays one message. */
  async retry(id: string): Promise<void> {
    const failed = this.drafts().find((draft) => draft.id === id && draft.failure);
    if (!failed) return;
    const draft: Draft = { ...failed, failure: undefined };
    this.#replace(id, draft);
    await this.#queue(draft);
  }

  #queue(draft: Draft): Promise<void> {
    this.#last = this.#last.then(() => this.#deliver(draft));
    return this.#last;
  }

  async #deliver(draft: Draft): Promise<void> {
    const { id, person, account, text } = draft;
    try {
      if (draft.author === 'person') await this.#api.writeAsPerson(person, { to: account, text, id });
      else await this.#api.writeAsOwner(account, { to: person, text, id });
    } catch (error) {
      if (!(error instanceof SimulatorError)) throw error;
      this.#replace(id, { ...draft, failure: error });
    }
  }

  /** The chat shows these now: they are drafts no longer, whatever became of the answer to them. */
  forget(arrived: ReadonlySet<string>): void {
    this.drafts.update((drafts) => (drafts.some(({ id }) => arrived.has(id)) ? drafts.filter(({ id }) => !arrived.has(id)) : drafts));
  }

  #replace(id: string, by: Draft): void {
    this.drafts.update((drafts) => drafts.map((draft) => (draft.id === id ? by : draft)));
  }
}
