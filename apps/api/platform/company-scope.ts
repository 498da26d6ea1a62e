import {
  applyDecorators, createParamDecorator, Inject, Injectable, UseGuards, type CanActivate, type ExecutionContext,
} from '@nestjs/common';
import { ApiForbiddenResponse, ApiNotFoundResponse } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Company } from '../../../libs/db/entities/company.js';
import { companyOfHost } from '../../../libs/db/platform.js';
import { ProblemException, problemSchema } from './problem.js';
import { SOURCES, type Sources } from './sources.js';

const COMPANY = Symbol('company of the request');
type ScopedRequest = FastifyRequest & { [COMPANY]?: Company };

/** Finds the company by the request's host, and by nothing that the client may choose otherwise. */
@Injectable()
export class CompanyGuard implements CanActivate {
  constructor(@Inject(SOURCES) private readonly sources: Sources) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<ScopedRequest>();
    const company = await companyOfHost(this.sources.orm, request.hostname.toLowerCase());
    if (!company) throw new ProblemException('company-unknown');
    if (company.suspendedAt) throw new ProblemException('company-suspended');
    request[COMPANY] = company;
    return true;
  }
}

/** On a controller or handler: it serves the company whose host was called. */
export const CompanyScoped = () =>
  applyDecorators(
    UseGuards(CompanyGuard),
    ApiNotFoundResponse({ standardSchema: problemSchema, description: 'No company has this host' }),
    ApiForbiddenResponse({ standardSchema: problemSchema, description: 'The company is suspended' }),
  );

/** The company of this request, in a handler that is `@CompanyScoped()`. */
export const CurrentCompany = createParamDecorator((_: unknown, context: ExecutionContext): Company => {
  const company = context.switchToHttp().getRequest<ScopedRequest>()[COMPANY];
  if (!company) throw new Error('@CurrentCompany() needs @CompanyScoped()');
  return company;
});
