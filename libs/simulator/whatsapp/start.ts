import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { controlApi } from './control/control-api.js';
import type { NetworkSettings } from './contract.js';
import { Network } from './network.js';

export interface ServerSettings extends NetworkSettings {
  /** 0, the default: any free port. */
  port?: number;
  /** Address to listen on; by default only this machine. */
  host?: string;
  /** Folder of the built phone in a browser, served at `/`. */
  uiDir?: string;
  /** Further files to serve, by path (`/demo-people.json`). */
  files?: Record<string, string>;
}

/** A network that listens. */
export interface RunningNetwork {
  network: Network;
  /** What a client connects to: `waWebSocketUrl` of Baileys. */
  url: string;
  /** Base of the control API. */
  controlUrl: string;
  /** Root that a client must trust, 32 bytes in hex. */
  rootPublicKey: string;
  /** Closes all sockets, writes the world, frees the port. */
  stop(): Promise<void>;
}

const NETWORK_PATH = '/ws/chat';

/** Starts the simulated network: clients at `/ws/chat`, the control API and the phone in a browser on the same port. */
export async function startNetwork({ port = 0, host = '127.0.0.1', ...settings }: ServerSettings = {}): Promise<RunningNetwork> {
  const network = new Network(settings);
  const server = createServer(controlApi(network, settings));
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 16 << 20 });
  server.on('upgrade', (request, socket, head) => {
    const { pathname } = new URL(request.url ?? '/', 'http://simulator');
    if (pathname !== NETWORK_PATH) return socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
    // Like a network that refuses, not like a proxy: after an HTTP answer Baileys waits for ever.
    if (network.refusesSocket()) return socket.destroy();
    sockets.handleUpgrade(request, socket, head, (client) => network.accept(client));
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  const address = `${host}:${(server.address() as AddressInfo).port}`;
  return {
    network,
    url: `ws://${address}${NETWORK_PATH}`,
    controlUrl: `http://${address}`,
    rootPublicKey: network.authority.root.public.toString('hex'),
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      network.stop();
      server.closeAllConnections();
      await closed;
    },
  };
}
