import { connect, createServer } from 'node:net';
import { describePortHolder } from './port-holder.mjs';
import { LaunchFailure } from './launch-failure.mjs';

/**
 * A TCP port of 127.0.0.1 that nobody listens on right now.
 * @returns {Promise<number>}
 */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}

/**
 * Whether nobody listens on the port of 127.0.0.1.
 * @param {number} port
 * @returns {Promise<boolean>}
 */
export function isPortFree(port) {
  return new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/**
 * Refuses to go on when a port is taken, with one sentence that names the port, who holds it and the variable to change.
 * @param {{ port: number, purpose: string, variable: string }[]} wanted
 * @returns {Promise<void>}
 */
export async function requireFreePorts(wanted) {
  for (const { port, purpose, variable } of wanted) {
    if (await isPortFree(port)) continue;
    const holder = (await describePortHolder(port)) ?? 'otro programa, quizás otra copia de Hilo';
    throw new LaunchFailure(
      `El puerto ${port}, que es el de ${purpose}, está ocupado por ${holder}: cerralo o elegí otro con ${variable} (por ejemplo ${variable}=${await freePort()} npm start).`,
    );
  }
}

/**
 * Waits until something accepts connections on the port of 127.0.0.1.
 * @param {number} port
 * @param {{ timeoutMs: number, isDead?: () => boolean }} options isDead ends the wait early
 * @returns {Promise<boolean>} false when the time is over or isDead said so
 */
export async function waitForPort(port, { timeoutMs, isDead = () => false }) {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline && !isDead()) {
    const open = await new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
    if (open) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}
