import { DestroyRef, Injectable, computed, effect, inject, signal, untracked } from '@angular/core';
import { ConversationsApi, type Entry } from '../../../shared/api/conversations-api';
import { ApiProblem } from '../../../shared/api/problem';
import { AgentOutbox } from '../../../shared/chat/agent-outbox';
import { type Transcript, withEntry, withNewest, withOlder } from '../../../shared/chat/transcript';
import { Push } from '../../../shared/push/push';

const pageSize = 50;
/** So many pages are read to close a hole; what lies further back is read again when somebody scrolls there. */
const mostPages = 10;
/** Chats of this many tickets are kept, so that going back and forth is instant. */
const kept = 30;
const nothing: Transcript = { entries: [], older: true };

/** The conversation that is on the screen, live; what was read of those before it is kept. */
@Injectable()
export class Chats {
  readonly #api = inject(ConversationsApi);
  readonly #outbox = inject(AgentOutbox);
  readonly #known = signal<ReadonlyMap<string, Transcript>>(new Map());
  readonly #problem = signal<{ readonly conversation: string; readonly problem: ApiProblem } | undefined>(undefined);
  readonly #loadingOlder = signal(false);
  readonly #reading = new Map<string, 'reading' | 'again'>();
  /** Id of the conversation on the screen. */
  readonly open = signal<string | undefined>(undefined);
  /** Undefined until its first page is there. */
  readonly transcript = computed(() => this.#known().get(this.open() ?? ''));
  readonly loadingOlder = this.#loadingOlder.asReadonly();
  readonly problem = computed(() => (this.#problem()?.conversation === this.open() ? this.#problem()?.problem : undefined));
  /** What was written here and the open chat does not have yet. */
  readonly drafts = computed(() => this.#outbox.drafts().filter(({ conversation }) => conversation === this.open()));

  constructor() {
    this.#outbox.onAccepted = ({ key, conversation }, entry) => void this.#accepted(key, conversation, entry);
    const stop = inject(Push).listen((changes) => {
      const open = this.open();
      if (open && (!changes || changes.some(({ conversation }) => conversation === open))) void this.refresh(open);
    });
    inject(DestroyRef).onDestroy(stop);
    effect(() => {
      const conversation = this.open();
      if (conversation) untracked(() => void this.refresh(conversation));
    });
  }

  /** Reads what is new; what changes during it is read once more after it. */
  async refresh(conversation: string): Promise<void> {
    if (this.#reading.has(conversation)) {
      this.#reading.set(conversation, 'again');
      return;
    }
    this.#reading.set(conversation, 'reading');
    try {
      await this.#readNewest(conversation);
      if (this.#problem()?.conversation === conversation) this.#problem.set(undefined);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.#problem.set({ conversation, problem: error });
    } finally {
      const again = this.#reading.get(conversation) === 'again';
      this.#reading.delete(conversation);
      if (again) void this.refresh(conversation);
    }
  }

  /** Reads the page before what is known of the open chat. */
  async readOlder(): Promise<void> {
    const conversation = this.open();
    const known = this.transcript();
    if (!conversation || !known?.older || this.#loadingOlder()) return;
    this.#loadingOlder.set(true);
    try {
      const page = await this.#api.messages(conversation, { before: firstMessage(known.entries), limit: pageSize });
      this.#update(conversation, (now) => withOlder(now, page));
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.#problem.set({ conversation, problem: error });
    } finally {
      this.#loadingOlder.set(false);
    }
  }

  async #readNewest(conversation: string): Promise<void> {
    let page = await this.#api.messages(conversation, { limit: pageSize });
    for (let pages = 1; ; pages += 1) {
      const next = withNewest(this.#known().get(conversation) ?? nothing, page);
      if (next || pages >= mostPages) {
        this.#update(conversation, () => next ?? { entries: page.items, older: page.older });
        return;
      }
      const before = await this.#api.messages(conversation, { before: firstMessage(page.items), limit: pageSize });
      page = { items: [...before.items, ...page.items], older: before.older };
    }
  }

  async #accepted(key: string, conversation: string, entry?: Entry): Promise<void> {
    if (entry) this.#update(conversation, (known) => withEntry(known, entry));
    else await this.refresh(conversation);
    this.#outbox.forget(key);
  }

  #update(conversation: string, how: (known: Transcript) => Transcript): void {
    this.#known.update((known) => {
      const next = new Map(known);
      next.delete(conversation);
      next.set(conversation, how(known.get(conversation) ?? nothing));
      const oldest = next.keys().next().value;
      if (next.size > kept && oldest !== undefined && oldest !== this.open()) next.delete(oldest);
      return next;
    });
  }
}

/** Pages are counted by messages: notes and what happened come with the messages around them. */
function firstMessage(entries: readonly Entry[]): string | undefined {
  return entries.find(({ kind }) => kind === 'message')?.id;
}
