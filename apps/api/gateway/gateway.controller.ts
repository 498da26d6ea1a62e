import { Controller, Get, HttpCode, Param, Post, Req, SerializeOptions, UseFilters } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiParam, ApiQuery, ApiResponse, ApiSecurity, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { gatewayTypeOf } from '../platform/file-bodies.js';
import { Everybody } from '../platform/access/access.js';
import { GatewayDoor, tokenOf } from './door.js';
import { fieldOf, fieldsOf, fieldsOfForm, type Fields } from './fields.js';
import { GatewayErrors } from './gateway-errors.filter.js';
import { gatewayErrorSchema, gatewaySuccessSchema, noticeStateSchema, type GatewaySuccess, type NoticeStateView } from './gateway.schema.js';
import { Gateway } from './gateway.js';
import { NoticeStates } from './notice-states.js';
import { readBody } from './request-body.js';

const queryOf = ({ url }: FastifyRequest): string => url.split('?').slice(1).join('?');

const asked = () => (target: object, name: string, descriptor: PropertyDescriptor): void => {
  const described = [
    ApiOperation({ summary: 'Accept a notice, as panels of ISPs’ systems call: form, JSON, multipart or query; many names for each field' }),
    ApiParam({ name: 'company', description: 'The company’s id, or its host' }), ApiParam({ name: 'channel', description: 'The number that sends: its id or digits' }),
    ApiOkResponse({ standardSchema: gatewaySuccessSchema, description: 'Accepted: it is committed' }),
    ...[400, 401, 403, 413, 422, 429, 503].map((status) => ApiResponse({ status, standardSchema: gatewayErrorSchema })),
  ];
  for (const decorate of described) decorate(target, name, descriptor);
};

/** The message gateway: what an ISP's system calls to have a message sent. Its token says whose it is; the query is never logged. */
@ApiTags('gateway')
@ApiSecurity('gateway')
@UseFilters(GatewayErrors)
@Controller('gw')
export class GatewayController {
  constructor(
    private readonly door: GatewayDoor,
    private readonly gateway: Gateway,
    private readonly states: NoticeStates,
  ) {}

  @Get(':company/:channel/send')
  @Everybody({ anyOrigin: true, machines: true })
  @asked()
  @ApiQuery({ name: 'to', description: 'or destinatario, numero, number, phone, celular, telefono' })
  @ApiQuery({ name: 'message', description: 'or mensaje, text, texto, msg, body' })
  @SerializeOptions({ schema: gatewaySuccessSchema })
  sendByQuery(@Param('company') company: string, @Param('channel') channel: string, @Req() request: FastifyRequest): Promise<GatewaySuccess> {
    return this.#send(company, channel, request);
  }

  @Post(':company/:channel/send')
  @Everybody({ anyOrigin: true, machines: true })
  @HttpCode(200)
  @asked()
  @ApiConsumes('application/x-www-form-urlencoded', 'application/json', 'multipart/form-data')
  @ApiBody({ schema: { type: 'object', properties: { to: { type: 'string' }, message: { type: 'string' }, file: { type: 'string' }, id: { type: 'string' } } } })
  @SerializeOptions({ schema: gatewaySuccessSchema })
  send(@Param('company') company: string, @Param('channel') channel: string, @Req() request: FastifyRequest): Promise<GatewaySuccess> {
    return this.#send(company, channel, request);
  }

  @Get(':company/:channel/notices/:id')
  @Everybody({ anyOrigin: true, machines: true })
  @ApiOperation({ summary: 'What is known of a notice' })
  @ApiParam({ name: 'company' })
  @ApiParam({ name: 'channel' })
  @ApiParam({ name: 'id' })
  @ApiOkResponse({ standardSchema: noticeStateSchema })
  @SerializeOptions({ schema: noticeStateSchema })
  async read(@Param('company') company: string, @Param('id') id: string, @Req() request: FastifyRequest): Promise<NoticeStateView> {
    const caller = await this.door.admit(company, tokenOf(request.headers, fieldOf({ values: fieldsOfForm(queryOf(request)) }, 'token')));
    return this.states.byId(caller.company, id);
  }

  async #send(company: string, channel: string, request: FastifyRequest): Promise<GatewaySuccess> {
    const early = tokenOf(request.headers, fieldOf({ values: fieldsOfForm(queryOf(request)) }, 'token'));
    const known = early === undefined ? undefined : await this.door.admit(company, early); // before its body is read
    const fields = await this.#read(request, known !== undefined);
    const caller = known ?? (await this.door.admit(company, fieldOf(fields, 'token')));
    this.door.mayAsk(caller);
    const header = request.headers['idempotency-key'];
    const { id, eta } = await this.gateway.accept(caller, {
      channel, to: fieldOf(fields, 'to'), message: fieldOf(fields, 'message'), url: fields.attached ? undefined : fieldOf(fields, 'file'), attached: fields.attached,
      key: typeof header === 'string' && header.trim() !== '' ? header.trim() : fieldOf(fields, 'key'),
    });
    return { status: 'success', estado: 'exito', id, ...(eta === undefined ? {} : { eta }) };
  }

  /** A file only from whom is known: strangers would have us hold as much as they can send. */
  async #read(request: FastifyRequest, isKnown: boolean): Promise<Fields> {
    const type = gatewayTypeOf(request);
    return fieldsOf(queryOf(request), type, await readBody(request.body, isKnown && type.toLowerCase().startsWith('multipart/')));
  }
}
