import { Body, Controller, Get, HttpCode, Post, Put, SerializeOptions } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '../../../libs/db/audit.js';
import { Permit } from '../platform/access/access.js';
import { By } from '../platform/access/actor.js';
import { Me, type SignedIn } from '../platform/access/signed-in.js';
import { Command } from '../platform/idempotency/command.js';
import { RateLimits } from '../platform/rate-limit/rate-limits.js';
import { Integrations } from './integrations.js';
import {
  activationBodySchema, activationResultSchema, connectionBodySchema, integrationSchema, ispErrorSchema, testBodySchema, testResultSchema,
  type ActivationBody, type ActivationResult, type ConnectionBody, type IntegrationView, type IspErrorView, type TestBody, type TestResult,
} from './integrations.schema.js';

@ApiTags('integrations')
@Controller('api/integrations')
export class IntegrationsController {
  constructor(private readonly integrations: Integrations, private readonly limits: RateLimits) {}

  @Get()
  @Permit('integrations.manage')
  @ApiOperation({ summary: 'The ISP systems: what each can do, what is set up of it, how it fares' })
  @ApiOkResponse({ standardSchema: z.array(integrationSchema) })
  @SerializeOptions({ schema: integrationSchema })
  list(@Me() { company }: SignedIn): Promise<IntegrationView[]> {
    return this.integrations.list(company);
  }

  @Get('errors')
  @Permit('integrations.manage')
  @ApiOperation({ summary: 'What went wrong with them lately, newest first; nothing of any customer' })
  @ApiOkResponse({ standardSchema: z.array(ispErrorSchema) })
  @SerializeOptions({ schema: ispErrorSchema })
  errors(@Me() { company }: SignedIn): Promise<IspErrorView[]> {
    return this.integrations.errors(company);
  }

  @Put('connection')
  @Permit('integrations.manage')
  @Command()
  @ApiOperation({ summary: 'Save how a system is reached; secrets that are left out stay, and none is read back' })
  @ApiOkResponse({ standardSchema: z.array(integrationSchema) })
  @SerializeOptions({ schema: integrationSchema })
  save(@Body({ schema: connectionBodySchema }) body: ConnectionBody, @By() by: Actor): Promise<IntegrationView[]> {
    return this.integrations.save(by, body);
  }

  @Post('test')
  @HttpCode(200)
  @Permit('integrations.manage')
  @Command()
  @ApiOperation({ summary: 'Call a system with what is typed or saved, and say what is wrong' })
  @ApiOkResponse({ standardSchema: testResultSchema })
  @SerializeOptions({ schema: testResultSchema })
  test(@Body({ schema: testBodySchema }) body: TestBody, @Me() { company }: SignedIn): Promise<TestResult> {
    this.limits.take('tryout', company);
    return this.integrations.test(company, body);
  }

  @Post('activate')
  @HttpCode(200)
  @Permit('integrations.manage')
  @Command()
  @ApiOperation({ summary: 'Make a system the one that answers; it is tested first. Settings of the others stay' })
  @ApiOkResponse({ standardSchema: activationResultSchema })
  @SerializeOptions({ schema: activationResultSchema })
  activate(@Body({ schema: activationBodySchema }) { system, evenIfFailing }: ActivationBody, @By() by: Actor): Promise<ActivationResult> {
    return this.integrations.activate(by, system, evenIfFailing);
  }
}
