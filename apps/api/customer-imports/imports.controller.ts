import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, SerializeOptions } from '@nestjs/common';
import type { EntityManager } from '@mikro-orm/postgresql';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { undoImport } from '../../../activities/customer-book/import-undo.js';
import { confirmImport, keepDraft, previewImport } from '../../../activities/customer-book/importing.js';
import { instantFrom, present } from '../../../activities/customer-book/rows.js';
import { writeAudit, type Actor } from '../../../libs/db/audit.js';
import { guessMapping } from '../../../libs/domain/customer-import/fields.js';
import type { PlannedRow } from '../../../libs/domain/customer-import/plan-import.js';
import { readTable, TableFailure, type Table, type TableProblem } from '../../../libs/spreadsheet/read-table.js';
import { Book } from '../customers/book.js';
import { Permit } from '../platform/access/access.js';
import { By } from '../platform/access/actor.js';
import { Me, type SignedIn } from '../platform/access/signed-in.js';
import { readFileBody } from '../platform/file-bodies.js';
import { Command } from '../platform/idempotency/command.js';
import { ProblemException } from '../platform/problem.js';
import {
  importBatchSchema, importConfirmedSchema, importDraftSchema, importOptionsSchema, importPreviewSchema, uploadQuerySchema,
  type ImportBatch, type ImportConfirmed, type ImportDraft, type ImportOptionsBody, type ImportPreview,
} from './import.schema.js';

const MOST_BYTES = 10_000_000;
const SAMPLE = 5;
const said = { form: 'Tiene que ser un archivo CSV o XLSX.', tooLarge: 'El archivo pesa más de 10 MB.' };
const problems: Record<TableProblem, ProblemException> = {
  unreadable: new ProblemException('import-unreadable'),
  empty: new ProblemException('import-empty'),
  'too-many': new ProblemException('too-large', { detail: 'El archivo tiene más de 20.000 filas o de 80 columnas, o demasiado texto.' }),
};
const id = { schema: z.uuid() };

const tableOf = (bytes: Uint8Array): Promise<Table> =>
  readTable(bytes).catch((error: unknown) => Promise.reject(error instanceof TableFailure ? problems[error.problem] : (error as Error)));

const shown = ({ line, action, problems: of, read, service }: PlannedRow): ImportPreview['rows'][number] => ({
  line, action, problems: of, name: read.name, document: read.document, number: read.number, phones: read.phones, plan: read.plan, serviceNumber: read.serviceNumber, balance: read.balance,
  service: service === undefined ? 'none' : service === 'create' ? 'create' : 'update',
});
const chosen = { all: () => true, problems: ({ problems: of }: PlannedRow) => of.length > 0, error: ({ action }: PlannedRow) => action === 'error' };

async function readBatches(em: EntityManager, company: string, batch?: string): Promise<ImportBatch[]> {
  type Raw = { [K in keyof ImportBatch]: ImportBatch[K] | null };
  const rows = await em.execute<Raw[]>(
    `select id, file_name as "fileName", state, made_by_name as "madeBy", made_at as "madeAt", counts, done_at as "doneAt", undone_at as "undoneAt" from import_batches
      where company = ? and (?::uuid is null or id = ?::uuid) order by made_at desc limit 30`, [company, batch ?? null, batch ?? null]);
  const instant = (at: string | null | undefined) => (at ? instantFrom(at) : null);
  return rows.map(({ madeAt, doneAt, undoneAt, ...row }) => present({ ...row, madeAt: instant(madeAt), doneAt: instant(doneAt), undoneAt: instant(undoneAt) }) as ImportBatch);
}

@ApiTags('customer imports')
@Permit('customers.manage')
@Controller('api/customer-imports')
export class CustomerImportsController {
  constructor(private readonly book: Book) {}

  @Get()
  @ApiOperation({ summary: 'The last thirty, newest first' })
  @ApiOkResponse({ standardSchema: z.array(importBatchSchema) })
  @SerializeOptions({ schema: importBatchSchema }) // of each
  list(@Me() { company }: SignedIn): Promise<ImportBatch[]> {
    return this.book.within(company, (em) => readBatches(em, company));
  }

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'Put up a list of customers, CSV or XLSX, of at most 10 MB; nothing is written in the book' })
  @ApiConsumes('application/octet-stream')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiOkResponse({ standardSchema: importDraftSchema })
  @SerializeOptions({ schema: importDraftSchema })
  async upload(@Req() request: FastifyRequest, @Query({ schema: uploadQuerySchema }) { fileName }: { fileName: string }, @By() by: Actor): Promise<ImportDraft> {
    const table = await tableOf(await readFileBody(request, MOST_BYTES, said));
    const draft = await this.book.within(by.company, (em) => keepDraft(em, by.company, { name: fileName, table: table.rows }, by.name));
    const [headers = [], ...rows] = table.rows;
    const { kind, delimiter, encoding } = table;
    return { id: draft, fileName, kind, ...present({ delimiter, encoding }), headers, sample: rows.slice(0, SAMPLE), rows: rows.length, guesses: guessMapping(headers) };
  }

  @Post(':id/preview')
  @HttpCode(200)
  @ApiOperation({ summary: 'What each row would do, and what is wrong with it; nothing is written in the book' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: importPreviewSchema })
  @SerializeOptions({ schema: importPreviewSchema })
  preview(@Param('id', id) batch: string, @Body({ schema: importOptionsSchema }) { mapping, existing, only, page, size }: ImportOptionsBody, @Me() { company }: SignedIn): Promise<ImportPreview> {
    return this.book.within(company, async (em) => {
      const { rows, plans, counts } = await previewImport(em, company, batch, { mapping, existing });
      const some = rows.filter(chosen[only]);
      return { counts, total: some.length, plans, rows: some.slice((page - 1) * size, page * size).map(shown) };
    });
  }

  @Post(':id/confirm')
  @Command()
  @HttpCode(200)
  @ApiOperation({ summary: 'Do what was previewed, all of it or nothing' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: importBatchSchema })
  @SerializeOptions({ schema: importBatchSchema })
  confirm(@Param('id', id) batch: string, @Body({ schema: importConfirmedSchema }) { mapping, existing, seen }: ImportConfirmed, @By() by: Actor): Promise<ImportBatch> {
    return this.book.within(by.company, async (em) => {
      const counts = await confirmImport(em, by.company, batch, { mapping, existing }, seen);
      await writeAudit(em, by, { action: 'import.confirmed', subject: batch, after: counts });
      return (await readBatches(em, by.company, batch))[0]!;
    });
  }

  @Post(':id/undo')
  @Command()
  @HttpCode(200)
  @ApiOperation({ summary: 'Take it back, as long as nobody touched what it brought' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: importBatchSchema })
  @SerializeOptions({ schema: importBatchSchema })
  undo(@Param('id', id) batch: string, @By() by: Actor): Promise<ImportBatch> {
    return this.book.within(by.company, async (em) => {
      await undoImport(em, by.company, batch);
      await writeAudit(em, by, { action: 'import.undone', subject: batch, before: { state: 'done' }, after: { state: 'undone' } });
      return (await readBatches(em, by.company, batch))[0]!;
    });
  }
}
