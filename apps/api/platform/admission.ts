import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { KeyedSlots } from './engine/keyed-slots.js';
import { isFileBody, isGatewayRequest } from './file-bodies.js';

/**
 * Requests that are worked on at once. A burst waits here, in its order and without a limit of time; if all of it asked the database
 * together, each of its questions would wait behind all others for a connection, and be given up for lost.
 */
const MOST_AT_ONCE = 40;
/**
 * Files that are put up at once at one host: they are read while they come, which may take minutes, and keep nobody else out. Of the gateway's
 * requests, whose bodies are read before a token in them is known, it is from one address: strangers keep no company's notices out.
 */
const FILES_AT_ONCE = 20;

/**
 * Lets a few requests in at a time; sockets for push and questions for health are not held up. One has its place from the moment when its
 * body is here until its answer is ready: a client that sends or reads byte by byte, or not at all, keeps nobody out.
 */
export function admitAFewAtATime(app: NestFastifyApplication, most = MOST_AT_ONCE): void {
  const requests = new KeyedSlots(most);
  const files = new KeyedSlots(FILES_AT_ONCE);
  const leaving = new WeakMap<object, () => void>();
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('preValidation', (request, reply, admitted) => {
    if (request.headers.upgrade !== undefined || request.url === '/health') return admitted();
    const [slots, lane] = isFileBody(request) ? [files, isGatewayRequest(request) ? `gateway ${request.host} ${request.ip}` : request.host] : [requests, 'requests'];
    void slots.run(lane, () => new Promise<void>((leave) => {
      if (reply.raw.destroyed) return leave(); // its client went away while it waited
      leaving.set(request, leave);
      reply.raw.once('close', leave);
      admitted();
    }));
  });
  fastify.addHook('onSend', (request, _reply, _payload, sent) => {
    leaving.get(request)?.();
    sent();
  });
}
