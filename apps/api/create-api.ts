import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import type { LogLevel, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyServerOptions } from 'fastify';
import { Logger } from 'nestjs-pino';
import { AppModule } from './app.module.js';
import { refuseUndeclaredRoutes } from './platform/access/declared-routes.js';
import { admitAFewAtATime } from './platform/admission.js';
import { passFileBodies, passGatewayBodies } from './platform/file-bodies.js';
import { serveOpenApi } from './platform/openapi.js';
import { problemOf } from './platform/problem.js';
import { serveScreens } from './platform/screens.js';
import { setSecurityHeaders } from './platform/security-headers.js';
import type { Sources } from './platform/sources.js';
import { refuseUnstorableText } from './platform/storable-text.js';

const BODY_LIMIT_BYTES = 1_000_000;
/** For all of a request to come: the biggest file over a connection of 1 Mbit/s. */
const REQUEST_LIMIT_MS = 600_000;
/** Nest tells each route that it has found: a hundred lines at each start that nobody reads. Its troubles are told. */
const START_UP: LogLevel[] = ['fatal', 'error', 'warn'];

/** What Fastify refuses before Nest or a hook sees it, such as a malformed path. No route has given this reply a schema: it is a plain one. */
const refuse: NonNullable<FastifyServerOptions['frameworkErrors']> = (error, request, reply) => {
  const problem = problemOf(error, request.id);
  const plain = reply as unknown as FastifyReply;
  plain.header('x-request-id', request.id).header('x-content-type-options', 'nosniff');
  void plain.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
};

/** @param trustedProxies addresses whose word on the client's address and on https is taken */
const adapter = (trustedProxies: readonly string[]) =>
  new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_LIMIT_MS,
    genReqId: () => randomUUID(),
    requestIdHeader: false, // a client's id could pose as another request's in the logs
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    frameworkErrors: refuse,
  });

/**
 * The API over its sources, not yet listening.
 * @param more controllers that only a spec has
 * @throws Error when a route does not say who may call it
 */
export async function createApi(sources: Sources, more: readonly Type[] = []): Promise<NestFastifyApplication> {
  const module = AppModule.over(sources, more);
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter(sources.env.TRUSTED_PROXIES), { logger: START_UP });
  refuseUndeclaredRoutes(app);
  await app.register(cookie);
  passFileBodies(app);
  passGatewayBodies(app);
  refuseUnstorableText(app);
  admitAFewAtATime(app);
  await setSecurityHeaders(app);
  if (sources.screens !== undefined) await serveScreens(app, sources.screens);
  serveOpenApi(app);
  await app.init();
  app.useLogger(app.get(Logger));
  return app;
}
