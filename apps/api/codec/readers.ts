import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { required } from '../../../libs/config/env.js';
import { can } from '../../../libs/domain/permissions.js';
import { isOperatorToken } from '../../../libs/vault/operator-token.js';
import { masterKeyFrom } from '../../../libs/vault/vault.js';
import { tokenOf } from '../platform/access/session-cookie.js';
import { Sessions } from '../platform/access/sessions.js';
import { companyOfRequest } from '../platform/company-scope.js';
import { ProblemException } from '../platform/problem.js';
import { SOURCES, type Sources } from '../platform/sources.js';

/** Whose payloads somebody may read. */
export type Reader = { all: true } | { all: false; company: string };

/** Holds the operator's token in the browser in which they use the Temporal UI; sent to the codec alone. */
export const OPERATOR_COOKIE = 'hilo_operator';

const bearer = (request: FastifyRequest): string | undefined => /^Bearer (\S{1,200})$/i.exec(request.headers.authorization ?? '')?.[1];

/** Knows the platform's operator by a token of `hilo operator token`, and a company's administrator by the panel's session. */
@Injectable()
export class PayloadReaders {
  constructor(
    @Inject(SOURCES) private readonly sources: Sources,
    private readonly sessions: Sessions,
  ) {}

  isOperator(token: string): boolean {
    return isOperatorToken(masterKeyFrom(required(this.sources.env, 'HILO_MASTER_KEY')), token, new Date());
  }

  /** @throws ProblemException `not-signed-in`, `forbidden` */
  async of(request: FastifyRequest): Promise<Reader> {
    const operator = bearer(request) ?? request.cookies[OPERATOR_COOKIE];
    if (operator !== undefined && this.isOperator(operator)) return { all: true };
    const token = tokenOf(request);
    if (token === undefined) throw new ProblemException('not-signed-in');
    const company = await companyOfRequest(request, this.sources.orm);
    const signedIn = await this.sessions.find(company.id, token);
    if (!signedIn) throw new ProblemException('not-signed-in');
    if (signedIn.mustChangePassword) throw new ProblemException('password-change-required');
    if (!can(signedIn.user.role, 'payloads.read')) throw new ProblemException('forbidden');
    return { all: false, company: company.id };
  }
}
