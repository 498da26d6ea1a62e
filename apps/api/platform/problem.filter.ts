import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ProblemException, problemOf } from './problem.js';

/** Kind and place of an error. Its message stays out of the logs: a database's error repeats the values of its query. */
function traceOf(error: unknown): object {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = 'code' in error ? String(error.code) : undefined;
  const stack = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at ')).join('\n');
  return { error: error.name, code, stack };
}

/** The one place where errors become answers: problem+json, whatever was thrown. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('problem');

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = problemOf(error, request.id);
    this.log(error, request.id);
    if (error instanceof ProblemException) void reply.headers(error.details.headers ?? {});
    void reply.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  }

  /** Tells the log of what is ours to look into. */
  log(error: unknown, requestId: string): void {
    const { status, code } = problemOf(error, requestId);
    if (status >= 500) this.logger.error({ requestId, problem: code, ...traceOf(error) });
  }
}
