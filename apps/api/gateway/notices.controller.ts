import { Body, Controller, Get, Headers, HttpCode, Param, Post, Req, SerializeOptions } from '@nestjs/common';
import { ApiForbiddenResponse, ApiHeader, ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiParam, ApiSecurity, ApiServiceUnavailableResponse, ApiTags, ApiUnauthorizedResponse, ApiUnprocessableEntityResponse } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Everybody } from '../platform/access/access.js';
import { problemSchema } from '../platform/problem.js';
import { GatewayDoor, tokenOf } from './door.js';
import { acceptedSchema, newNoticeSchema, noticeStateSchema, type NewNotice, type NoticeStateView } from './gateway.schema.js';
import { Gateway, type Accepted } from './gateway.js';
import { NoticeStates } from './notice-states.js';

/** The message gateway in plain JSON, at the company's host. */
@ApiTags('gateway')
@ApiSecurity('gateway')
@Everybody({ anyOrigin: true, machines: true })
@ApiUnauthorizedResponse({ standardSchema: problemSchema, description: 'No token' })
@ApiForbiddenResponse({ standardSchema: problemSchema, description: 'Not a token of this company' })
@Controller('api/notices')
export class NoticesController {
  constructor(
    private readonly door: GatewayDoor,
    private readonly gateway: Gateway,
    private readonly states: NoticeStates,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'Accept a notice: it is committed when this answers' })
  @ApiHeader({ name: 'idempotency-key', required: false, description: 'As `id` in the body' })
  @ApiOkResponse({ standardSchema: acceptedSchema })
  @ApiUnprocessableEntityResponse({ standardSchema: problemSchema, description: 'It cannot be sent; `code` says why' })
  @ApiServiceUnavailableResponse({ standardSchema: problemSchema, description: 'The bot is stopped, or the database is away; Retry-After says when to ask again' })
  @SerializeOptions({ schema: acceptedSchema })
  async create(@Body({ schema: newNoticeSchema }) notice: NewNotice, @Headers('idempotency-key') header: string | undefined, @Req() request: FastifyRequest): Promise<Accepted> {
    const caller = await this.door.admit(request.headers.host ?? '', tokenOf(request.headers, undefined));
    this.door.mayAsk(caller);
    const { channel, to, message, file: url, id } = notice;
    return this.gateway.accept(caller, { channel, to, message, url, attached: undefined, key: header ?? id });
  }

  @Get(':id')
  @ApiOperation({ summary: 'What is known of a notice' })
  @ApiParam({ name: 'id' })
  @ApiOkResponse({ standardSchema: noticeStateSchema })
  @ApiNotFoundResponse({ standardSchema: problemSchema, description: 'Not here, or another company’s' })
  @SerializeOptions({ schema: noticeStateSchema })
  async read(@Param('id') id: string, @Req() request: FastifyRequest): Promise<NoticeStateView> {
    const caller = await this.door.admit(request.headers.host ?? '', tokenOf(request.headers, undefined));
    return this.states.byId(caller.company, id);
  }
}
