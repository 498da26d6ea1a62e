import { Body, Controller, Get, Put, SerializeOptions } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../libs/db/audit.js';
import { Permit } from '../platform/access/access.js';
import { By } from '../platform/access/actor.js';
import { Me, type SignedIn } from '../platform/access/signed-in.js';
import { Command } from '../platform/idempotency/command.js';
import { OperatingModes } from './operating-modes.js';
import {
  emergencyMessageSchema, emergencyTextSchema, modeChangeSchema, modeSchema, type EmergencyMessageView, type EmergencyTextBody,
  type ModeChange, type ModeView,
} from './tools.schema.js';

@ApiTags('tools')
@Controller('api/tools')
export class ToolsController {
  constructor(private readonly modes: OperatingModes) {}

  @Get('mode')
  @Permit('mode.read')
  @ApiOperation({ summary: 'The mode of the bot, and how many conversations it keeps for people' })
  @ApiOkResponse({ standardSchema: modeSchema })
  @SerializeOptions({ schema: modeSchema })
  readMode(@Me() { company }: SignedIn): Promise<ModeView> {
    return this.modes.mode(company);
  }

  @Put('mode')
  @Permit('tools.use')
  @Command()
  @ApiOperation({ summary: 'Begin a mode: it counts with the next message of each customer' })
  @ApiOkResponse({ standardSchema: modeSchema })
  @SerializeOptions({ schema: modeSchema })
  changeMode(@Body({ schema: modeChangeSchema }) { mode }: ModeChange, @By() by: Actor): Promise<ModeView> {
    return this.modes.change(by, mode);
  }

  @Get('emergency-message')
  @Permit('tools.use')
  @ApiOperation({ summary: 'What customers are told in an emergency' })
  @ApiOkResponse({ standardSchema: emergencyMessageSchema })
  @SerializeOptions({ schema: emergencyMessageSchema })
  readMessage(@Me() { company }: SignedIn): Promise<EmergencyMessageView> {
    return this.modes.message(company);
  }

  @Put('emergency-message')
  @Permit('tools.use')
  @Command()
  @ApiOperation({ summary: 'Save a new version; those who were told the one before are not told again within the hour' })
  @ApiOkResponse({ standardSchema: emergencyMessageSchema })
  @SerializeOptions({ schema: emergencyMessageSchema })
  saveMessage(@Body({ schema: emergencyTextSchema }) { text }: EmergencyTextBody, @By() by: Actor): Promise<EmergencyMessageView> {
    return this.modes.save(by, text);
  }
}
