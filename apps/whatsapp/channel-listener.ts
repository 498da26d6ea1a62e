import pg from 'pg';
import { BackOff, pause } from './back-off.js';

/**
 * Calls `onChange` when the database says that a channel has changed, over a connection of its own that is opened again whenever it
 * breaks; without a channel when there may have been any change. A hint only: whoever needs to know asks from time to time anyway.
 * @returns stops listening
 */
export function listenToChannels(url: string, onChange: (channel?: string) => void): () => Promise<void> {
  const stopping = new AbortController();
  const backOff = new BackOff({ firstMs: 100, mostMs: 2_000 });
  const once = async (): Promise<void> => {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000, application_name: 'hilo-listen' });
    const broken = new Promise<void>((resolve) => {
      client.on('error', () => resolve());
      client.on('end', () => resolve());
      stopping.signal.addEventListener('abort', () => resolve(), { once: true });
    });
    client.on('notification', ({ payload }) => onChange(payload));
    try {
      await client.connect();
      await client.query('listen channels');
      backOff.reset();
      onChange(); // what happened before we listened
      await broken;
    } finally {
      await client.end().catch(() => undefined);
    }
  };
  const listening = (async () => {
    while (!stopping.signal.aborted) {
      await once().catch(() => undefined);
      await pause(backOff.next(), stopping.signal);
    }
  })();
  return async () => {
    stopping.abort();
    await listening;
  };
}
