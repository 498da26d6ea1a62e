import { timingSafeEqual } from 'node:crypto';
import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { can } from '../../../../libs/domain/permissions.js';
import { companyOfRequest } from '../company-scope.js';
import { ProblemException } from '../problem.js';
import { RateLimits } from '../rate-limit/rate-limits.js';
import { SOURCES, type Sources } from '../sources.js';
import { accessOf, type Access } from './access.js';
import { isUnsafe, refuseForeignOrigin } from './same-origin.js';
import { tokenOf } from './session-cookie.js';
import { Sessions } from './sessions.js';
import { signIn, type SignedIn } from './signed-in.js';

/** Whether an unsafe request names the CSRF token, which only a page of ours can have read. */
function namesCsrf(request: FastifyRequest, { csrf }: SignedIn): boolean {
  const given = Buffer.from(String(request.headers['x-csrf-token'] ?? ''));
  const expected = Buffer.from(csrf);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** The one door of every route: what is not permitted is refused, and a route that says nothing permits nobody. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(SOURCES) private readonly sources: Sources,
    private readonly sessions: Sessions,
    private readonly limits: RateLimits,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const access = accessOf(context.getHandler(), context.getClass());
    this.limits.take(access?.kind === 'everybody' && access.machines ? 'machine' : 'address', request.ip);
    if (!access) throw new ProblemException('forbidden');
    if (access.kind === 'permission' || !access.anyOrigin) refuseForeignOrigin(request);
    if (access.kind === 'permission') await this.#admit(request, access);
    return true;
  }

  async #admit(request: FastifyRequest, access: Extract<Access, { kind: 'permission' }>): Promise<void> {
    const company = await companyOfRequest(request, this.sources.orm);
    const token = tokenOf(request);
    const signedIn = token === undefined ? undefined : await this.sessions.find(company.id, token);
    if (!signedIn) throw new ProblemException('not-signed-in');
    this.limits.take('session', signedIn.session);
    if (isUnsafe(request) && !namesCsrf(request, signedIn)) throw new ProblemException('csrf-token');
    if (signedIn.mustChangePassword && !access.beforePasswordChange) throw new ProblemException('password-change-required');
    if (!can(signedIn.user.role, access.permission)) throw new ProblemException('forbidden');
    signIn(request, signedIn);
  }
}
