import { Body, Controller, Get, HttpCode, Inject, Post, Put, Req, SerializeOptions } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { saveDescription, savedDescription, SecretOfAnotherAddress } from '../../../activities/isp/describing.js';
import type { Actor } from '../../../libs/db/audit.js';
import { problemsOf, type DescriptionProblem } from '../../../libs/crm/generic/check.js';
import { capabilitiesOf, dateFormats, descriptionShape, genericDescription, type GenericDescription } from '../../../libs/crm/generic/description.js';
import { entities, entitySpec, operationNames, operationSpec, type Entity, type OperationName } from '../../../libs/crm/generic/operations.js';
import { presets } from '../../../libs/crm/generic/presets/presets.js';
import { Permit } from '../platform/access/access.js';
import { By } from '../platform/access/actor.js';
import { Me, type SignedIn } from '../platform/access/signed-in.js';
import { Command } from '../platform/idempotency/command.js';
import { ProblemException } from '../platform/problem.js';
import { RateLimits } from '../platform/rate-limit/rate-limits.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import { CompanySystems } from './company-systems.js';
import {
  checkSchema, draftSchema, languageSchema, savedSchema, triedSchema, trySchema, type CheckView, type Draft, type LanguageView, type SavedView, type TriedView, type TryBody,
} from './description.schema.js';

const language: LanguageView = {
  operations: operationNames.map((name) => {
    const { entity, list = false, changes = false, values, needs = [] } = operationSpec(name);
    return { name, entity, list, changes, values: [...values], needs: [...needs] };
  }),
  entities: (Object.keys(entities) as Entity[]).map((name) => ({
    name, fields: Object.entries(entitySpec(name)).map(([field, { kind, required = false, choices = [] }]) => ({ name: field, kind, required, choices: [...choices] })),
  })),
  dateFormats: [...dateFormats],
  presets: Object.entries(presets).map(([id, preset]) => ({ id, ...preset })),
};

/** What is wrong with a draft; the codes are those of `check.ts`, and zod's where the shape itself is wrong. */
function checked(draft: unknown): CheckView {
  const read = genericDescription.safeParse(draft);
  if (read.success) return { problems: [], capabilities: capabilitiesOf(read.data) };
  const problems = read.error.issues.slice(0, 100).map(({ path, code, message }) => ({ at: path.join('.'), code: /^[a-z-]+$/u.test(message) ? message : code }));
  return { problems, capabilities: [] };
}

/** @throws ProblemException `description-invalid` */
function valid(draft: unknown): GenericDescription {
  const read = genericDescription.safeParse(draft);
  if (!read.success) throw new ProblemException('description-invalid');
  return read.data;
}

/**
 * What one operation can be tried with: all that it is sent by makes sense; the rest may still be in the making.
 * @throws ProblemException `description-invalid`
 */
function triable(draft: unknown, operation: OperationName): GenericDescription {
  const read = descriptionShape.safeParse(draft);
  if (!read.success || read.data.operations[operation] === undefined) throw new ProblemException('description-invalid');
  const isInTheWay = ({ at: [part, name], code }: DescriptionProblem) => part === 'auth' || (part === 'operations' && name === operation && code !== 'needs-operation');
  if (problemsOf(read.data).some(isInTheWay)) throw new ProblemException('description-invalid');
  return read.data;
}

/** Describing a system that Hilo does not know: the language, checks, try-outs, and the saved description. */
@ApiTags('integrations')
@Controller('api/integrations/generic')
export class DescriptionsController {
  constructor(@Inject(SOURCES) private readonly sources: Sources, private readonly systems: CompanySystems, private readonly limits: RateLimits) {}

  @Get('language')
  @Permit('integrations.manage')
  @ApiOperation({ summary: 'What a description can say, and the presets to begin with' })
  @ApiOkResponse({ standardSchema: languageSchema })
  @SerializeOptions({ schema: languageSchema })
  readLanguage(): LanguageView {
    return language;
  }

  @Get('description')
  @Permit('integrations.manage')
  @ApiOperation({ summary: 'The saved description, its address, and whether there is a secret' })
  @ApiOkResponse({ standardSchema: savedSchema })
  @SerializeOptions({ schema: savedSchema })
  async readDescription(@Me() { company }: SignedIn): Promise<SavedView> {
    const { description, ...saved } = await savedDescription(this.sources.orm, company);
    const read = descriptionShape.safeParse(description);
    return { ...saved, ...(read.success ? { description: read.data } : {}) };
  }

  @Put('description')
  @Permit('integrations.manage')
  @Command()
  @ApiOperation({ summary: 'Save a description that makes sense; the active connection uses it from its next question on' })
  @ApiOkResponse({ standardSchema: checkSchema })
  @SerializeOptions({ schema: checkSchema })
  async saveDescription(@Body({ schema: draftSchema }) { description }: Draft, @By() by: Actor): Promise<CheckView> {
    await saveDescription(this.sources.orm, by, valid(description));
    return checked(description);
  }

  @Post('check')
  @Permit('integrations.manage')
  @HttpCode(200)
  @ApiOperation({ summary: 'What is wrong with a description, and what its system could do: nothing is kept' })
  @ApiOkResponse({ standardSchema: checkSchema })
  @SerializeOptions({ schema: checkSchema })
  checkDescription(@Body({ schema: draftSchema }) { description }: Draft): CheckView {
    return checked(description);
  }

  @Post('try')
  @Permit('integrations.manage')
  @HttpCode(200)
  @ApiOperation({ summary: 'Send one operation for real: the request without its secret, the raw answer cut and masked, and what was understood. Nothing is kept' })
  @ApiOkResponse({ standardSchema: triedSchema })
  @SerializeOptions({ schema: triedSchema })
  async tryOperation(@Body({ schema: trySchema }) body: TryBody, @Me() { company }: SignedIn, @Req() request: FastifyRequest): Promise<TriedView> {
    const description = triable(body.description, body.operation);
    this.limits.take('tryout', company);
    const gone = new AbortController();
    request.raw.socket.once('close', () => gone.abort());
    try {
      return await this.systems.tryDescribed(company, { ...body, description }, gone.signal);
    } catch (problem) {
      if (problem instanceof SecretOfAnotherAddress) throw new ProblemException('secret-elsewhere');
      if (problem instanceof Error && /Timeout|Abort/u.test(problem.name)) return { outcome: 'fault', fault: 'timeout', problems: [], ms: 0 };
      throw problem;
    }
  }
}
