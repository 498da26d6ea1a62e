import { Body, Controller, Get, HttpCode, Param, Post, Put, SerializeOptions } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { confirmRun, previewRun, undoRun, type RunPreview } from '../../../activities/customer-book/invoicing-runs.js';
import { lockSettings, saveSettings } from '../../../activities/customer-book/invoices.js';
import { writeAudit, type Actor } from '../../../libs/db/audit.js';
import { Permit } from '../platform/access/access.js';
import { By } from '../platform/access/actor.js';
import { Me, type SignedIn } from '../platform/access/signed-in.js';
import { Command } from '../platform/idempotency/command.js';
import { Book } from '../customers/book.js';
import { readRuns } from './invoice.queries.js';
import {
  invoicingSettingsChangeSchema, invoicingSettingsSchema, runConfirmedSchema, runPreviewSchema, runSchema, runWantedSchema,
  type InvoicingSettings, type InvoicingSettingsChange, type RunConfirmed, type RunView, type RunWantedBody,
} from './invoice.schema.js';

@ApiTags('invoicing')
@Permit('customers.manage')
@Controller('api/invoicing')
export class InvoicingController {
  constructor(private readonly book: Book) {}

  @Get('settings')
  @ApiOperation({ summary: 'How a month is invoiced' })
  @ApiOkResponse({ standardSchema: invoicingSettingsSchema })
  @SerializeOptions({ schema: invoicingSettingsSchema })
  settings(@Me() { company }: SignedIn): Promise<InvoicingSettings> {
    return this.book.within(company, (em) => lockSettings(em, company));
  }

  @Put('settings')
  @Command()
  @ApiOperation({ summary: 'From the next run on' })
  @ApiOkResponse({ standardSchema: invoicingSettingsSchema })
  @SerializeOptions({ schema: invoicingSettingsSchema })
  save(@Body({ schema: invoicingSettingsChangeSchema }) change: InvoicingSettingsChange, @By() by: Actor): Promise<InvoicingSettings> {
    return this.book.within(by.company, async (em) => {
      const before = await lockSettings(em, by.company);
      const after = await saveSettings(em, by.company, change);
      await writeAudit(em, by, { action: 'invoicing.settings-changed', subject: by.company, before: { ...before }, after: { ...after } });
      return after;
    });
  }

  @Post('preview')
  @HttpCode(200)
  @ApiOperation({ summary: 'What a run would make; nothing is written' })
  @ApiOkResponse({ standardSchema: runPreviewSchema })
  @SerializeOptions({ schema: runPreviewSchema })
  preview(@Body({ schema: runWantedSchema }) wanted: RunWantedBody, @Me() { company }: SignedIn): Promise<RunPreview> {
    return this.book.within(company, (em) => previewRun(em, company, wanted));
  }

  @Get('runs')
  @ApiOperation({ summary: 'The last fifty, newest first' })
  @ApiOkResponse({ standardSchema: z.array(runSchema) })
  @SerializeOptions({ schema: runSchema }) // of each
  runs(@Me() { company }: SignedIn): Promise<RunView[]> {
    return this.book.within(company, (em) => readRuns(em, company));
  }

  @Post('runs')
  @Command()
  @ApiOperation({ summary: 'Make what was previewed, all of it or nothing' })
  @ApiCreatedResponse({ standardSchema: runSchema })
  @SerializeOptions({ schema: runSchema })
  confirm(@Body({ schema: runConfirmedSchema }) { seen, ...wanted }: RunConfirmed, @By() by: Actor): Promise<RunView> {
    return this.book.within(by.company, async (em) => {
      const { id, preview } = await confirmRun(em, by.company, wanted, seen, by.name);
      await writeAudit(em, by, { action: 'invoicing.confirmed', subject: id, after: { period: preview.period, dueOn: preview.dueOn, ...seen } });
      return (await readRuns(em, by.company, id))[0]!;
    });
  }

  @Post('runs/:id/undo')
  @Command()
  @HttpCode(200)
  @ApiOperation({ summary: 'Cancel all that it made, as long as nothing of it is paid' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: runSchema })
  @SerializeOptions({ schema: runSchema })
  undo(@Param('id', { schema: z.uuid() }) id: string, @By() by: Actor): Promise<RunView> {
    return this.book.within(by.company, async (em) => {
      const cancelled = await undoRun(em, by.company, id);
      await writeAudit(em, by, { action: 'invoicing.undone', subject: id, after: { cancelled } });
      return (await readRuns(em, by.company, id))[0]!;
    });
  }
}
