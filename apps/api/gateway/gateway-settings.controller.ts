import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, SerializeOptions } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '../../../libs/db/audit.js';
import { Permit } from '../platform/access/access.js';
import { By } from '../platform/access/actor.js';
import { Me, type SignedIn } from '../platform/access/signed-in.js';
import { Command, CommandId } from '../platform/idempotency/command.js';
import { GatewayDoor } from './door.js';
import { acceptedSchema } from './gateway.schema.js';
import {
  callbackSchema, gatewaySettingsSchema, givenCallbackSchema, givenTokenSchema, newTokenSchema, rotationSchema, testNoticeSchema, tokenChangeSchema, tokenSchema,
  type GatewaySettingsView, type GivenCallback, type GivenToken, type NewToken, type TestNotice, type TokenChange, type TokenView,
} from './gateway-settings.schema.js';
import { GatewaySettings } from './gateway-settings.js';
import { Gateway, type Accepted } from './gateway.js';

const id = { schema: z.uuid() };

@ApiTags('gateway')
@Permit('gateway.manage')
@Controller('api/gateway')
export class GatewaySettingsController {
  constructor(
    private readonly settings: GatewaySettings,
    private readonly door: GatewayDoor,
    private readonly gateway: Gateway,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Tokens, addresses and the callback of the message gateway' })
  @ApiOkResponse({ standardSchema: gatewaySettingsSchema })
  @SerializeOptions({ schema: gatewaySettingsSchema })
  read(@Me() { company }: SignedIn): Promise<GatewaySettingsView> {
    return this.settings.read(company);
  }

  @Post('tokens')
  @Command()
  @HttpCode(200)
  @ApiOperation({ summary: 'A new token: shown this once' })
  @ApiOkResponse({ standardSchema: givenTokenSchema })
  @SerializeOptions({ schema: givenTokenSchema })
  create(@Body({ schema: newTokenSchema }) token: NewToken, @By() by: Actor): Promise<GivenToken> {
    return this.settings.create(by, token);
  }

  @Patch('tokens/:id')
  @Command()
  @ApiOperation({ summary: 'Its name, how long its notices are worth sending, how many a minute' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: tokenSchema })
  @SerializeOptions({ schema: tokenSchema })
  change(@Param('id', id) token: string, @Body({ schema: tokenChangeSchema }) change: TokenChange, @By() by: Actor): Promise<TokenView> {
    return this.settings.change(by, token, change);
  }

  @Post('tokens/:id/rotate')
  @Command()
  @HttpCode(200)
  @ApiOperation({ summary: 'Another secret: shown this once. The one before works on for a while' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: givenTokenSchema })
  @SerializeOptions({ schema: givenTokenSchema })
  rotate(@Param('id', id) token: string, @Body({ schema: rotationSchema }) { graceMinutes }: { graceMinutes: number }, @By() by: Actor): Promise<GivenToken> {
    return this.settings.rotate(by, token, graceMinutes);
  }

  @Delete('tokens/:id')
  @Command()
  @HttpCode(204)
  @ApiOperation({ summary: 'It works no more, at once' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiNoContentResponse({ description: 'Revoked' })
  revoke(@Param('id', id) token: string, @By() by: Actor): Promise<void> {
    return this.settings.revoke(by, token);
  }

  @Post('tokens/:id/test')
  @Command()
  @HttpCode(200)
  @ApiOperation({ summary: 'Accept a notice as if a system had sent it with this token' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: acceptedSchema })
  @SerializeOptions({ schema: acceptedSchema })
  async test(@Param('id', id) token: string, @Body({ schema: testNoticeSchema }) { to, message, channel }: TestNotice, @Me() { company }: SignedIn, @CommandId() command: string): Promise<Accepted> {
    const caller = await this.door.standIn(company, token);
    this.door.mayAsk(caller);
    return this.gateway.accept(caller, { channel, to, message, url: undefined, attached: undefined, key: command });
  }

  @Put('callback')
  @Command()
  @ApiOperation({ summary: 'Where states are told; its secret is shown once, when it is new' })
  @ApiOkResponse({ standardSchema: givenCallbackSchema })
  @SerializeOptions({ schema: givenCallbackSchema })
  setCallback(@Body({ schema: callbackSchema }) { url }: { url: string }, @By() by: Actor): Promise<GivenCallback> {
    return this.settings.setCallback(by, url, false);
  }

  @Post('callback/secret')
  @Command()
  @HttpCode(200)
  @ApiOperation({ summary: 'Another secret for the callback: shown this once, and used at once' })
  @ApiOkResponse({ standardSchema: givenCallbackSchema })
  @SerializeOptions({ schema: givenCallbackSchema })
  renewSecret(@Body({ schema: callbackSchema }) { url }: { url: string }, @By() by: Actor): Promise<GivenCallback> {
    return this.settings.setCallback(by, url, true);
  }

  @Delete('callback')
  @Command()
  @HttpCode(204)
  @ApiOperation({ summary: 'Nobody is told any more' })
  @ApiNoContentResponse({ description: 'Removed' })
  removeCallback(@By() by: Actor): Promise<void> {
    return this.settings.removeCallback(by);
  }
}
