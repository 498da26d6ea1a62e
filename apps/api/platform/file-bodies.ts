import { Readable } from 'node:stream';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { ProblemException } from './problem.js';

const FILE = /^(image\/|application\/octet-stream)/;

/** Whether a request's body is a file, which comes unread. */
export const isFileBody = ({ headers }: Pick<FastifyRequest, 'headers'>): boolean => FILE.test(headers['content-type'] ?? '');

/** Whether a machine calls whose body may be anything: an ISP's system at the message gateway, a payment platform with a notice. */
export const isGatewayRequest = ({ url }: Pick<FastifyRequest, 'url'>): boolean => url.startsWith('/gw/') || url.startsWith('/hooks/');

const gatewayTypes = new WeakMap<object, string>();

/** The content type that the sender of a gateway's request named; empty: none. */
export const gatewayTypeOf = (request: object): string => gatewayTypes.get(request) ?? '';

/**
 * Bodies for the message gateway come unread, whatever they say they are: panels send forms in Latin-1, JSON under any name, and nothing
 * at all about what they send. The route reads them; notices of payments are believed nothing, so theirs stay unread.
 */
export function passGatewayBodies(app: NestFastifyApplication): void {
  app.getHttpAdapter().getInstance().addHook('onRequest', (request, _reply, passed) => {
    if (isGatewayRequest(request)) {
      gatewayTypes.set(request, request.headers['content-type'] ?? '');
      request.headers['content-type'] = 'application/octet-stream';
    }
    passed();
  });
}

/**
 * Reads the file that a request carries. What is too large is read to its end and thrown away: a client that still sends hears no answer.
 * @param most bytes
 * @param said in Spanish, for people: what it has to be, and what it is when it is larger
 * @throws ProblemException `unsupported-media-type` when it carries none, `too-large`
 */
export async function readFileBody({ body }: Pick<FastifyRequest, 'body'>, most: number, said: { form: string; tooLarge: string }): Promise<Buffer> {
  if (!(body instanceof Readable)) throw new ProblemException('unsupported-media-type', { detail: said.form });
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body as AsyncIterable<Uint8Array>) {
    size += part.byteLength;
    if (size > most) parts.length = 0;
    else parts.push(part);
  }
  if (size > most) throw new ProblemException('too-large', { detail: said.tooLarge });
  return Buffer.concat(parts);
}

/**
 * Lets images and files through as they come, unread: the route that takes one reads it, after the guard has let its sender in and no further
 * than it wants to. Commands refuse such a body.
 */
export function passFileBodies(app: NestFastifyApplication): void {
  app.getHttpAdapter().getInstance().addContentTypeParser(FILE, (_request, payload, passed) => passed(null, payload));
}
