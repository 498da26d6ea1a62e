import { ServerResponse, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { WebSocketServer, type WebSocket } from 'ws';
import { ProblemException } from '../platform/problem.js';

/** A client of ours says nothing; what it may send at most, in bytes. */
const MOST_RECEIVED_BYTES = 1_024;

interface Upgrade {
  socket: Duplex;
  head: Buffer;
  response: ServerResponse;
}

/**
 * Lets requests for a WebSocket go through the server's routes like any other: guards, limits and problems are the same, and the
 * handler that is reached makes a socket of it.
 */
@Injectable()
export class Upgrades implements OnApplicationBootstrap {
  readonly #waiting = new WeakMap<IncomingMessage, Upgrade>();
  readonly #sockets = new WebSocketServer({ noServer: true, clientTracking: false, maxPayload: MOST_RECEIVED_BYTES, perMessageDeflate: false });

  constructor(private readonly host: HttpAdapterHost) {}

  onApplicationBootstrap(): void {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    const server = this.host.httpAdapter.getHttpServer() as Server;
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      const response = new ServerResponse(request);
      socket.on('error', () => socket.destroy());
      response.assignSocket(socket as never);
      response.once('finish', () => socket.end()); // refused: a whole answer, and no socket
      this.#waiting.set(request, { socket, head, response });
      fastify.routing(request, response);
    });
  }

  /** @throws ProblemException `upgrade-required` when the client did not ask for a WebSocket */
  require(request: FastifyRequest): Upgrade {
    const upgrade = this.#waiting.get(request.raw);
    if (!upgrade) throw new ProblemException('upgrade-required', { headers: { upgrade: 'websocket' } });
    return upgrade;
  }

  /** Makes a WebSocket of a request. From here on the reply is not the handler's any more. @throws as `require` */
  accept(request: FastifyRequest, reply: FastifyReply): Promise<WebSocket> {
    const { socket, head, response } = this.require(request);
    reply.hijack();
    response.detachSocket(socket as never);
    return new Promise((resolve) => {
      this.#sockets.handleUpgrade(request.raw, socket, head, (accepted) => {
        accepted.on('error', () => accepted.terminate());
        resolve(accepted);
      });
    });
  }
}
