import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, SerializeOptions } from '@nestjs/common';
import {
  ApiBody, ApiConflictResponse, ApiConsumes, ApiOkResponse, ApiOperation, ApiParam, ApiServiceUnavailableResponse, ApiTags, ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Actor } from '../../../libs/db/audit.js';
import { forCompany } from '../../../libs/db/company.js';
import { workflowId } from '../../../workflows/conversation/contract.js';
import { Permit } from '../platform/access/access.js';
import { By } from '../platform/access/actor.js';
import { Me, type SignedIn } from '../platform/access/signed-in.js';
import { hostNameOf } from '../platform/addresses.js';
import { WorkflowLinks } from '../platform/engine/workflow-links.js';
import { Command, CommandId } from '../platform/idempotency/command.js';
import { problemSchema } from '../platform/problem.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import {
  conversationSchema, customerPanelSchema, entryPageSchema, entryQuerySchema, entrySchema, invoiceToSendSchema, linkToSendSchema, replySchema, uploadQuerySchema, uploadSchema,
  type ConversationView, type CustomerPanel, type Entry, type EntryPage, type EntryQuery, type InvoiceToSend, type LinkToSend, type ReplyContent, type Upload, type UploadQuery,
} from './conversation.schema.js';
import { conversationAtHand, conversationView } from './conversations.queries.js';
import { CustomerPanels } from './customer-panel.js';
import { InvoiceSending } from './invoice-sending.js';
import { entryPage } from './entries.queries.js';
import { PaymentLinkSending } from './payment-link-sending.js';
import { Replies } from './replies.js';
import { Uploads } from './uploads.js';

const id = { schema: z.uuid() };

@ApiTags('conversations')
@Permit('omnichat.use')
@Controller('api/conversations')
export class ConversationsController {
  constructor(
    @Inject(SOURCES) private readonly sources: Sources,
    private readonly replies: Replies,
    private readonly uploads: Uploads,
    private readonly panels: CustomerPanels,
    private readonly invoices: InvoiceSending,
    private readonly paymentLinks: PaymentLinkSending,
    private readonly links: WorkflowLinks,
  ) {}

  @Get(':id')
  @ApiOperation({ summary: 'With whom it is, who speaks, and its open ticket' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: conversationSchema })
  @SerializeOptions({ schema: conversationSchema })
  async read(@Param('id', id) conversation: string, @Me() me: SignedIn, @Req() request: FastifyRequest): Promise<ConversationView> {
    const { company } = me;
    const view = await forCompany(this.sources.orm, company, async (em) =>
      conversationView(em, company, await conversationAtHand(em, me, conversation), new Date()));
    const workflowUrl = await this.links.urlOf(workflowId(company, conversation), me, hostNameOf(request));
    return { ...view, ...(workflowUrl === undefined ? {} : { workflowUrl }) };
  }

  @Get(':id/messages')
  @ApiOperation({ summary: 'Messages, notes and what happened, a page at a time from the newest back' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: entryPageSchema })
  @SerializeOptions({ schema: entryPageSchema })
  messages(@Param('id', id) conversation: string, @Query({ schema: entryQuerySchema }) query: EntryQuery, @Me() me: SignedIn): Promise<EntryPage> {
    return forCompany(this.sources.orm, me.company, async (em) => {
      await conversationAtHand(em, me, conversation);
      return entryPage(em, me.company, conversation, query);
    });
  }

  @Post(':id/messages')
  @Command()
  @HttpCode(200)
  @ApiOperation({ summary: 'Write to the customer: whoever has its ticket' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: entrySchema })
  @ApiServiceUnavailableResponse({ standardSchema: problemSchema, description: 'The database or the workflow engine is away; nothing was sent' })
  @SerializeOptions({ schema: entrySchema })
  reply(
    @Param('id', id) conversation: string, @Body({ schema: replySchema }) reply: ReplyContent, @Me() me: SignedIn, @CommandId() request: string,
  ): Promise<Entry> {
    return this.replies.send({ me, conversation, request, reply });
  }

  @Post(':id/invoices')
  @Command()
  @HttpCode(200)
  @ApiOperation({ summary: 'Send the customer the document of one of their invoices: whoever has the ticket' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: entrySchema })
  @ApiServiceUnavailableResponse({ standardSchema: problemSchema, description: 'The ISP system, the files or the workflow engine are away; nothing was sent' })
  @SerializeOptions({ schema: entrySchema })
  sendInvoice(
    @Param('id', id) conversation: string, @Body({ schema: invoiceToSendSchema }) invoice: InvoiceToSend, @Me() me: SignedIn, @CommandId() request: string,
  ): Promise<Entry> {
    return this.invoices.send({ me, conversation, request, invoice });
  }

  @Post(':id/payment-links')
  @Command()
  @HttpCode(200)
  @ApiOperation({ summary: 'Send the customer a link to pay one of their invoices: whoever has the ticket; one that stands for the same invoice and amount is sent again' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: entrySchema })
  @ApiConflictResponse({ standardSchema: problemSchema, description: 'It is paid, a receipt of it is being looked at, or another amount is owed by now' })
  @ApiUnprocessableEntityResponse({ standardSchema: problemSchema, description: 'Not an invoice of whoever has this chat’s number, or no platform that takes it' })
  @ApiServiceUnavailableResponse({ standardSchema: problemSchema, description: 'The ISP system, the payment platform or the workflow engine are away; nothing was sent' })
  @SerializeOptions({ schema: entrySchema })
  sendLink(@Param('id', id) conversation: string, @Body({ schema: linkToSendSchema }) link: LinkToSend, @Me() me: SignedIn, @By() by: Actor, @CommandId() request: string): Promise<Entry> {
    return this.paymentLinks.send({ me, by, conversation, request, link });
  }

  @Post(':id/files')
  @HttpCode(200)
  @ApiOperation({ summary: 'Put a file up to send it; it may be sent for a day' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiConsumes('application/octet-stream')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiOkResponse({ standardSchema: uploadSchema })
  @ApiConflictResponse({ standardSchema: problemSchema, description: 'Somebody else has the ticket' })
  @ApiUnprocessableEntityResponse({ standardSchema: problemSchema, description: 'The file is not of its kind, or of one that is not sent' })
  @SerializeOptions({ schema: uploadSchema })
  upload(@Param('id', id) conversation: string, @Query({ schema: uploadQuerySchema }) query: UploadQuery, @Req() request: FastifyRequest, @Me() me: SignedIn): Promise<Upload> {
    return this.uploads.put(me, conversation, request, query);
  }

  @Get(':id/customer')
  @ApiOperation({ summary: 'What the company’s ISP system knows of whoever has this phone' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: customerPanelSchema })
  @SerializeOptions({ schema: customerPanelSchema })
  async customer(@Param('id', id) conversation: string, @Me() me: SignedIn): Promise<CustomerPanel> {
    const { contact } = await forCompany(this.sources.orm, me.company, (em) => conversationAtHand(em, me, conversation));
    return this.panels.read(me.company, contact.phone);
  }
}
