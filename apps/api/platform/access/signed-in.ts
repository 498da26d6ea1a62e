import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Role } from '../../../../libs/domain/roles.js';

/** Whoever sends this request, as the rows say it at this moment. */
export interface SignedIn {
  company: string;
  /** Id of the session's row. */
  session: string;
  /** Secret that unsafe requests have to name. */
  csrf: string;
  /** Kept for thirty days, not only until the browser is closed. */
  remember: boolean;
  mustChangePassword: boolean;
  user: { id: string; login: string; name: string; role: Role; departments: string[] };
}

const SIGNED_IN = Symbol('who sends this request');
type SignedRequest = FastifyRequest & { [SIGNED_IN]?: SignedIn };

/** Remembers for the handlers whom the guard has found. */
export function signIn(request: FastifyRequest, signedIn: SignedIn): void {
  (request as SignedRequest)[SIGNED_IN] = signedIn;
}

export const signedInOf = (request: FastifyRequest): SignedIn | undefined => (request as SignedRequest)[SIGNED_IN];

/** Who sends this request, in a handler that has a `@Permit(…)`. */
export const Me = createParamDecorator((_: unknown, context: ExecutionContext): SignedIn => {
  const signedIn = signedInOf(context.switchToHttp().getRequest<FastifyRequest>());
  if (!signedIn) throw new Error('@Me() needs @Permit(…)');
  return signedIn;
});
