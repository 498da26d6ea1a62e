import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { controlApi } from './control/control-api.js';
import type { NetworkSettings } from './contract.js';
import { mediaHost } from './media/media-host.js';
import { pemOf } from './media/tls-certificate.js';
import { Network } from './network.js';
import { onePort } from './one-port.js';

export interface ServerSettings extends NetworkSettings {
  /** 0, the default: any free port. */
  port?: number;
  /** Address to listen on; by default only this machine. */
  host?: string;
  /** Folder of the built phone in a browser, served at `/`. */
  uiDir?: string;
  /** Further files to serve, by path (`/demo-people.json`). */
  files?: Record<string, string>;
  /** Others that answer on the same port, over HTTP and HTTPS, by the first part of their paths (`/crm`). */
  mounts?: Record<string, RequestListener>;
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
  /** TLS certificate (DER in base64) of the media host, which a client must trust to send or fetch files. */
  certificate: string;
  /** Closes all sockets, writes the world, frees the port. */
  stop(): Promise<void>;
}

const NETWORK_PATH = '/ws/chat';

/** Gives a request to whoever is mounted at its path, and all others to the network's own. */
const mounting = (own: RequestListener, mounts: Record<string, RequestListener> = {}): RequestListener => (request, response) => {
  const [, first = ''] = (request.url ?? '/').split(/[/?]/);
  return (Object.hasOwn(mounts, `/${first}`) ? mounts[`/${first}`]! : own)(request, response);
};

/**
 * Starts the simulated network, all on one port: clients at `/ws/chat`, the control API, the phone in a browser, and by HTTPS the media
 * host.
 */
export async function startNetwork({ port = 0, host = '127.0.0.1', mounts, ...settings }: ServerSettings = {}): Promise<RunningNetwork> {
  const network = new Network(settings);
  const server = createServer(mounting(controlApi(network, settings), mounts));
  const secure = createSecureServer({ key: network.media.tls.key, cert: pemOf(network.media.tls.certificate) }, mounting(mediaHost(network.media, network.log), mounts));
  const listener = onePort(server, secure);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 16 << 20 });
  server.on('upgrade', (request, socket, head) => {
    const { pathname } = new URL(request.url ?? '/', 'http://simulator');
    if (pathname !== NETWORK_PATH) return socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
    // Like a network that refuses, not like a proxy: after an HTTP answer Baileys waits for ever.
    if (network.refusesSocket()) return socket.destroy();
    network.media.host = request.headers.host ?? network.media.host;
    sockets.handleUpgrade(request, socket, head, (client) => network.accept(client));
  });
  await new Promise<void>((resolve, reject) => listener.once('error', reject).listen(port, host, resolve));
  const address = `${host}:${(listener.address() as AddressInfo).port}`;
  network.media.host = address;
  return {
    network,
    url: `ws://${address}${NETWORK_PATH}`,
    controlUrl: `http://${address}`,
    rootPublicKey: network.authority.root.public.toString('hex'),
    certificate: network.media.tls.certificate.toString('base64'),
    stop: async () => {
      const closed = new Promise((resolve) => listener.close(resolve));
      network.stop();
      listener.closeAll();
      await closed;
    },
  };
}
