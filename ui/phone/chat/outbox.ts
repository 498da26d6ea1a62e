import { Injectable, inject, signal } from '@angular/core';
import { type Actor, SimulatorApi, SimulatorError } from '../simulator/simulator-api';
import { type Content, contentBody } from './content';
import { newMessageId } from './message-id';

/** Where something is said. `group` undefined: between the two. */
export interface Conversation {
  readonly person: string;
  readonly account: string;
  readonly group?: string;
}

/** A message that was written here, until the chat shows it as the network has it. */
export interface Draft extends Conversation {
  readonly id: string;
  readonly author: Actor['side'];
  readonly content: Content;
  readonly quote?: string;
  readonly at: number;
  readonly failure?: SimulatorError;
}

/** Who acts, on whose phone, and to whom it goes. */
export function actorIn({ person, account, group }: Conversation, side: Actor['side']): { actor: Actor; to: string } {
  return side === 'person' ? { actor: { side, number: person }, to: group ?? account } : { actor: { side, number: account }, to: group ?? person };
}

/** Sends one message after another, so that what was written first arrives first, and keeps those that failed. */
@Injectable({ providedIn: 'root' })
export class Outbox {
  readonly #api = inject(SimulatorApi);
  readonly drafts = signal<readonly Draft[]>([]);
  #last: Promise<void> = Promise.resolve();

  send(author: Draft['author'], { person, account, group }: Conversation, content: Content, quote?: string): Promise<void> {
    const draft: Draft = { id: newMessageId(), author, person, account, group, content, quote, at: Date.now() };
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
    const { id, quote, content } = draft;
    const { actor, to } = actorIn(draft, draft.author);
    try {
      await this.#api.write(actor, { to, id, quote, ...(await contentBody(content)) });
    } catch (error) {
      if (!(error instanceof SimulatorError)) throw error;
      this.#replace(id, { ...draft, failure: error });
    }
  }

  /** The chat shows these now: they are drafts no longer, whatever became of the answer to them. */
  forget(arrived: ReadonlySet<string>): void {
    const gone = this.drafts().filter(({ id }) => arrived.has(id));
    if (gone.length === 0) return;
    this.drafts.update((drafts) => drafts.filter(({ id }) => !arrived.has(id)));
    for (const { content } of gone) if ('file' in content) URL.revokeObjectURL(content.file.url);
  }

  #replace(id: string, by: Draft): void {
    this.drafts.update((drafts) => drafts.map((draft) => (draft.id === id ? by : draft)));
  }
}
