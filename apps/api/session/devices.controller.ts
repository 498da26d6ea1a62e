import { Controller, Delete, Get, HttpCode, Inject, Param, Req, Res, SerializeOptions } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { forCompany } from '../../../libs/db/company.js';
import { Session } from '../../../libs/db/entities/session.js';
import { Permit } from '../platform/access/access.js';
import { clearSessionCookie } from '../platform/access/session-cookie.js';
import { Me, type SignedIn } from '../platform/access/signed-in.js';
import { ProblemException } from '../platform/problem.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import { deviceSchema, type DeviceView } from './session.schema.js';

@ApiTags('session')
@Permit('account.own')
@Controller('api/sessions')
export class DevicesController {
  constructor(@Inject(SOURCES) private readonly sources: Sources) {}

  @Get()
  @ApiOperation({ summary: 'Where I am signed in' })
  @ApiOkResponse({ standardSchema: z.array(deviceSchema) })
  @SerializeOptions({ schema: deviceSchema }) // of each
  async list(@Me() { company, session, user }: SignedIn): Promise<DeviceView[]> {
    const rows = await forCompany(this.sources.orm, company, (em) =>
      em.find(Session, { company, owner: user.id, expiresAt: { $gt: new Date() } }, { orderBy: { seenAt: 'desc' } }));
    return rows.map((row) => ({
      id: row.id, current: row.id === session, remember: row.remember, address: row.address ?? null, userAgent: row.userAgent ?? null,
      createdAt: row.createdAt.toISOString(), seenAt: row.seenAt.toISOString(), expiresAt: row.expiresAt.toISOString(),
    }));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Sign a browser of mine out' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiNoContentResponse()
  async end(
    @Param('id', { schema: z.uuid() }) id: string,
    @Me() { company, session, user }: SignedIn,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const ended = await forCompany(this.sources.orm, company, (em) => em.nativeDelete(Session, { company, id, owner: user.id }));
    if (ended === 0) throw new ProblemException('not-found');
    if (id === session) clearSessionCookie(request, reply);
  }
}
