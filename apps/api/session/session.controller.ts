import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Req, Res, SerializeOptions } from '@nestjs/common';
import { ApiBadRequestResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags, ApiUnauthorizedResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { forCompany } from '../../../libs/db/company.js';
import type { Company } from '../../../libs/db/entities/company.js';
import { Session } from '../../../libs/db/entities/session.js';
import { Everybody, Permit } from '../platform/access/access.js';
import { clearSessionCookie, setSessionCookie } from '../platform/access/session-cookie.js';
import { REMEMBERED_MS } from '../platform/access/sessions.js';
import { Me, type SignedIn } from '../platform/access/signed-in.js';
import { CompanyScoped, CurrentCompany } from '../platform/company-scope.js';
import { problemSchema } from '../platform/problem.js';
import { RateLimits } from '../platform/rate-limit/rate-limits.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import { loginSchema, sessionSchema, sessionView, type Login, type SessionView } from './session.schema.js';
import { SignIn } from './sign-in.js';

@ApiTags('session')
@Controller('api/session')
export class SessionController {
  constructor(
    @Inject(SOURCES) private readonly sources: Sources,
    private readonly service: SignIn,
    private readonly limits: RateLimits,
  ) {}

  @Post()
  @Everybody()
  @CompanyScoped()
  @HttpCode(200)
  @ApiOperation({ summary: 'Sign in: sets the session’s cookie' })
  @ApiOkResponse({ standardSchema: sessionSchema })
  @ApiBadRequestResponse({ standardSchema: problemSchema, description: 'The request does not have its form' })
  @ApiUnauthorizedResponse({ standardSchema: problemSchema, description: 'Login or password are wrong; it is not said which' })
  @SerializeOptions({ schema: sessionSchema })
  async signIn(
    @Body({ schema: loginSchema }) login: Login,
    @CurrentCompany() company: Company,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionView> {
    this.limits.take('password', request.ip);
    const caller = { address: request.ip, userAgent: request.headers['user-agent'] };
    const { token, me } = await this.service.signIn(company.id, login, caller);
    setSessionCookie(request, reply, token, me.remember ? REMEMBERED_MS / 1_000 : undefined);
    return sessionView(me, company);
  }

  @Get()
  @Permit('account.own', { beforePasswordChange: true })
  @ApiOperation({ summary: 'Who is signed in' })
  @ApiOkResponse({ standardSchema: sessionSchema })
  @SerializeOptions({ schema: sessionSchema })
  read(@Me() me: SignedIn, @CurrentCompany() company: Company): SessionView {
    return sessionView(me, company);
  }

  @Delete()
  @Permit('account.own', { beforePasswordChange: true })
  @HttpCode(204)
  @ApiOperation({ summary: 'Sign out' })
  @ApiNoContentResponse()
  async signOut(@Me() me: SignedIn, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await forCompany(this.sources.orm, me.company, (em) => em.nativeDelete(Session, { company: me.company, id: me.session }));
    clearSessionCookie(request, reply);
  }
}
