import { Body, Controller, Delete, Get, HttpCode, Post, Put, SerializeOptions } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../libs/db/audit.js';
import { Permit } from '../platform/access/access.js';
import { By } from '../platform/access/actor.js';
import { Me, type SignedIn } from '../platform/access/signed-in.js';
import { Command } from '../platform/idempotency/command.js';
import { RateLimits } from '../platform/rate-limit/rate-limits.js';
import { Models } from './models.js';
import { modelChangeSchema, modelSchema, modelTriedSchema, modelTrySchema, type ModelChange, type ModelTried, type ModelTry, type ModelView } from './models.schema.js';

@ApiTags('models')
@Permit('models.manage')
@Controller('api/models')
export class ModelsController {
  constructor(private readonly models: Models, private readonly limits: RateLimits) {}

  @Get()
  @ApiOperation({ summary: 'The model that reads pictures, what it was asked today and how that went' })
  @ApiOkResponse({ standardSchema: modelSchema })
  @SerializeOptions({ schema: modelSchema })
  read(@Me() { company }: SignedIn): Promise<ModelView> {
    return this.models.read(company);
  }

  @Put()
  @Command()
  @ApiOperation({ summary: 'Save how it is reached; a key that is left out stays, and none is read back' })
  @ApiOkResponse({ standardSchema: modelSchema })
  @SerializeOptions({ schema: modelSchema })
  save(@Body({ schema: modelChangeSchema }) change: ModelChange, @By() by: Actor): Promise<ModelView> {
    return this.models.save(by, change);
  }

  @Delete()
  @Command()
  @ApiOperation({ summary: 'Forget it with its key: receipts are read by rules alone' })
  @ApiOkResponse({ standardSchema: modelSchema })
  @SerializeOptions({ schema: modelSchema })
  remove(@By() by: Actor): Promise<ModelView> {
    return this.models.remove(by);
  }

  @Post('test')
  @HttpCode(200)
  @Command()
  @ApiOperation({ summary: 'Show it a picture of a number, with what is typed or saved, and say what is wrong' })
  @ApiOkResponse({ standardSchema: modelTriedSchema })
  @SerializeOptions({ schema: modelTriedSchema })
  test(@Body({ schema: modelTrySchema }) body: ModelTry, @Me() { company }: SignedIn): Promise<ModelTried> {
    this.limits.take('tryout', company);
    return this.models.test(company, body);
  }
}
