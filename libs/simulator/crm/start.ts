import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { crmListener, CRM_PATH } from './listener.js';
import { CrmSimulator } from './simulator.js';
import { simulatedSystems } from './systems.js';

export interface RunningCrmSimulator {
  simulator: CrmSimulator;
  /** Where a system is: what an administrator types as its address. */
  url(system: string): string;
  stop(): Promise<void>;
}

/** The simulated ISP systems alone, on a free port of this machine. `tls`: over HTTPS with this certificate, both PEM. */
export async function startCrmSimulator({ tls, now }: { tls?: { key: string; cert: string }; now?: () => number } = {}): Promise<RunningCrmSimulator> {
  const simulator = new CrmSimulator(simulatedSystems, now);
  const listener = crmListener(simulator);
  const server = tls ? createSecureServer(tls, listener) : createServer(listener);
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    simulator,
    url: (system) => `${tls ? 'https' : 'http'}://127.0.0.1:${port}${CRM_PATH}/${system}`,
    stop: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}
