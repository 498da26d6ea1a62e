import {
  applyDecorators, createParamDecorator, Inject, Injectable, UseGuards, type CanActivate, type ExecutionContext,
} from '@nestjs/common';
import { ApiForbiddenResponse, ApiNotFoundResponse } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Company } from '../../../libs/db/entities/company.js';
import type { MikroORM } from '../../../libs/db/orm.js';
import { companyOfHost } from '../../../libs/db/platform.js';
import { ProblemException, problemSchema } from './problem.js';
import { SOURCES, type Sources } from './sources.js';

const COMPANY = Symbol('company of the request');
type ScopedRequest = FastifyRequest & { [COMPANY]?: Company };

/** Name in the Host header, without its port. Never a forwarded host: a client may have written that. */
const hostOf = (request: FastifyRequest): string => (request.headers.host ?? '').toLowerCase().replace(/:\d+$/, '');

/**
 * The company by the request's host, and by nothing that the client may choose otherwise. Asked once a request.
 * @throws ProblemException `company-unknown`, `company-suspended`
 */
export async function companyOfRequest(request: FastifyRequest, orm: MikroORM): Promise<Company> {
  const scoped: ScopedRequest = request;
  const company = scoped[COMPANY] ?? (await companyOfHost(orm, hostOf(request)));
  if (!company) throw new ProblemException('company-unknown');
  if (company.suspendedAt) throw new ProblemException('company-suspended');
  scoped[COMPANY] = company;
  return company;
}

@Injectable()
export class CompanyGuard implements CanActivate {
  constructor(@Inject(SOURCES) private readonly sources: Sources) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    await companyOfRequest(context.switchToHttp().getRequest<FastifyRequest>(), this.sources.orm);
    return true;
  }
}

/** On a controller or handler for `@Everybody()`: it serves the company whose host was called. `@Permit(…)` always does. */
export const CompanyScoped = () =>
  applyDecorators(
    UseGuards(CompanyGuard),
    ApiNotFoundResponse({ standardSchema: problemSchema, description: 'No company has this host' }),
    ApiForbiddenResponse({ standardSchema: problemSchema, description: 'The company is suspended' }),
  );

/** The company of this request, in a handler that is `@CompanyScoped()` or has a `@Permit(…)`. */
export const CurrentCompany = createParamDecorator((_: unknown, context: ExecutionContext): Company => {
  const company = context.switchToHttp().getRequest<ScopedRequest>()[COMPANY];
  if (!company) throw new Error('@CurrentCompany() needs @CompanyScoped() or @Permit(…)');
  return company;
});
