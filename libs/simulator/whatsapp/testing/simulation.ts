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

/** A network that ends with the test. Whatever goes wrong inside fails loudly. */
export async function simulation(settings: ServerSettings = {}): Promise<RunningNetwork> {
  const simulated = await startNetwork({ log: (message, error) => console.error(message, error ?? ''), ...settings });
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
  { number = BUSINESS, ...options }: Partial<UserFacingSocketConfig> & { number?: string } = {},
): Promise<TestClient> {
  const created = client(simulated, options);
  simulated.network.seedLinked(number, created.auth.creds);
  created.connect();
  await created.untilOpen();
  return created;
}
