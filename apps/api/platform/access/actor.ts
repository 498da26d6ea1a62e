import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../../../../libs/db/audit.js';
import { signedInOf } from './signed-in.js';

/** Who sends this request, as the audit log remembers them, in a handler that has a `@Permit(…)`. */
export const By = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  const me = signedInOf(request);
  if (!me) throw new Error('@By() needs @Permit(…)');
  return { company: me.company, id: me.user.id, name: me.user.name, request: request.id, address: request.ip };
});
