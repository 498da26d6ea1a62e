import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query, Req, Res, SerializeOptions } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Actor } from '../../../libs/db/audit.js';
import { forCompany } from '../../../libs/db/company.js';
import type { MissedPolicy } from '../../../libs/domain/status/status.js';
import { Permit } from '../platform/access/access.js';
import { By } from '../platform/access/actor.js';
import { Me, type SignedIn } from '../platform/access/signed-in.js';
import { Command, CommandId } from '../platform/idempotency/command.js';
import { ProblemException, problemSchema } from '../platform/problem.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import { StatusCommands } from './status-commands.js';
import { StatusImages } from './status-images.js';
import {
  clearedSchema, missedPolicySchema, newStatusSchema, statusEditSchema, statusImageSchema, statusPageSchema, statusQuerySchema, statusSchema,
  viewerSchema, type NewStatus, type StatusEdit, type StatusImage, type StatusPage, type StatusQuery, type StatusView, type Viewer,
} from './status.schema.js';
import { listStatuses, statusById, viewersOf } from './statuses.queries.js';

const id = { schema: z.uuid() };
const imageId = { schema: z.string().regex(/^[0-9a-f]{64}$/) };

@ApiTags('statuses')
@Permit('statuses.manage')
@ApiServiceUnavailableResponse({ standardSchema: problemSchema, description: 'The database, the workflow engine or the media store is away; nothing was done' })
@Controller('api/statuses')
export class StatusesController {
  constructor(
    @Inject(SOURCES) private readonly sources: Sources,
    private readonly commands: StatusCommands,
    private readonly images: StatusImages,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Planned statuses by their time, or what has become of earlier ones, newest first' })
  @ApiOkResponse({ standardSchema: statusPageSchema })
  @SerializeOptions({ schema: statusPageSchema })
  list(@Query({ schema: statusQuerySchema }) query: StatusQuery, @Me() { company }: SignedIn): Promise<StatusPage> {
    return forCompany(this.sources.orm, company, (em) => listStatuses(em, company, query, Date.now()));
  }

  @Post()
  @Command()
  @HttpCode(200)
  @ApiOperation({ summary: 'Publish a text or an image, now or later' })
  @ApiOkResponse({ standardSchema: statusSchema })
  @SerializeOptions({ schema: statusSchema })
  create(@Body({ schema: newStatusSchema }) status: NewStatus, @Me() me: SignedIn, @CommandId() command: string): Promise<StatusView> {
    return this.commands.create(me, command, status);
  }

  @Put('missed')
  @Permit('company.manage')
  @Command()
  @ApiOperation({ summary: 'What is done with those whose time passes during an outage' })
  @ApiOkResponse({ standardSchema: missedPolicySchema })
  @SerializeOptions({ schema: missedPolicySchema })
  async setMissed(@Body({ schema: missedPolicySchema }) { missed }: { missed: MissedPolicy }, @By() by: Actor): Promise<{ missed: MissedPolicy }> {
    await this.commands.setMissed(by, missed);
    return { missed };
  }

  @Post('clear')
  @Command()
  @HttpCode(200)
  @ApiOperation({ summary: 'Forget all that is over: expired, failed, cancelled, taken back' })
  @ApiOkResponse({ standardSchema: clearedSchema })
  @SerializeOptions({ schema: clearedSchema })
  async clear(@By() by: Actor): Promise<{ cleared: number }> {
    return { cleared: await this.commands.clear(by) };
  }

  @Post('images')
  @HttpCode(200)
  @ApiOperation({ summary: 'Put up a JPEG or PNG of at most 5 MB; the same image again is the same' })
  @ApiConsumes('image/jpeg', 'image/png')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiOkResponse({ standardSchema: statusImageSchema })
  @SerializeOptions({ schema: statusImageSchema })
  putImage(@Req() request: FastifyRequest, @Me() { company }: SignedIn): Promise<StatusImage> {
    return this.images.put(company, request);
  }

  @Get('images/:sha256')
  @ApiOperation({ summary: 'An image that was put up for a status' })
  @ApiParam({ name: 'sha256' })
  @ApiProduces('image/jpeg', 'image/png')
  @ApiOkResponse({ description: 'The image', content: { 'image/*': { schema: { type: 'string', format: 'binary' } } } })
  async image(@Param('sha256', imageId) sha256: string, @Me() { company }: SignedIn, @Res() reply: FastifyReply): Promise<void> {
    const { bytes, mimetype } = await this.images.open(company, sha256);
    void reply.headers({ 'content-type': mimetype, 'content-security-policy': 'sandbox', 'x-content-type-options': 'nosniff', 'cache-control': 'private, max-age=86400, immutable' });
    void reply.send(Buffer.from(bytes));
  }

  @Get(':id')
  @ApiOperation({ summary: 'One status' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: statusSchema })
  @SerializeOptions({ schema: statusSchema })
  read(@Param('id', id) status: string, @Me() { company }: SignedIn): Promise<StatusView> {
    return this.#found(company, status);
  }

  @Get(':id/views')
  @ApiOperation({ summary: 'Who has seen it, first to last' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: z.array(viewerSchema) })
  @SerializeOptions({ schema: viewerSchema }) // of each
  async views(@Param('id', id) status: string, @Me() { company }: SignedIn): Promise<Viewer[]> {
    await this.#found(company, status);
    return forCompany(this.sources.orm, company, (em) => viewersOf(em, company, status));
  }

  @Put(':id')
  @Command()
  @ApiOperation({ summary: 'Another content or time, while it is not out' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: statusSchema })
  @SerializeOptions({ schema: statusSchema })
  edit(@Param('id', id) status: string, @Body({ schema: statusEditSchema }) edit: StatusEdit, @Me() me: SignedIn, @CommandId() command: string): Promise<StatusView> {
    return this.commands.edit({ me, status, command }, edit);
  }

  @Post(':id/cancel')
  @Command()
  @HttpCode(200)
  @ApiOperation({ summary: 'Leave it out, while it is not out' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: statusSchema })
  @SerializeOptions({ schema: statusSchema })
  cancel(@Param('id', id) status: string, @Me() me: SignedIn, @CommandId() command: string): Promise<StatusView> {
    return this.commands.order({ me, status, command }, 'cancel');
  }

  @Post(':id/publish')
  @Command()
  @HttpCode(200)
  @ApiOperation({ summary: 'Publish a planned or missed one now' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: statusSchema })
  @SerializeOptions({ schema: statusSchema })
  publish(@Param('id', id) status: string, @Me() me: SignedIn, @CommandId() command: string): Promise<StatusView> {
    return this.commands.order({ me, status, command }, 'publish');
  }

  @Post(':id/retry')
  @Command()
  @HttpCode(200)
  @ApiOperation({ summary: 'Once more, after it failed or nobody knows; who has seen it sees it once' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: statusSchema })
  @SerializeOptions({ schema: statusSchema })
  retry(@Param('id', id) status: string, @Me() me: SignedIn, @CommandId() command: string): Promise<StatusView> {
    return this.commands.order({ me, status, command }, 'retry');
  }

  @Post(':id/remove')
  @Command()
  @HttpCode(200)
  @ApiOperation({ summary: 'Take it back from everybody, while it is shown' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: statusSchema })
  @SerializeOptions({ schema: statusSchema })
  remove(@Param('id', id) status: string, @Me() me: SignedIn, @CommandId() command: string): Promise<StatusView> {
    return this.commands.order({ me, status, command }, 'remove');
  }

  async #found(company: string, id: string): Promise<StatusView> {
    const status = await forCompany(this.sources.orm, company, (em) => statusById(em, company, id));
    if (!status) throw new ProblemException('not-found');
    return status;
  }
}
