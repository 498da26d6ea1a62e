import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ProblemException, problemOf } from '../platform/problem.js';
import { ProblemFilter } from '../platform/problem.filter.js';
import type { GatewayError } from './gateway.schema.js';

/** Errors as panels of ISPs' systems know them; what is ours to look into goes into the log as everywhere. */
@Catch()
export class GatewayErrors implements ExceptionFilter {
  readonly #platform = new ProblemFilter();

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const { status, detail: message, code } = problemOf(error, request.id);
    this.#platform.log(error, request.id);
    if (error instanceof ProblemException) void reply.headers(error.details.headers ?? {});
    const body: GatewayError = { status: 'error', estado: 'error', message, code };
    void reply.status(status).type('application/json; charset=utf-8').send(JSON.stringify(body));
  }
}
