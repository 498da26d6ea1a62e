import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, SerializeOptions } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { forCompany } from '../../../libs/db/company.js';
import { maySeeTicket } from '../../../libs/domain/ticket/access.js';
import { workflowId } from '../../../workflows/ticket/contract.js';
import { Permit } from '../platform/access/access.js';
import { Me, type SignedIn } from '../platform/access/signed-in.js';
import { hostNameOf } from '../platform/addresses.js';
import { Command, CommandId } from '../platform/idempotency/command.js';
import { ProblemException, problemSchema } from '../platform/problem.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import { WorkflowLinks } from '../platform/engine/workflow-links.js';
import { personOf } from './sight.js';
import { TicketCommands, type Ordered } from './ticket-commands.js';
import {
  closeSchema, noteSchema, ticketAnswerSchema, ticketPageSchema, ticketQuerySchema, ticketSchema, transferSchema, type TicketAnswerView,
  type TicketPage, type TicketQuery, type TicketView, type Transfer,
} from './ticket.schema.js';
import { earlierTickets, listTickets, ticketAtHand, ticketItem, trailOf } from './tickets.queries.js';

const id = { schema: z.uuid() };

@ApiTags('tickets')
@Permit('omnichat.use')
@ApiServiceUnavailableResponse({ standardSchema: problemSchema, description: 'The database or the workflow engine is away; nothing was done' })
@Controller('api/tickets')
export class TicketsController {
  constructor(
    @Inject(SOURCES) private readonly sources: Sources,
    private readonly commands: TicketCommands,
    private readonly links: WorkflowLinks,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Tickets that I may see; open ones by their wait, closed ones newest first' })
  @ApiOkResponse({ standardSchema: ticketPageSchema })
  @SerializeOptions({ schema: ticketPageSchema })
  list(@Query({ schema: ticketQuerySchema }) query: TicketQuery, @Me() me: SignedIn): Promise<TicketPage> {
    return forCompany(this.sources.orm, me.company, (em) => listTickets(em, me.company, personOf(me), query));
  }

  @Get(':id')
  @ApiOperation({ summary: 'One ticket, its trail, and earlier ones of the same customer' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: ticketSchema })
  @SerializeOptions({ schema: ticketSchema })
  async read(@Param('id', id) ticket: string, @Me() me: SignedIn, @Req() request: FastifyRequest): Promise<TicketView> {
    const { company } = me;
    const found = await forCompany(this.sources.orm, company, async (em) => {
      const at = await ticketAtHand(em, company, ticket);
      if (!at || !maySeeTicket(personOf(me), at.facts)) throw new ProblemException('not-found');
      const item = (await ticketItem(em, company, ticket))!;
      return { ...item, events: await trailOf(em, company, ticket), earlier: await earlierTickets(em, company, personOf(me), item) };
    });
    const workflowUrl = await this.links.urlOf(workflowId(company, found.number), me, hostNameOf(request));
    return { ...found, ...(workflowUrl === undefined ? {} : { workflowUrl }) };
  }

  @Post(':id/take')
  @Command()
  @HttpCode(200)
  @ApiOperation({ summary: 'Take it: from then on I speak with the customer' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: ticketAnswerSchema })
  @SerializeOptions({ schema: ticketAnswerSchema })
  async take(@Param('id', id) ticket: string, @Me() me: SignedIn, @CommandId() command: string): Promise<TicketAnswerView> {
    return { ticket: await this.commands.take({ me, ticket, command }) };
  }

  @Post(':id/transfer')
  @Command()
  @HttpCode(200)
  @ApiOperation({ summary: 'Give it to a colleague, or back to the queue of a department' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: ticketAnswerSchema })
  @SerializeOptions({ schema: ticketAnswerSchema })
  async transfer(
    @Param('id', id) ticket: string, @Body({ schema: transferSchema }) transfer: Transfer, @Me() me: SignedIn, @CommandId() command: string,
  ): Promise<TicketAnswerView> {
    const ordered: Ordered = { me, ticket, command };
    return { ticket: await this.commands.transfer(ordered, transfer) };
  }

  @Post(':id/notes')
  @Command()
  @HttpCode(200)
  @ApiOperation({ summary: 'Write down what only colleagues may read' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: ticketAnswerSchema })
  @SerializeOptions({ schema: ticketAnswerSchema })
  async note(
    @Param('id', id) ticket: string, @Body({ schema: noteSchema }) { text }: { text: string }, @Me() me: SignedIn, @CommandId() command: string,
  ): Promise<TicketAnswerView> {
    return { ticket: await this.commands.note({ me, ticket, command }, text) };
  }

  @Post(':id/close')
  @Command()
  @HttpCode(200)
  @ApiOperation({ summary: 'End it: the bot has the conversation back' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: ticketAnswerSchema })
  @SerializeOptions({ schema: ticketAnswerSchema })
  async close(
    @Param('id', id) ticket: string, @Body({ schema: closeSchema }) { comment }: { comment?: string }, @Me() me: SignedIn, @CommandId() command: string,
  ): Promise<TicketAnswerView> {
    return { ticket: await this.commands.close({ me, ticket, command }, comment) };
  }

  @Post(':id/reopen')
  @Command()
  @HttpCode(200)
  @ApiOperation({ summary: 'Take a closed one up again' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: ticketAnswerSchema })
  @SerializeOptions({ schema: ticketAnswerSchema })
  async reopen(@Param('id', id) ticket: string, @Me() me: SignedIn, @CommandId() command: string): Promise<TicketAnswerView> {
    return { ticket: await this.commands.reopen({ me, ticket, command }) };
  }
}
