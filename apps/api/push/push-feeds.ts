import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { required } from '../../../libs/config/env.js';
import { listen } from '../../../libs/db/listen.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import { forgetChanges } from './change-log.js';
import { CompanyFeed } from './company-feed.js';
import { SESSION_OVER, type PushSocket } from './push-socket.js';

/** Notices are a hint: whatever was lost on the way is found by looking from time to time. */
const LOOK_EVERY_MS = 5_000;
const BEAT_EVERY_MS = 25_000;
const VERIFY_EVERY_MS = 30_000;
const FORGET_EVERY_MS = 3_600_000;
const GOING_AWAY = 1001;

/** Every socket of this process, by company, over one connection that listens for all of them. */
@Injectable()
export class PushFeeds implements OnModuleDestroy {
  readonly #feeds = new Map<string, Promise<CompanyFeed>>();
  readonly #timers: NodeJS.Timeout[] = [];
  #stopListening: (() => Promise<void>) | undefined;

  constructor(@Inject(SOURCES) private readonly sources: Sources) {}

  /** The feed of a company, from now on complete. */
  async of(company: string): Promise<CompanyFeed> {
    this.#listen();
    const known = this.#feeds.get(company);
    if (known) return known;
    const opening = CompanyFeed.open(this.sources.orm, company);
    this.#feeds.set(company, opening);
    opening.catch(() => this.#feeds.delete(company)); // a database that was away must not be remembered
    return opening;
  }

  async onModuleDestroy(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    for (const socket of await this.#sockets()) socket.end(GOING_AWAY);
    await this.#stopListening?.();
  }

  #listen(): void {
    if (this.#stopListening) return;
    this.#stopListening = listen({
      url: required(this.sources.env, 'DATABASE_URL'),
      topics: ['changes', 'sessions_ended'],
      onNotice: (topic, payload) => void (topic === 'changes' ? this.#pull(payload) : this.#sessionEnded(payload)),
      onListening: () => void this.#lookAround(),
    });
    const every = (ms: number, work: () => Promise<unknown>) => this.#timers.push(setInterval(() => void work().catch(() => undefined), ms).unref());
    every(LOOK_EVERY_MS, () => this.#pullAll());
    every(BEAT_EVERY_MS, async () => (await this.#sockets()).forEach((socket) => socket.beat()));
    every(VERIFY_EVERY_MS, () => this.#verifyAll());
    every(FORGET_EVERY_MS, () => this.#forget());
  }

  /** What was said while nobody listened. */
  async #lookAround(): Promise<void> {
    await Promise.all([this.#pullAll(), this.#verifyAll()]);
  }

  /** Reads a company's log. That the database is away is no news: the next look reads it. */
  async #pull(company: string): Promise<void> {
    const feed = await this.#feeds.get(company)?.catch(() => undefined);
    if (feed && feed.sockets.size > 0) await feed.pull().catch(() => undefined);
  }

  async #pullAll(): Promise<void> {
    await Promise.all([...this.#feeds.keys()].map((company) => this.#pull(company)));
  }

  async #sessionEnded(session: string): Promise<void> {
    for (const socket of await this.#sockets()) if (socket.session === session) socket.end(SESSION_OVER);
  }

  async #verifyAll(): Promise<void> {
    for (const socket of await this.#sockets()) socket.verify();
  }

  async #forget(): Promise<void> {
    for (const company of this.#feeds.keys()) await forgetChanges(this.sources.orm, company);
  }

  async #sockets(): Promise<PushSocket[]> {
    const feeds = await Promise.all([...this.#feeds.values()].map((feed) => feed.catch(() => undefined)));
    return feeds.flatMap((feed) => [...(feed?.sockets ?? [])]);
  }
}
