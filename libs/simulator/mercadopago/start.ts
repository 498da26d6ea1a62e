import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MERCADOPAGO_PATH, mercadoPagoListener } from './listener.js';
import { MercadoPagoSimulator } from './simulator.js';

export interface RunningMercadoPago {
  simulator: MercadoPagoSimulator;
  /** What `MERCADOPAGO_URL` is set to. */
  url: string;
  stop(): Promise<void>;
}

/** A simulated MercadoPago alone, on a free port of this machine. */
export async function startMercadoPago(now?: () => number): Promise<RunningMercadoPago> {
  const simulator = new MercadoPagoSimulator(now);
  const server = createServer(mercadoPagoListener(simulator));
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    simulator,
    url: `http://127.0.0.1:${port}${MERCADOPAGO_PATH}`,
    stop: () => new Promise((resolve) => {
      simulator.notices.stop();
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}
