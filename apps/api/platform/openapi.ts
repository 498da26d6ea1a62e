import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SESSION_COOKIE } from './access/session-cookie.js';

const ABOUT = [
  'Customer service on WhatsApp for internet providers. The company is that of the host.',
  '',
  'Sign in with `POST /api/session`; the session is a cookie. Requests that change something name its `csrf` in `x-csrf-token`, and come',
  'from a page of the same host. Under one `idempotency-key` (a UUID) a command is done once, however often it is sent.',
  'Everything besides success is `application/problem+json` with a `code`. 429 says in Retry-After how many seconds to wait.',
].join('\n');

/** `GET /api/openapi.json` for machines and `/api/docs` for people; its scripts come from this server. */
export function serveOpenApi(app: NestFastifyApplication): void {
  const about = new DocumentBuilder()
    .setTitle('Hilo')
    .setDescription(ABOUT)
    .setVersion('0.1.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'A token of the message gateway; or as X-Api-Key, and under /gw as token= or apikey=' }, 'gateway')
    .addCookieAuth(SESSION_COOKIE, { type: 'apiKey', in: 'cookie' }, 'session');
  const document = SwaggerModule.createDocument(app, about.build(), {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '').toLowerCase()}_${method}`,
  });
  SwaggerModule.setup('api/docs', app, document, { jsonDocumentUrl: 'api/openapi.json', raw: ['json'], customSiteTitle: 'Hilo · API' });
}
