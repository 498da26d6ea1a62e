import { Injectable, computed, effect, inject, signal, untracked } from '@angular/core';
import { type Actor, SimulatorApi, SimulatorError } from '../simulator/simulator-api';
import type { ChatMessage } from '../simulator/types';
import { World } from '../simulator/world';
import type { Content } from './content';
import { type Conversation, Outbox } from './outbox';

/** The open chat: the chosen customer and the chosen business number, or the chosen group. Both phones show it, each from its side. */
@Injectable({ providedIn: 'root' })
export class Chat {
  readonly #api = inject(SimulatorApi);
  readonly #world = inject(World);
  readonly #outbox = inject(Outbox);
  #asked = 0;
  #answered = 0;
  readonly #read = signal<{ pair: Conversation; messages: readonly ChatMessage[] } | undefined>(undefined);

  readonly pair = computed<Conversation | undefined>(
    () => {
      const person = this.#world.person()?.number;
      const account = this.#world.account()?.number;
      return person && account ? { person, account, group: this.#world.group()?.id } : undefined;
    },
    { equal: isSame },
  );

  /** What the network has; undefined while it is being read for the first time. */
  readonly messages = computed(() => {
    const read = this.#read();
    return read && isSame(read.pair, this.pair()) ? read.messages : undefined;
  });

  /** What was written here and the network does not have yet, or refused. */
  readonly underWay = computed(() => {
    const pair = this.pair();
    return this.#outbox.drafts().filter((draft) => isSame(draft, pair));
  });

  constructor() {
    effect(() => {
      this.#world.version();
      const pair = this.pair();
      if (pair) untracked(() => void this.refresh(pair));
    });
  }

  async refresh(pair: Conversation): Promise<void> {
    const asked = ++this.#asked;
    try {
      const messages = await (pair.group ? this.#api.groupMessages(pair.group) : this.#api.chat(pair.person, pair.account));
      // An older answer that comes later would take back what is shown.
      if (asked > this.#answered && isSame(pair, this.pair())) {
        this.#answered = asked;
        this.#read.set({ pair, messages });
        this.#outbox.forget(new Set(messages.map(({ id }) => id)));
      }
    } catch (error) {
      // Unreachable, or the person was just deleted: the next event reads again.
      if (!(error instanceof SimulatorError)) throw error;
    }
  }

  /** Writes as the customer or as the owner of the business phone; shown at once, settled when the network has it. */
  write(author: Actor['side'], content: Content, quote?: string): void {
    const pair = this.pair();
    if (pair) void this.#outbox.send(author, pair, content, quote).then(() => this.refresh(pair));
  }

  async retry(id: string): Promise<void> {
    const pair = this.pair();
    await this.#outbox.retry(id);
    if (pair) await this.refresh(pair);
  }
}

function isSame(one: Conversation | undefined, other: Conversation | undefined): boolean {
  return one?.person === other?.person && one?.account === other?.account && one?.group === other?.group;
}
