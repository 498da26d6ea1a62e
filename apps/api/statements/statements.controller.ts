import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, SerializeOptions } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Actor } from '../../../libs/db/audit.js';
import { Permit } from '../platform/access/access.js';
import { By } from '../platform/access/actor.js';
import { Me, type SignedIn } from '../platform/access/signed-in.js';
import { readFileBody } from '../platform/file-bodies.js';
import { Command } from '../platform/idempotency/command.js';
import { readAccounts, readImports, readIncoming } from './statement.queries.js';
import {
  incomingPageSchema, incomingQuerySchema, statementAccountSchema, statementConfirmedSchema, statementDraftSchema, statementImportSchema, statementOptionsSchema, statementPreviewSchema,
  statementUploadSchema, type IncomingPage, type IncomingQuery, type StatementAccount, type StatementConfirmed, type StatementDraft, type StatementImport, type StatementOptions,
  type StatementPreview, type StatementUpload,
} from './statement.schema.js';
import { Statements } from './statements.js';

const MOST_BYTES = 10_000_000;
const said = { form: 'Tiene que ser un archivo CSV o XLSX.', tooLarge: 'El archivo pesa más de 10 MB.' };
const id = { schema: z.uuid() };

@ApiTags('bank statements')
@Permit('statements.manage')
@Controller('api/statements')
export class StatementsController {
  constructor(private readonly statements: Statements) {}

  @Get()
  @ApiOperation({ summary: 'The last fifty imports, newest first' })
  @ApiOkResponse({ standardSchema: z.array(statementImportSchema) })
  @SerializeOptions({ schema: statementImportSchema }) // of each
  list(@Me() { company }: SignedIn): Promise<StatementImport[]> {
    return this.statements.within(company, (em) => readImports(em, company));
  }

  @Get('accounts')
  @ApiOperation({ summary: 'The company’s own accounts, to which a statement can belong' })
  @ApiOkResponse({ standardSchema: z.array(statementAccountSchema) })
  @SerializeOptions({ schema: statementAccountSchema }) // of each
  accounts(@Me() { company }: SignedIn): Promise<StatementAccount[]> {
    return this.statements.within(company, (em) => readAccounts(em, company));
  }

  @Get(':id')
  @ApiOperation({ summary: 'One import' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: statementImportSchema })
  @SerializeOptions({ schema: statementImportSchema })
  one(@Param('id', id) statement: string, @Me() { company }: SignedIn): Promise<StatementImport> {
    return this.statements.read(company, statement);
  }

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'Put up a bank’s statement, CSV or XLSX, of at most 10 MB; nothing comes in by it yet' })
  @ApiConsumes('application/octet-stream')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiOkResponse({ standardSchema: statementDraftSchema })
  @SerializeOptions({ schema: statementDraftSchema })
  async upload(@Req() request: FastifyRequest, @Query({ schema: statementUploadSchema }) query: StatementUpload, @By() by: Actor): Promise<StatementDraft> {
    return this.statements.keep(by, query, await readFileBody(request, MOST_BYTES, said));
  }

  @Post(':id/preview')
  @HttpCode(200)
  @ApiOperation({ summary: 'How each row is understood, what is new, and which receipts it would confirm or contradict; nothing is written' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: statementPreviewSchema })
  @SerializeOptions({ schema: statementPreviewSchema })
  preview(@Param('id', id) statement: string, @Body({ schema: statementOptionsSchema }) options: StatementOptions, @Me() { company }: SignedIn): Promise<StatementPreview> {
    return this.statements.preview(company, statement, options);
  }

  @Post(':id/confirm')
  @Command()
  @HttpCode(200)
  @ApiOperation({ summary: 'Do what was previewed, all of it or nothing, and tell the receipts that it may concern' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: statementImportSchema })
  @SerializeOptions({ schema: statementImportSchema })
  confirm(@Param('id', id) statement: string, @Body({ schema: statementConfirmedSchema }) options: StatementConfirmed, @By() by: Actor): Promise<StatementImport> {
    return this.statements.confirm(by, statement, options);
  }

  @Post(':id/undo')
  @Command()
  @HttpCode(200)
  @ApiOperation({ summary: 'Take it back, as long as no line of it has confirmed a payment' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: statementImportSchema })
  @SerializeOptions({ schema: statementImportSchema })
  undo(@Param('id', id) statement: string, @By() by: Actor): Promise<StatementImport> {
    return this.statements.undo(by, statement);
  }
}

@ApiTags('incoming payments')
@Permit('receipts.read')
@Controller('api/incoming-payments')
export class IncomingPaymentsController {
  constructor(private readonly statements: Statements) {}

  @Get()
  @ApiOperation({ summary: 'What came in, by statements and platforms, newest first; searched by amount, number of the operation, payer or text' })
  @ApiOkResponse({ standardSchema: incomingPageSchema })
  @SerializeOptions({ schema: incomingPageSchema })
  list(@Query({ schema: incomingQuerySchema }) query: IncomingQuery, @Me() { company }: SignedIn): Promise<IncomingPage> {
    return this.statements.within(company, (em) => readIncoming(em, company, query));
  }
}
