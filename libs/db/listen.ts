import pg from 'pg';

const FIRST_WAIT_MS = 100;
const MOST_WAIT_MS = 2_000;
const CONNECT_LIMIT_MS = 2_000;

export interface ListenOptions {
  url: string;
  /** Topics of `pg_notify`; names of ours, never a user's text. */
  topics: readonly string[];
  onNotice(topic: string, payload: string): void;
  /** The connection stands anew: notices may have been missed before this. */
  onListening(): void;
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}

/** One connection, from its opening until it breaks or the signal aborts. Rejects when it cannot be opened. */
async function listenOnce({ url, topics, onNotice, onListening }: ListenOptions, signal: AbortSignal): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_LIMIT_MS, keepAlive: true, application_name: 'hilo-listen' });
  const broken = new Promise<void>((resolve) => {
    client.on('error', () => resolve());
    client.on('end', () => resolve());
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  client.on('notification', ({ channel, payload }) => onNotice(channel, payload ?? ''));
  try {
    await client.connect();
    for (const topic of topics) await client.query(`listen ${pg.escapeIdentifier(topic)}`);
    onListening();
    await broken;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * Hears what the database notifies, over a connection of its own that is opened again whenever it breaks. A hint only: what was said
 * while there was no connection is lost, so whoever needs to know also asks at `onListening` and from time to time.
 * @returns stops listening
 */
export function listen(options: ListenOptions): () => Promise<void> {
  const stopping = new AbortController();
  const run = async (): Promise<void> => {
    let waitMs = FIRST_WAIT_MS;
    const onListening = () => {
      waitMs = FIRST_WAIT_MS;
      options.onListening();
    };
    while (!stopping.signal.aborted) {
      await listenOnce({ ...options, onListening }, stopping.signal).catch(() => undefined);
      await wait(waitMs, stopping.signal);
      waitMs = Math.min(waitMs * 2, MOST_WAIT_MS);
    }
  };
  const running = run();
  return async () => {
    stopping.abort();
    await running;
  };
}
