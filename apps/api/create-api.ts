import { randomUUID } from 'node:crypto';
import helmet from '@fastify/helmet';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyServerOptions } from 'fastify';
import { Logger } from 'nestjs-pino';
import { AppModule } from './app.module.js';
import { serveOpenApi } from './platform/openapi.js';
import { problemOf } from './platform/problem.js';
import type { Sources } from './platform/sources.js';

const BODY_LIMIT_BYTES = 1_000_000;

/** What Fastify refuses before Nest or a hook sees it, such as a malformed path. No route has given this reply a schema: it is a plain one. */
const refuse: NonNullable<FastifyServerOptions['frameworkErrors']> = (error, request, reply) => {
  const problem = problemOf(error, request.id);
  const plain = reply as unknown as FastifyReply;
  plain.header('x-request-id', request.id).header('x-content-type-options', 'nosniff');
  void plain.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
};

const adapter = () =>
  new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    genReqId: () => randomUUID(),
    requestIdHeader: false, // a client's id could pose as another request's in the logs
    frameworkErrors: refuse,
  });

/** Scripts only from here. No upgrade to https and no HSTS: the API speaks plain http, whoever puts TLS before it sets them. */
const headers = {
  strictTransportSecurity: false,
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: [`'self'`],
      baseUri: [`'self'`],
      frameAncestors: [`'none'`],
      formAction: [`'self'`],
      imgSrc: [`'self'`, 'data:', 'blob:'],
      objectSrc: [`'none'`],
      scriptSrc: [`'self'`],
      styleSrc: [`'self'`, `'unsafe-inline'`],
    },
  },
} as const;

/** The API over its sources, not yet listening. */
export async function createApi(sources: Sources): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.over(sources), adapter(), { bufferLogs: true });
  app.useLogger(app.get(Logger));
  await app.register(helmet, headers);
  app.getHttpAdapter().getInstance().addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  serveOpenApi(app);
  return app;
}
