import { inflate } from 'node:zlib';
import { promisify } from 'node:util';
import { proto, type SignalDataSet } from '@whiskeysockets/baileys';
import type { Me } from '../classify.js';
import type { Journal } from '../journal.js';
import type { SealedJson } from '../sealed-json.js';
import type { Session } from '../session.js';
import type { SessionStore } from '../store.js';
import { download } from './download.js';
import { HISTORY_KEY } from './history-key.js';
import { historyRows } from './history.js';

export interface HistoryParts {
  session: Session;
  store: SessionStore;
  journal: Journal;
  sealed: SealedJson;
  mediaHost: string;
  me(): Me;
  /** Something was taken over: there may be files to fetch. Must not throw. */
  onImported(): void;
  onError(error: unknown): void;
}

const LIMITS = { bytes: 64 * 1024 * 1024, ms: 120_000 };
const MOST_INFLATED = 256 * 1024 * 1024;
/** Rows in one statement: it must end well before the pool's limit. */
const CHUNK = 50;
const inflated = promisify(inflate);

/**
 * Takes over what the phone remembers when it is linked. Level-triggered from the notices that are kept, so that a killed process forgets
 * none; doing it twice changes nothing. One that cannot be had or read is given up: it is no message that somebody waits for.
 */
export class HistoryImport {
  private running: Promise<void> | undefined;
  private again = false;
  /** A notice waits that could not be followed: wake it again some time. */
  unfinished = false;

  constructor(private readonly parts: HistoryParts) {}

  /** There may be a notice. Never throws. */
  wake(): void {
    this.again = true;
    this.unfinished = true;
    this.running ??= this.run().catch(this.parts.onError).finally(() => {
      this.running = undefined;
    });
  }

  private async run(): Promise<void> {
    const { session, store, sealed, journal } = this.parts;
    while (this.again && !session.dead) {
      this.again = false;
      let left = false;
      for (const { id, value } of await store.listKeys(HISTORY_KEY)) {
        const notification = JSON.parse(sealed.openKey(HISTORY_KEY, id, value)) as string;
        const done = await this.takeOver(proto.Message.HistorySyncNotification.decode(Buffer.from(notification, 'base64')));
        if (session.dead) return;
        if (done) await journal.commit({ [HISTORY_KEY]: { [id]: null } } as SignalDataSet);
        else left = true;
      }
      this.unfinished = left || this.again;
    }
  }

  /** @returns false when it must be tried again later */
  private async takeOver(notification: proto.Message.HistorySyncNotification): Promise<boolean> {
    const { session, store, me, onImported, onError } = this.parts;
    const bytes = await this.bytesOf(notification);
    if (bytes === 'unreachable') return false;
    const history = bytes && (await read(bytes));
    if (!history) {
      onError(new Error('a piece of history could not be read'));
      return true;
    }
    const rows = historyRows(history, me(), Date.now());
    for (let from = 0; from < rows.length && !session.dead; from += CHUNK) await store.importHistory(rows.slice(from, from + CHUNK));
    if (rows.length) onImported();
    return true;
  }

  private async bytesOf(notification: proto.Message.HistorySyncNotification): Promise<Uint8Array | 'unreachable' | undefined> {
    const { initialHistBootstrapInlinePayload: inline, ...file } = notification;
    if (inline?.byteLength) return inline;
    const found = await download({ ...file, type: 'md-msg-hist' }, this.parts.mediaHost, LIMITS);
    if ('bytes' in found) return found.bytes;
    return found.failure === 'unreachable' ? 'unreachable' : undefined;
  }
}

async function read(bytes: Uint8Array): Promise<proto.HistorySync | undefined> {
  try {
    return proto.HistorySync.decode(await inflated(bytes, { maxOutputLength: MOST_INFLATED }));
  } catch {
    return undefined;
  }
}
