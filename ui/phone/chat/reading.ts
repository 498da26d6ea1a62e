import { Injectable, inject, signal } from '@angular/core';
import { Toasts } from '../layout/toast';
import { SimulatorApi, SimulatorError } from '../simulator/simulator-api';
import type { ChatMessage } from '../simulator/types';
import { World } from '../simulator/world';
import { type Conversation, actorIn } from './outbox';

const keyOf = (pair: Conversation): string => `${pair.person}|${actorIn(pair, 'person').to}`;

/**
 * Whether customers read what they get. By itself the network reads everything a moment after it arrives; once a chat was told not to
 * read, this page reads each other chat when it shows it.
 */
@Injectable({ providedIn: 'root' })
export class Reading {
  readonly #api = inject(SimulatorApi);
  readonly #toasts = inject(Toasts);
  readonly #world = inject(World);
  readonly #unread = signal<ReadonlySet<string>>(new Set());
  /** The last message up to which each chat was read from here. */
  readonly #told = new Map<string, string>();

  isOn(pair: Conversation): boolean {
    return this.#readsItself() || !this.#unread().has(keyOf(pair));
  }

  async set(pair: Conversation, on: boolean): Promise<void> {
    const key = keyOf(pair);
    if (!on && this.#readsItself() && !(await this.#toasts.attempt(this.#api.changeRules({ readDelayMs: null })))) return;
    this.#unread.update((unread) => new Set(on ? [...unread].filter((other) => other !== key) : [...unread, key]));
    await this.#world.refresh();
  }

  /** The customer's phone shows these messages now. */
  async shown(pair: Conversation, messages: readonly ChatMessage[]): Promise<void> {
    const { actor, to } = actorIn(pair, 'person');
    const last = messages.findLast(({ from, kind }) => from !== actor.number && kind !== 'call')?.id;
    if (this.#readsItself() || !this.isOn(pair) || !last || this.#told.get(keyOf(pair)) === last) return;
    this.#told.set(keyOf(pair), last);
    try {
      await this.#api.read(actor.number, { to });
    } catch (error) {
      if (!(error instanceof SimulatorError)) throw error;
      this.#told.delete(keyOf(pair));
    }
  }

  #readsItself(): boolean {
    return this.#world.rules()?.readDelayMs !== null;
  }
}
