import { Client } from '@temporalio/client';
import { NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import type { Logger } from 'pino';
import { whatsappQueue } from '../../libs/temporal/queues.js';
import { BackOff, pause } from './back-off.js';

export interface TemporalParts {
  address: string;
  namespace: string;
  dataConverter: NonNullable<WorkerOptions['dataConverter']>;
  activities: object;
  log: Logger;
}

/** Sends under way may end; what does not is tried again elsewhere under the same id. */
const SHUTDOWN_GRACE = '4s';
const SIGNAL_LIMIT_MS = 5_000;

/**
 * A worker for each number that is held, on the number's own queue, all over one connection. Temporal being away is no error: each
 * worker comes back by itself.
 */
export class ActivityWorkers {
  private readonly holding = new Map<string, { stop: AbortController; done: Promise<void>; worker?: Worker }>();
  private connecting: Promise<NativeConnection> | undefined;

  constructor(private readonly parts: TemporalParts) {}

  /** Begins to poll for a number's sends. */
  hold(channel: string): void {
    if (this.holding.has(channel)) return;
    const stop = new AbortController();
    this.holding.set(channel, { stop, done: this.poll(channel, stop.signal) });
  }

  /** Stops polling, letting what is under way end. */
  async release(channel: string): Promise<void> {
    const held = this.holding.get(channel);
    if (!held) return;
    held.stop.abort();
    if (held.worker?.getState() === 'RUNNING') held.worker.shutdown();
    await held.done;
    this.holding.delete(channel);
  }

  /** True when every number that is held is polled for. */
  get fit(): boolean {
    return [...this.holding.values()].every(({ worker }) => worker?.getState() === 'RUNNING');
  }

  /** Runs work with a client over the same connection, for five seconds at most. @throws when Temporal is away */
  async withClient<T>(work: (client: Client) => Promise<T>): Promise<T> {
    const { namespace, dataConverter } = this.parts;
    const client = new Client({ connection: await this.connection(), namespace, dataConverter });
    return client.withDeadline(Date.now() + SIGNAL_LIMIT_MS, () => work(client));
  }

  async close(): Promise<void> {
    await Promise.all([...this.holding.keys()].map((channel) => this.release(channel)));
    await (await this.connecting?.catch(() => undefined))?.close();
  }

  private connection(): Promise<NativeConnection> {
    this.connecting ??= NativeConnection.connect({ address: this.parts.address }).catch((error: unknown) => {
      this.connecting = undefined;
      throw error;
    });
    return this.connecting;
  }

  private async poll(channel: string, stop: AbortSignal): Promise<void> {
    const backOff = new BackOff({ firstMs: 100, mostMs: 2_000 });
    while (!stop.aborted) {
      try {
        const worker = await this.workerOf(channel);
        const held = this.holding.get(channel);
        if (held) held.worker = worker;
        if (stop.aborted) worker.shutdown();
        await worker.run();
        backOff.reset();
      } catch (error) {
        this.parts.log.warn({ channel, error: error instanceof Error ? error.name : 'unknown' }, 'a worker ended; it comes back');
      }
      await pause(backOff.next(), stop);
    }
  }

  private async workerOf(channel: string): Promise<Worker> {
    const { namespace, dataConverter, activities } = this.parts;
    return Worker.create({
      connection: await this.connection(),
      namespace,
      dataConverter,
      activities,
      taskQueue: whatsappQueue(channel),
      maxConcurrentActivityTaskPolls: 1, // enough, and 200 numbers share one connection (research/reply-path.md)
      shutdownGraceTime: SHUTDOWN_GRACE,
      shutdownForceTime: '6s',
    });
  }
}
