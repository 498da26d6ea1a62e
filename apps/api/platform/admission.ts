import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { KeyedSlots } from './engine/keyed-slots.js';

/**
 * Requests that are worked on at once. A burst waits here, in its order and without a limit of time; if all of it asked the database
 * together, each of its questions would wait behind all others for a connection, and be given up for lost.
 */
const MOST_AT_ONCE = 40;

/** Lets a few requests in at a time; sockets for push and questions for health are not held up. */
export function admitAFewAtATime(app: NestFastifyApplication, most = MOST_AT_ONCE): void {
  const slots = new KeyedSlots(most);
  app.getHttpAdapter().getInstance().addHook('onRequest', (request, reply, admitted) => {
    if (request.headers.upgrade !== undefined || request.url === '/health') return admitted();
    void slots.run('requests', () => new Promise<void>((answered) => {
      reply.raw.once('finish', answered).once('close', answered);
      admitted();
    }));
  });
}
