import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res, SerializeOptions } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Actor } from '../../../libs/db/audit.js';
import { forCompany } from '../../../libs/db/company.js';
import { workflowId } from '../../../workflows/receipt/contract.js';
import { fileHeaders } from '../messages/file-headers.js';
import { Files } from '../messages/files.js';
import { Permit } from '../platform/access/access.js';
import { By } from '../platform/access/actor.js';
import { Me, type SignedIn } from '../platform/access/signed-in.js';
import { hostNameOf } from '../platform/addresses.js';
import { WorkflowLinks } from '../platform/engine/workflow-links.js';
import { Command, CommandId } from '../platform/idempotency/command.js';
import { ProblemException, problemSchema } from '../platform/problem.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import { ReceiptCommands } from './receipt-commands.js';
import { ReceiptCustomers } from './receipt-customers.js';
import { fileOf } from './receipt-detail.queries.js';
import { ReceiptUploads } from './receipt-uploads.js';
import {
  approvalSchema, correctionSchema, foundPayersSchema, newReceiptSchema, outlookSchema, payerQuerySchema, receiptPageSchema, receiptQuerySchema, receiptSchema, receiptUploadQuerySchema,
  receiptUploadSchema, refusalSchema, startedReceiptSchema, type Approval, type Correction, type FoundPayers, type NewReceipt, type Outlook, type ReceiptPage, type ReceiptQuery,
  type ReceiptUpload, type ReceiptView,
} from './receipt.schema.js';
import { exportReceipts } from './receipts-export.js';
import { listReceipts } from './receipts.queries.js';

const id = { schema: z.uuid() };

/** Proofs of payment: the queue of those to review, the history, and what people decide. What changes one is asked of its workflow. */
@ApiTags('receipts')
@Permit('receipts.read')
@ApiServiceUnavailableResponse({ standardSchema: problemSchema, description: 'The database, the workflow engine or the media store is away; nothing was done' })
@Controller('api/receipts')
export class ReceiptsController {
  constructor(
    @Inject(SOURCES) private readonly sources: Sources,
    private readonly commands: ReceiptCommands,
    private readonly uploads: ReceiptUploads,
    private readonly customers: ReceiptCustomers,
    private readonly files: Files,
    private readonly links: WorkflowLinks,
  ) {}

  @Get()
  @ApiOperation({ summary: 'A page of receipts, and how many there are under each filter' })
  @ApiOkResponse({ standardSchema: receiptPageSchema })
  @SerializeOptions({ schema: receiptPageSchema })
  list(@Query({ schema: receiptQuerySchema }) query: ReceiptQuery, @Me() { company }: SignedIn): Promise<ReceiptPage> {
    return forCompany(this.sources.orm, company, (em) => listReceipts(em, company, query));
  }

  @Get('export')
  @ApiOperation({ summary: 'The receipts of a list, of all its pages, as a CSV file (UTF-8, semicolons)' })
  @ApiProduces('text/csv')
  @ApiOkResponse({ description: 'At most 20,000 rows', content: { 'text/csv': { schema: { type: 'string' } } } })
  async export(@Query({ schema: receiptQuerySchema }) query: ReceiptQuery, @Me() { company }: SignedIn, @Res() reply: FastifyReply): Promise<void> {
    const csv = await forCompany(this.sources.orm, company, (em) => exportReceipts(em, company, query));
    void reply.headers({
      'content-type': 'text/csv; charset=utf-8', 'content-disposition': 'attachment; filename="comprobantes.csv"', 'x-content-type-options': 'nosniff', 'cache-control': 'private, no-store',
    }).send(csv);
  }

  @Get('customers')
  @ApiOperation({ summary: 'Customers whose payment one may be: in Hilo’s book by anything, in another ISP system by document or phone' })
  @ApiOkResponse({ standardSchema: foundPayersSchema })
  @SerializeOptions({ schema: foundPayersSchema })
  search(@Query({ schema: payerQuerySchema }) { q }: { q: string }, @Me() { company }: SignedIn): Promise<FoundPayers> {
    return this.customers.search(company, q);
  }

  @Post('files')
  @Permit('receipts.decide')
  @HttpCode(200)
  @ApiOperation({ summary: 'Put up a picture or PDF of at most 10 MB; whether the same file came before' })
  @ApiConsumes('application/octet-stream')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiOkResponse({ standardSchema: receiptUploadSchema })
  @SerializeOptions({ schema: receiptUploadSchema })
  upload(@Req() request: FastifyRequest, @Query({ schema: receiptUploadQuerySchema }) { name }: { name?: string }, @Me() me: SignedIn): Promise<ReceiptUpload> {
    return this.uploads.put(me, request, name);
  }

  @Post()
  @Permit('receipts.decide')
  @Command()
  @HttpCode(200)
  @ApiOperation({ summary: 'Have a file that was put up read as this customer’s receipt' })
  @ApiOkResponse({ standardSchema: startedReceiptSchema })
  @SerializeOptions({ schema: startedReceiptSchema })
  start(@Body({ schema: newReceiptSchema }) receipt: NewReceipt, @Me() me: SignedIn, @By() by: Actor, @CommandId() command: string): Promise<{ id: string }> {
    return this.uploads.start(me, by, command, receipt);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One receipt: what was read, what it was held against, what was decided, and what happened since' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: receiptSchema })
  @SerializeOptions({ schema: receiptSchema })
  async read(@Param('id', id) receipt: string, @Me() me: SignedIn, @Req() request: FastifyRequest): Promise<ReceiptView> {
    const found = await this.commands.find(me.company, receipt);
    const workflowUrl = await this.links.urlOf(workflowId({ company: me.company, receipt }), me, hostNameOf(request));
    return { ...found, ...(workflowUrl === undefined ? {} : { workflowUrl }) };
  }

  @Get(':id/outlook')
  @ApiOperation({ summary: 'What the ISP’s system says of its customer now, and what follows an approval' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: outlookSchema })
  @SerializeOptions({ schema: outlookSchema })
  async outlook(@Param('id', id) receipt: string, @Me() { company }: SignedIn): Promise<Outlook> {
    return this.customers.outlook(company, await this.commands.find(company, receipt));
  }

  @Get(':id/file')
  @ApiOperation({ summary: 'Its picture or PDF, as it came' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiProduces('application/octet-stream')
  @ApiOkResponse({ description: 'As what its content was found to be', content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } })
  async file(@Param('id', id) receipt: string, @Me() me: SignedIn, @Res() reply: FastifyReply): Promise<void> {
    const file = await forCompany(this.sources.orm, me.company, (em) => fileOf(em, me.company, receipt));
    if (!file) throw new ProblemException('not-found');
    if (file.sha256 === null) throw new ProblemException('file-pending');
    const stored = { ...file, sha256: file.sha256 };
    const { 'accept-ranges': _, ...headers } = fileHeaders(stored);
    const bytes = await this.files.stream(me, stored);
    void reply.headers(headers).header('content-length', file.size).send(bytes);
  }

  @Post(':id/approve')
  @Permit('receipts.decide')
  @Command()
  @HttpCode(200)
  @ApiOperation({ summary: 'Accept it, with a reason where that overrules what was decided: its payment is registered once' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: receiptSchema })
  @SerializeOptions({ schema: receiptSchema })
  approve(@Param('id', id) receipt: string, @Body({ schema: approvalSchema }) { why, despite }: Approval, @By() by: Actor, @CommandId() command: string): Promise<ReceiptView> {
    return this.commands.decide({ by, receipt, command, kind: 'approve', why, despite });
  }

  @Post(':id/reject')
  @Permit('receipts.decide')
  @Command()
  @HttpCode(200)
  @ApiOperation({ summary: 'Refuse it, for a reason that the customer is told; one that was accepted is undone by the company’s policy' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: receiptSchema })
  @SerializeOptions({ schema: receiptSchema })
  reject(@Param('id', id) receipt: string, @Body({ schema: refusalSchema }) { why }: { why: string }, @By() by: Actor, @CommandId() command: string): Promise<ReceiptView> {
    return this.commands.decide({ by, receipt, command, kind: 'reject', why });
  }

  @Post(':id/ask-another')
  @Permit('receipts.decide')
  @Command()
  @HttpCode(200)
  @ApiOperation({ summary: 'Ask the customer for a better one, and say what lacks' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: receiptSchema })
  @SerializeOptions({ schema: receiptSchema })
  askAnother(@Param('id', id) receipt: string, @Body({ schema: refusalSchema }) { why }: { why: string }, @By() by: Actor, @CommandId() command: string): Promise<ReceiptView> {
    return this.commands.decide({ by, receipt, command, kind: 'ask-another', why });
  }

  @Post(':id/correct')
  @Permit('receipts.decide')
  @Command()
  @HttpCode(200)
  @ApiOperation({ summary: 'Set right what was misread, whose payment it is, or which invoice is meant; it is weighed again' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: receiptSchema })
  @SerializeOptions({ schema: receiptSchema })
  correct(@Param('id', id) receipt: string, @Body({ schema: correctionSchema }) correction: Correction, @By() by: Actor, @CommandId() command: string): Promise<ReceiptView> {
    if (Object.keys(correction).length === 0) throw new ProblemException('bad-request');
    return this.commands.decide({ by, receipt, command, kind: 'correct', correction });
  }
}
