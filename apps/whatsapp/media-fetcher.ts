import type { Fetched, FileToFetch } from '../../libs/channels/whatsapp/incoming/fetch-file.js';
import type { DownloadLimits } from '../../libs/channels/whatsapp/incoming/download.js';
import { checkFile, maxBytes } from '../../libs/media/check-file.js';
import { MediaUnavailable, type MediaStore } from '../../libs/media/media-store.js';
import type { FileState, WantedFile } from './media-rows.js';
import type { Slots } from './slots.js';

export interface MediaFetcherParts {
  company: string;
  rows: { next(busy: readonly string[]): Promise<WantedFile | undefined>; settle(message: string, file: FileState): Promise<void> };
  media: MediaStore;
  /** Shared by all numbers of the process: what they hold in memory is bounded. */
  slots: Slots;
  fetch(file: FileToFetch, limits: DownloadLimits): Promise<Fetched>;
  log: { ended(message: string, file: FileState): void; failed(error: unknown): void };
}

/** A file of 64 MiB at 1 MiB/s, and some. */
const LIMIT_MS = 120_000;
/** With waits from 2 s, doubled up to an hour: some two days, in which a phone is switched on and a network comes back. */
const MOST_ATTEMPTS = 60;
/** What is damaged at the third time is so at its source. */
const MOST_CORRUPT = 3;

/**
 * Pure: what a try that gave no file makes of its row.
 * @param failure why, as `Fetched` has it, or `store-unavailable`
 */
export function afterFailure(failure: Extract<Fetched, { failure: string }>['failure'] | 'store-unavailable', attempt: number): FileState {
  if (failure === 'not-on-phone') return { state: 'expired', reason: failure };
  if (failure === 'too-large' || failure === 'no-file') return { state: 'failed', reason: failure };
  if (failure === 'corrupt' && attempt >= MOST_CORRUPT) return { state: 'failed', reason: failure };
  if (attempt < MOST_ATTEMPTS) return { state: 'wanted', reason: failure };
  return { state: failure === 'no-answer' ? 'expired' : 'failed', reason: failure };
}

/**
 * Fetches what rows want, at once and again until it is settled: the rows say what is to be done, so that a killed process forgets nothing.
 * A file that was stored before its row was settled is stored again under the same hash.
 */
export class MediaFetcher {
  private readonly busy = new Set<string>();
  private running: Promise<void> | undefined;
  private again = false;
  private stopped = false;

  constructor(private readonly parts: MediaFetcherParts) {}

  /** There may be something to fetch. Never throws. */
  wake(): void {
    if (this.stopped) return;
    this.again = true;
    this.running ??= this.run().finally(() => {
      this.running = undefined;
      if (this.again && !this.stopped) this.wake();
    });
  }

  /** The lease has passed on: nothing more is begun, and what is under way settles nothing. */
  stop(): void {
    this.stopped = true;
  }

  private async run(): Promise<void> {
    while (this.again && !this.stopped) {
      this.again = false;
      const done = await this.parts.slots.take();
      // It may have waited for its slot beyond its time.
      const file = this.stopped ? undefined : await this.parts.rows.next([...this.busy]).catch((error: unknown) => void this.parts.log.failed(error));
      if (!file) {
        done();
        continue;
      }
      this.again = true; // there may be more
      this.busy.add(file.message);
      void this.handle(file).finally(() => {
        this.busy.delete(file.message);
        done();
      });
    }
  }

  private async handle(file: WantedFile): Promise<void> {
    const { rows, log } = this.parts;
    try {
      const settled = await this.fetchAndStore(file);
      if (this.stopped) return;
      await rows.settle(file.message, settled);
      log.ended(file.message, settled);
    } catch (error) {
      log.failed(error); // the row still wants it
    }
  }

  private async fetchAndStore(file: WantedFile): Promise<FileState> {
    const { company, media, fetch } = this.parts;
    const fetched = await fetch(file, { bytes: maxBytes[file.kind], ms: LIMIT_MS });
    if ('failure' in fetched) return afterFailure(fetched.failure, file.attempt);
    const check = checkFile(file.kind, fetched);
    if (!check.ok) return { state: 'failed', reason: check.reason };
    try {
      return { state: 'stored', ...(await media.put(company, fetched.bytes)), mimetype: check.mimetype };
    } catch (error) {
      if (!(error instanceof MediaUnavailable)) throw error;
      return afterFailure('store-unavailable', file.attempt);
    }
  }
}
