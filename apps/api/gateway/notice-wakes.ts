import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { listen } from '../../../libs/db/listen.js';
import { wakeCallbacks } from '../../../workflows/notice-callbacks/client.js';
import { wakeNotices } from '../../../workflows/notices/client.js';
import { workflowId, type BatchRef } from '../../../workflows/notices/contract.js';
import { Engine } from '../platform/engine/engine.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import { lost, Sweep } from '../platform/sweep.js';

/** Of a batch's rows its workflow is told so soon, and then no more often than that, however many come: each look reads the whole queue. */
const TOLD_AFTER_MS = 500;
const TOLD_EVERY_MS = 5_000;
const TOPIC = 'notice_callbacks';

/**
 * Batches whose workflow should have looked by now, and has not: also one that had ended (next_at: infinity) when something more was accepted,
 * of which the word was lost. And companies that have not been told what is due.
 */
const LOST = `select b.channel, b.day::text from notice_batches b where b.company = ? and (b.next_at < clock_timestamp() - interval '1 minute' or b.next_at = 'infinity')
    and exists (select from notices n where n.company = b.company and n.channel = b.channel and n.day = b.day
      and case when b.next_at = 'infinity' then n.state = 'queued' and n.accepted_at < clock_timestamp() - interval '1 minute' else n.state in ('queued', 'unknown') end)`;
const UNTOLD = `select 1 untold from notice_events where company = ? and callback = 'due' and next_at < clock_timestamp() - interval '1 minute' limit 1`;

/**
 * Has the workflows look at what was accepted: soon, now and then while more come, and again later where a crash, or an engine that
 * was away, lost the word. A row never waits for it: it is accepted when it is committed.
 */
@Injectable()
export class NoticeWakes implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger('notices');
  readonly #waiting = new Map<string, NodeJS.Timeout>();
  /** When each was told last, by the process's clock. */
  readonly #told = new Map<string, number>();
  readonly #sweep: Sweep;
  #stopListening: (() => Promise<void>) | undefined;

  constructor(
    @Inject(SOURCES) private readonly sources: Sources,
    private readonly engine: Engine,
  ) {
    this.#sweep = new Sweep(sources, [
      lost<{ channel: string; day: string }>(LOST, (company, { channel, day }) => this.wake({ company, channel, day })),
      lost(UNTOLD, (company) => this.#callbacks(company)),
    ], (error) => this.#logger.warn({ error }, 'rows of notices could not be looked for'));
  }

  onApplicationBootstrap(): void {
    const { DATABASE_URL: url } = this.sources.env;
    if (url === undefined) return; // a spec without processes around it
    this.#sweep.start();
    this.#stopListening = listen({ url, topics: [TOPIC], onNotice: (_topic, company) => this.#callbacks(company), onListening: () => void this.sweep() });
  }

  async onModuleDestroy(): Promise<void> {
    this.#sweep.stop();
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    await this.#stopListening?.();
  }

  /** There are new rows in a batch. */
  wake(batch: BatchRef): void {
    this.#soon(workflowId(batch), () => this.engine.ask(workflowId(batch), (client) => wakeNotices(client, batch)));
  }

  /** Looks for what was lost, in every company. */
  sweep(): Promise<void> {
    return this.#sweep.round();
  }

  #callbacks(company: string): void {
    this.#soon(`${company}/notice-callbacks`, () => this.engine.ask(`${company}/notice-callbacks`, (client) => wakeCallbacks(client, { company })));
  }

  #soon(key: string, tell: () => Promise<unknown>): void {
    if (this.#waiting.has(key) || !this.#sweep.isOn) return;
    const waitMs = Math.max(TOLD_AFTER_MS, (this.#told.get(key) ?? -Infinity) + TOLD_EVERY_MS - performance.now());
    this.#waiting.set(key, setTimeout(() => {
      this.#waiting.delete(key);
      this.#told.set(key, performance.now());
      void tell().catch(() => this.#logger.warn({ key }, 'a workflow could not be told of rows: it is told later'));
    }, waitMs));
  }
}
