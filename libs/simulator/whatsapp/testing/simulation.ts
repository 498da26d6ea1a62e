import { afterEach } from 'vitest';
import type { UserFacingSocketConfig } from '@whiskeysockets/baileys';
import { type RunningNetwork, type ServerSettings, startNetwork } from '../start.js';
import { TestClient } from './client.js';

export const BUSINESS = '5493410000001';
export const ANA = '5493415550001';
export const BETO = '5493415550002';

const running: { stop(): Promise<void> | void }[] = [];

afterEach(async () => {
  for (const one of running.splice(0).reverse()) await one.stop();
});

const print = (message: string, error?: unknown): void =>
  void process.stderr.write(`${message} ${error instanceof Error ? error.stack : ''}\n`);

/** A network that ends with the test. Whatever goes wrong inside is printed. */
export async function simulation(settings: ServerSettings = {}): Promise<RunningNetwork> {
  const simulated = await startNetwork({ log: print, ...settings });
  running.push(simulated);
  return simulated;
}

/** A client that is not linked; it ends with the test. */
export function client({ url }: { url: string }, options?: Partial<UserFacingSocketConfig>): TestClient {
  const created = new TestClient(url, options);
  running.push({ stop: () => created.disconnect() });
  return created;
}

/** A client that is linked and connected, without the traffic of linking. */
export async function linkedClient(
  simulated: RunningNetwork,
  { number = BUSINESS, preKeys = false, ...options }: Partial<UserFacingSocketConfig> & { number?: string; preKeys?: boolean } = {},
): Promise<TestClient> {
  const created = client(simulated, options);
  simulated.network.seedLinked(number, created.auth.creds, { preKeys });
  created.connect();
  await created.untilOpen();
  return created;
}
