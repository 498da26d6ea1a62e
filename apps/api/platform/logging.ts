import type { IncomingMessage } from 'node:http';
import type { Params } from 'nestjs-pino';
import type { Env } from '../../../libs/config/env.js';

/** Path without the query, where names and numbers would be, and without what makes the address of a company's notices unguessable. */
const pathOf = (url: string): string => (url.split('?')[0] ?? '').replace(/^(\/hooks(?:\/[^/]*){2}\/).+$/u, '$1…');

/** Asked every second by launchers and balancers. Middleware sees `url` without its mount, which is everything here. */
const isHealthQuestion = (request: IncomingMessage & { originalUrl?: string }): boolean =>
  pathOf(request.originalUrl ?? request.url ?? '') === '/health';

/** One JSON line a request, without personal data: no headers, address, query, body, or text of an error. */
export const logging = (level: Env['LOG_LEVEL']): Params => ({
  forRoutes: ['{*all}'], // the package's own default pattern matches nothing on Fastify under Nest 12
  pinoHttp: {
    level,
    base: { process: 'api' },
    quietReqLogger: true,
    customAttributeKeys: { reqId: 'requestId' },
    genReqId: (request) => request.id ?? '',
    autoLogging: { ignore: isHealthQuestion },
    serializers: {
      req: (request: { id: unknown; method: string; url: string }) => ({ id: request.id, method: request.method, path: pathOf(request.url) }),
      res: (response: { statusCode: number }) => ({ statusCode: response.statusCode }),
      err: (error: Error) => ({ type: error.name }),
    },
    customSuccessMessage: (request: IncomingMessage) => `${request.method ?? ''} answered`,
    customErrorMessage: (request: IncomingMessage) => `${request.method ?? ''} failed`,
  },
});
