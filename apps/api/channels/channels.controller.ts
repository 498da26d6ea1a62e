import { Body, Controller, Get, HttpCode, Param, Post, Req, SerializeOptions } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Actor } from '../../../libs/db/audit.js';
import { Permit } from '../platform/access/access.js';
import { By } from '../platform/access/actor.js';
import { Me, type SignedIn } from '../platform/access/signed-in.js';
import { hostNameOf } from '../platform/addresses.js';
import { Command } from '../platform/idempotency/command.js';
import { channelSchema, linkSchema, type ChannelView, type LinkWish } from './channel.schema.js';
import { Channels } from './channels.js';

@ApiTags('channels')
@Controller('api/channels')
export class ChannelsController {
  constructor(private readonly channels: Channels) {}

  @Get()
  @Permit('channels.read')
  @ApiOperation({ summary: 'The company’s numbers, and how far their links have come' })
  @ApiOkResponse({ standardSchema: z.array(channelSchema) })
  @SerializeOptions({ schema: channelSchema }) // of each
  list(@Me() me: SignedIn, @Req() request: FastifyRequest): Promise<ChannelView[]> {
    return this.channels.list({ me, hostName: hostNameOf(request) });
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
}
