import type { Server as HttpServer } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import { createServer, type Server, type Socket } from 'node:net';

/** First byte of a TLS connection: a handshake record. */
const TLS_HANDSHAKE = 0x16;

/**
 * One port for plain HTTP and for HTTPS: the first byte of a connection tells which. So the media host, which clients reach by HTTPS
 * only, needs no port of its own that they would have to be told and that would change at a restart.
 * @returns what to listen on; `closeAll` ends its connections
 */
export function onePort(plain: HttpServer, secure: HttpsServer): Server & { closeAll(): void } {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket)).on('error', () => socket.destroy());
    socket.once('data', (first) => {
      socket.pause();
      socket.unshift(first);
      (first[0] === TLS_HANDSHAKE ? secure : plain).emit('connection', socket);
      process.nextTick(() => socket.resume());
    });
  });
  const closeAll = () => {
    for (const socket of open) socket.destroy();
  };
  return Object.assign(server, { closeAll });
}
