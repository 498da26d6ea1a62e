import { Body, Controller, HttpCode, Post, Req, Res, SerializeOptions } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags, ApiUnprocessableEntityResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Company } from '../../../libs/db/entities/company.js';
import { Permit } from '../platform/access/access.js';
import { setSessionCookie } from '../platform/access/session-cookie.js';
import { REMEMBERED_MS } from '../platform/access/sessions.js';
import { Me, type SignedIn } from '../platform/access/signed-in.js';
import { CurrentCompany } from '../platform/company-scope.js';
import { problemSchema } from '../platform/problem.js';
import { RateLimits } from '../platform/rate-limit/rate-limits.js';
import { passwordChangeSchema, sessionSchema, sessionView, type PasswordChange, type SessionView } from './session.schema.js';
import { SignIn } from './sign-in.js';

@ApiTags('session')
@Controller('api/password')
export class PasswordController {
  constructor(
    private readonly service: SignIn,
    private readonly limits: RateLimits,
  ) {}

  @Post()
  @Permit('account.own', { beforePasswordChange: true })
  @HttpCode(200)
  @ApiOperation({ summary: 'Change my password: ends my other sessions' })
  @ApiOkResponse({ standardSchema: sessionSchema })
  @ApiUnprocessableEntityResponse({ standardSchema: problemSchema, description: 'password-wrong, or the rule that the new one breaks' })
  @SerializeOptions({ schema: sessionSchema })
  async change(
    @Body({ schema: passwordChangeSchema }) change: PasswordChange,
    @Me() me: SignedIn,
    @CurrentCompany() company: Company,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionView> {
    this.limits.take('password', request.ip);
    const token = await this.service.changePassword(me, change, request.ip);
    setSessionCookie(request, reply, token, me.remember ? REMEMBERED_MS / 1_000 : undefined);
    return sessionView({ ...me, mustChangePassword: false }, company);
  }
}
