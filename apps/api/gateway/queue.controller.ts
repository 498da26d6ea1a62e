import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, SerializeOptions } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { forCompany } from '../../../libs/db/company.js';
import type { BatchState, NoticeCommandKind, NoticeRefusal } from '../../../libs/domain/notices/notice.js';
import { orderNotices } from '../../../workflows/notices/client.js';
import { workflowId, type BatchRef } from '../../../workflows/notices/contract.js';
import { Permit } from '../platform/access/access.js';
import { Me, type SignedIn } from '../platform/access/signed-in.js';
import { Engine } from '../platform/engine/engine.js';
import { Command, CommandId } from '../platform/idempotency/command.js';
import { ProblemException, problemSchema, type ProblemCode } from '../platform/problem.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import { noticeById, noticeQueue } from './queue.queries.js';
import {
  batchOrderSchema, batchStateSchema, noticeDetailSchema, queuePageSchema, queueQuerySchema, type BatchOrder, type NoticeDetail, type QueuePage, type QueueQuery,
} from './queue.schema.js';

const id = { schema: z.string().regex(/^\d{1,18}$/) };
const uuid = { schema: z.uuid() };
const refusals: Readonly<Record<NoticeRefusal, ProblemCode>> = { settled: 'notice-settled', sent: 'notice-sent' };

/** The day's notices, for those who look after them. What changes one is asked of its batch's workflow. */
@ApiTags('notices')
@Permit('notices.manage')
@ApiServiceUnavailableResponse({ standardSchema: problemSchema, description: 'The database or the workflow engine is away; nothing was done' })
@Controller('api/notice-queue')
export class NoticeQueueController {
  constructor(
    @Inject(SOURCES) private readonly sources: Sources,
    private readonly engine: Engine,
  ) {}

  @Get()
  @ApiOperation({ summary: 'A day’s notices, how many are in each state, and how their numbers fare' })
  @ApiOkResponse({ standardSchema: queuePageSchema })
  @SerializeOptions({ schema: queuePageSchema })
  list(@Query({ schema: queueQuerySchema }) query: QueueQuery, @Me() { company }: SignedIn): Promise<QueuePage> {
    return forCompany(this.sources.orm, company, (em) => noticeQueue(em, company, query, Date.now()));
  }

  @Get(':id')
  @ApiOperation({ summary: 'One notice, and all that happened to it' })
  @ApiParam({ name: 'id' })
  @ApiOkResponse({ standardSchema: noticeDetailSchema })
  @SerializeOptions({ schema: noticeDetailSchema })
  read(@Param('id', id) notice: string, @Me() { company }: SignedIn): Promise<NoticeDetail> {
    return this.#found(company, notice);
  }

  @Post(':id/cancel')
  @Command()
  @HttpCode(200)
  @ApiOperation({ summary: 'Leave it out, while it is not out' })
  @ApiParam({ name: 'id' })
  @ApiOkResponse({ standardSchema: noticeDetailSchema })
  @SerializeOptions({ schema: noticeDetailSchema })
  cancel(@Param('id', id) notice: string, @Me() me: SignedIn, @CommandId() key: string): Promise<NoticeDetail> {
    return this.#onNotice(me, notice, 'cancel-one', key);
  }

  @Post(':id/resend')
  @Command()
  @HttpCode(200)
  @ApiOperation({ summary: 'Once more, after it failed, expired or was cancelled' })
  @ApiParam({ name: 'id' })
  @ApiOkResponse({ standardSchema: noticeDetailSchema })
  @SerializeOptions({ schema: noticeDetailSchema })
  resend(@Param('id', id) notice: string, @Me() me: SignedIn, @CommandId() key: string): Promise<NoticeDetail> {
    return this.#onNotice(me, notice, 'resend', key);
  }

  @Post('batches/:channel')
  @Command()
  @HttpCode(200)
  @ApiOperation({ summary: 'pause, resume or cancel all that wait of a number’s day; of those that will be late: extend, fit (the rest expires), drop (they are cancelled)' })
  @ApiParam({ name: 'channel', format: 'uuid' })
  @ApiOkResponse({ standardSchema: batchStateSchema })
  @SerializeOptions({ schema: batchStateSchema })
  async order(@Param('channel', uuid) channel: string, @Body({ schema: batchOrderSchema }) { day, command }: BatchOrder, @Me() me: SignedIn, @CommandId() key: string): Promise<{ state: BatchState }> {
    const [known] = await forCompany(this.sources.orm, me.company, (em) =>
      em.execute<unknown[]>('select 1 from notice_batches where company = ? and channel = ?::uuid and day = ?::date', [me.company, channel, day]));
    if (!known) throw new ProblemException('not-found');
    return { state: await this.#ask(me, { company: me.company, channel, day }, command, key) };
  }

  async #onNotice(me: SignedIn, notice: string, kind: NoticeCommandKind, key: string): Promise<NoticeDetail> {
    const { channel, day: of } = await this.#found(me.company, notice);
    await this.#ask(me, { company: me.company, channel: channel.id, day: of }, kind, key, notice);
    return this.#found(me.company, notice);
  }

  async #ask({ user }: SignedIn, batch: BatchRef, kind: NoticeCommandKind, key: string, notice?: string): Promise<BatchState> {
    const answer = await this.engine.ask(workflowId(batch), (client) =>
      orderNotices(client, batch, kind, { command: key, actor: user.id, ...(notice === undefined ? {} : { notice }) }));
    if (!answer.ok) throw new ProblemException(refusals[answer.reason]);
    return answer.state;
  }

  /** @throws ProblemException `not-found`, also for another company's */
  async #found(company: string, notice: string): Promise<NoticeDetail> {
    const found = await forCompany(this.sources.orm, company, (em) => noticeById(em, company, notice));
    if (!found) throw new ProblemException('not-found');
    return found;
  }
}
