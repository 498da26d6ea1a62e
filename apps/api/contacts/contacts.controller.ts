import { Body, Controller, Get, HttpCode, Inject, Param, Post, SerializeOptions } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '../../../libs/db/audit.js';
import { forCompany } from '../../../libs/db/company.js';
import { Permit } from '../platform/access/access.js';
import { By } from '../platform/access/actor.js';
import { Me, type SignedIn } from '../platform/access/signed-in.js';
import { Command } from '../platform/idempotency/command.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import { ContactMerges } from './contact-merges.js';
import { contactMergeSchema, contactSchema, mergeRequestSchema, type ContactMergeView, type ContactView, type MergeRequest } from './contact.schema.js';
import { contactView, mergesOf } from './contacts.queries.js';

const id = { schema: z.uuid() };

@ApiTags('contacts')
@Permit('contacts.merge')
@Controller('api')
export class ContactsController {
  constructor(
    @Inject(SOURCES) private readonly sources: Sources,
    private readonly changes: ContactMerges,
  ) {}

  @Get('contacts/:id')
  @ApiOperation({ summary: 'A person, and under which numbers they write' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: contactSchema })
  @SerializeOptions({ schema: contactSchema })
  read(@Param('id', id) contact: string, @Me() { company }: SignedIn): Promise<ContactView> {
    return forCompany(this.sources.orm, company, (em) => contactView(em, company, contact));
  }

  @Get('contacts/:id/merges')
  @ApiOperation({ summary: 'Who was merged into it, and who was taken apart again; newest first' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: z.array(contactMergeSchema) })
  @SerializeOptions({ schema: contactMergeSchema }) // of each
  merges(@Param('id', id) contact: string, @Me() { company }: SignedIn): Promise<ContactMergeView[]> {
    return forCompany(this.sources.orm, company, async (em) => {
      await contactView(em, company, contact);
      return mergesOf(em, company, contact);
    });
  }

  @Post('contacts/:id/merges')
  @Command()
  @ApiOperation({ summary: 'These two are one person: the newer becomes part of the older' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiCreatedResponse({ standardSchema: contactMergeSchema })
  @SerializeOptions({ schema: contactMergeSchema })
  merge(@Param('id', id) contact: string, @Body({ schema: mergeRequestSchema }) { with: other }: MergeRequest, @By() by: Actor): Promise<ContactMergeView> {
    return this.changes.merge(by, contact, other);
  }

  @Post('contact-merges/:id/undo')
  @Command()
  @HttpCode(200)
  @ApiOperation({ summary: 'They are two after all: addresses, chats and the messages since go back' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: contactMergeSchema })
  @SerializeOptions({ schema: contactMergeSchema })
  undo(@Param('id', id) merge: string, @By() by: Actor): Promise<ContactMergeView> {
    return this.changes.undo(by, merge);
  }
}
