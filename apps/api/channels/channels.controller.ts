import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Req, SerializeOptions } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Actor } from '../../../libs/db/audit.js';
import { Permit } from '../platform/access/access.js';
import { By } from '../platform/access/actor.js';
import { Me, type SignedIn } from '../platform/access/signed-in.js';
import { hostNameOf } from '../platform/addresses.js';
import { Command } from '../platform/idempotency/command.js';
import {
  channelNameSchema, channelSchema, groupSchema, linkSchema, notifiedGroupSchema,
  type ChannelName, type ChannelView, type GroupView, type LinkWish, type NotifiedGroup,
} from './channel.schema.js';
import { Channels } from './channels.js';
import { Groups } from './groups.js';

@ApiTags('channels')
@Controller('api/channels')
export class ChannelsController {
  constructor(private readonly channels: Channels, private readonly groups: Groups) {}

  @Get()
  @Permit('channels.read')
  @ApiOperation({ summary: 'The company’s numbers, and how far their links have come' })
  @ApiOkResponse({ standardSchema: z.array(channelSchema) })
  @SerializeOptions({ schema: channelSchema }) // of each
  list(@Me() me: SignedIn, @Req() request: FastifyRequest): Promise<ChannelView[]> {
    return this.channels.list({ me, hostName: hostNameOf(request) });
  }

  @Post()
  @Permit('channels.link')
  @Command()
  @ApiOperation({ summary: 'One more number, to be linked' })
  @ApiCreatedResponse({ standardSchema: channelSchema })
  @SerializeOptions({ schema: channelSchema })
  create(@Body({ schema: channelNameSchema }) name: ChannelName, @Me() me: SignedIn, @By() by: Actor, @Req() request: FastifyRequest): Promise<ChannelView> {
    return this.channels.create({ me, by, hostName: hostNameOf(request) }, name);
  }

  @Patch(':id')
  @Permit('channels.link')
  @Command()
  @ApiOperation({ summary: 'Another name' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: channelSchema })
  @SerializeOptions({ schema: channelSchema })
  rename(
    @Param('id', { schema: z.uuid() }) id: string, @Body({ schema: channelNameSchema }) name: ChannelName,
    @Me() me: SignedIn, @By() by: Actor, @Req() request: FastifyRequest,
  ): Promise<ChannelView> {
    return this.channels.rename({ me, by, hostName: hostNameOf(request) }, id, name);
  }

  @Delete(':id')
  @Permit('channels.link')
  @Command()
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove a number that is not linked and has no conversations' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiNoContentResponse()
  remove(@Param('id', { schema: z.uuid() }) id: string, @Me() me: SignedIn, @By() by: Actor, @Req() request: FastifyRequest): Promise<void> {
    return this.channels.remove({ me, by, hostName: hostNameOf(request) }, id);
  }

  @Post(':id/link')
  @Permit('channels.link')
  @Command()
  @HttpCode(200)
  @ApiOperation({ summary: 'Ask the network for a QR, or for a code for the phone of that number' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: channelSchema })
  @SerializeOptions({ schema: channelSchema })
  link(
    @Param('id', { schema: z.uuid() }) id: string, @Body({ schema: linkSchema }) wish: LinkWish,
    @Me() me: SignedIn, @By() by: Actor, @Req() request: FastifyRequest,
  ): Promise<ChannelView> {
    return this.channels.link({ me, by, hostName: hostNameOf(request) }, id, wish);
  }

  @Post(':id/unlink')
  @Permit('tools.use')
  @Command()
  @HttpCode(200)
  @ApiOperation({ summary: 'Take this device off the phone; messages stay' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: channelSchema })
  @SerializeOptions({ schema: channelSchema })
  unlink(
    @Param('id', { schema: z.uuid() }) id: string, @Me() me: SignedIn, @By() by: Actor, @Req() request: FastifyRequest,
  ): Promise<ChannelView> {
    return this.channels.unlink({ me, by, hostName: hostNameOf(request) }, id);
  }

  @Post(':id/restart')
  @Permit('tools.use')
  @Command()
  @HttpCode(200)
  @ApiOperation({ summary: 'Connect anew, keeping the link' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: channelSchema })
  @SerializeOptions({ schema: channelSchema })
  restart(
    @Param('id', { schema: z.uuid() }) id: string, @Me() me: SignedIn, @By() by: Actor, @Req() request: FastifyRequest,
  ): Promise<ChannelView> {
    return this.channels.restart({ me, by, hostName: hostNameOf(request) }, id);
  }

  @Get(':id/groups')
  @Permit('channels.read')
  @ApiOperation({ summary: 'The groups that this number is in' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: z.array(groupSchema) })
  @SerializeOptions({ schema: groupSchema }) // of each
  listGroups(@Param('id', { schema: z.uuid() }) id: string, @Me() { company }: SignedIn): Promise<GroupView[]> {
    return this.groups.list(company, id);
  }

  @Post(':id/notified-group')
  @Permit('channels.link')
  @Command()
  @HttpCode(200)
  @ApiOperation({ summary: 'Which group hears of new tickets; agents take them there by answering' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: z.array(groupSchema) })
  @SerializeOptions({ schema: groupSchema }) // of each
  notifyGroup(
    @Param('id', { schema: z.uuid() }) id: string, @Body({ schema: notifiedGroupSchema }) group: NotifiedGroup,
    @Me() { company }: SignedIn, @By() by: Actor,
  ): Promise<GroupView[]> {
    return this.groups.notify(company, id, group, by);
  }
}
