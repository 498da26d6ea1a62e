import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OPENAI_PATH, openAiListener } from './listener.js';
import { ModelSimulator } from './simulator.js';

/** A simulated model alone, on a free port of this machine. `baseUrl` is what somebody types as its address. */
export async function startModelSimulator(): Promise<{ simulator: ModelSimulator; baseUrl: string; stop(): Promise<void> }> {
  const simulator = new ModelSimulator();
  const server = createServer(openAiListener(simulator));
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  return {
    simulator, baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}${OPENAI_PATH}/v1`,
    stop: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}
