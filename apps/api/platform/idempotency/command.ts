import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  applyDecorators, createParamDecorator, Injectable, UseInterceptors, type CallHandler, type ExecutionContext, type NestInterceptor,
} from '@nestjs/common';
import { ApiBadRequestResponse, ApiConflictResponse, ApiHeader, ApiUnprocessableEntityResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { lastValueFrom, of, type Observable } from 'rxjs';
import { z } from 'zod';
import { signedInOf } from '../access/signed-in.js';
import { ProblemException, problemSchema } from '../problem.js';
import { CommandKeys, fingerprintOf, type KeyedCommand } from './command-keys.js';

const HEADER = 'idempotency-key';
const keySchema = z.uuid();

/** @throws ProblemException `bad-request` when there is a key that is no UUID */
function keyOf(request: FastifyRequest): string | undefined {
  const given = request.headers[HEADER];
  if (given === undefined) return undefined;
  const key = keySchema.safeParse(given);
  if (!key.success) throw new ProblemException('bad-request');
  return key.data.toLowerCase();
}

/** Does a command once for each key, and answers every repetition with the same. */
@Injectable()
export class CommandInterceptor implements NestInterceptor {
  constructor(private readonly keys: CommandKeys) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    // A file that comes unread (file-bodies.ts) would pass for a body in which nothing is said.
    if (request.body instanceof Readable) throw new ProblemException('unsupported-media-type');
    const key = keyOf(request);
    const me = signedInOf(request);
    if (key === undefined || !me) return next.handle();
    const command: KeyedCommand = { me, key, fingerprint: fingerprintOf(request.method, request.url, request.body) };
    const before = await this.keys.reserve(command);
    if (before) {
      void context.switchToHttp().getResponse<FastifyReply>().header('idempotency-replayed', 'true');
      return of(before.answer);
    }
    return of(await this.#once(command, next));
  }

  async #once(command: KeyedCommand, next: CallHandler): Promise<unknown> {
    let answer: unknown;
    try {
      answer = await lastValueFrom(next.handle(), { defaultValue: undefined });
    } catch (refusal) {
      await this.keys.refused(command);
      throw refusal;
    }
    await this.keys.answered(command, answer);
    return answer;
  }
}

/** On a handler that changes something: under one `idempotency-key` it is done once, however often it is sent. */
export const Command = () =>
  applyDecorators(
    UseInterceptors(CommandInterceptor),
    ApiHeader({ name: 'x-csrf-token', required: true, description: '`csrf` of the session' }),
    ApiHeader({ name: HEADER, required: false, schema: { type: 'string', format: 'uuid' }, description: 'The same command under the same key is done once' }),
    ApiBadRequestResponse({ standardSchema: problemSchema, description: 'The request does not have its form' }),
    ApiConflictResponse({ standardSchema: problemSchema, description: 'Refused as things are; `code` says why' }),
    ApiUnprocessableEntityResponse({ standardSchema: problemSchema, description: 'Refused by a rule; `code` says which' }),
  );

/** The command's key: workflows take it as the id of their update. A command without one is a new one each time. */
export const CommandId = createParamDecorator(
  (_: unknown, context: ExecutionContext): string => keyOf(context.switchToHttp().getRequest<FastifyRequest>()) ?? randomUUID(),
);
