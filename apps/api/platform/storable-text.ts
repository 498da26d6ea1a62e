import { Readable } from 'node:stream';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { isGatewayRequest } from './file-bodies.js';
import { ProblemException } from './problem.js';

/** PostgreSQL holds neither NUL nor half a surrogate pair, in text or in jsonb. */
const unstorable = /[\0\p{Surrogate}]/u;

/** Pure: whether all text in a parsed body, its names included, can be kept. Not recursive: bodies may be nested as deep as they are long. */
export function isStorable(parsed: unknown): boolean {
  const waiting = [parsed];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value === 'string' && unstorable.test(value)) return false;
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, inner] of Object.entries(value)) waiting.push(name, inner);
  }
  return true;
}

/** Refuses requests with text that no row can hold as `bad-request`, before a route has done anything: the database would fail amid it. */
export function refuseUnstorableText(app: NestFastifyApplication): void {
  app.getHttpAdapter().getInstance().addHook('preValidation', (request, _reply, checked) => {
    const { body, query, params } = request;
    // A gateway's query is read as its bytes are, by its route.
    const isFine = isStorable([isGatewayRequest(request) ? null : query, params, body instanceof Readable ? null : body]);
    checked(isFine ? undefined : new ProblemException('bad-request'));
  });
}
