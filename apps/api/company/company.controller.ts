import { Body, Controller, Delete, Get, Header, HttpCode, Inject, Patch, Post, Put, Req, Res, SerializeOptions } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { writeAudit, type Actor } from '../../../libs/db/audit.js';
import { changeProfile, readProfile } from '../../../libs/db/company-profile.js';
import { forCompany } from '../../../libs/db/company.js';
import { Company } from '../../../libs/db/entities/company.js';
import { LONGEST_WELCOME } from '../../../libs/domain/company-profile.js';
import { Everybody, Permit } from '../platform/access/access.js';
import { By } from '../platform/access/actor.js';
import { Me, type SignedIn } from '../platform/access/signed-in.js';
import { CompanyScoped, CurrentCompany } from '../platform/company-scope.js';
import { Command } from '../platform/idempotency/command.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import { checkHours, checkTimeZone, wordsOf } from './company-hours.js';
import { CompanyLogos } from './company-logo.js';
import {
  companyChangeSchema, companySchema, hoursQuestionSchema, hoursWordsSchema, logoSchema, publicCompanySchema,
  type CompanyChange, type CompanyView, type HoursQuestion, type HoursWords, type LogoView, type PublicCompany,
} from './company.schema.js';

async function viewOf(em: EntityManager, id: string): Promise<CompanyView> {
  const { name, locale, timeZone, currency } = await em.findOneOrFail(Company, { id }, { refresh: true });
  return { id, name, locale, timeZone, currency, longestWelcome: LONGEST_WELCOME, ...(await readProfile(em, id)) };
}

/** For the audit log: what may be changed here. */
const factsOf = ({ name, locale, timeZone, currency, hours, welcome, contacts }: CompanyView) =>
  ({ name, locale, timeZone, currency, hours: hours ?? null, welcome: welcome ?? null, contacts });

@ApiTags('company')
@Controller('api/company')
export class CompanyController {
  constructor(
    @Inject(SOURCES) private readonly sources: Sources,
    private readonly logos: CompanyLogos,
  ) {}

  @Get('public')
  @Everybody()
  @CompanyScoped()
  @ApiOperation({ summary: 'The company of this host, as everybody may know it' })
  @ApiOkResponse({ standardSchema: publicCompanySchema })
  @SerializeOptions({ schema: publicCompanySchema })
  readPublic(@CurrentCompany() company: Company): PublicCompany {
    const { name, locale, timeZone, logoSha256: logo } = company;
    return { name, locale, timeZone, ...(logo ? { logo } : {}) };
  }

  @Get()
  @Permit('company.manage')
  @ApiOperation({ summary: 'What the company says of itself' })
  @ApiOkResponse({ standardSchema: companySchema })
  @SerializeOptions({ schema: companySchema })
  read(@Me() { company }: SignedIn): Promise<CompanyView> {
    return forCompany(this.sources.orm, company, (em) => viewOf(em, company));
  }

  @Patch()
  @Permit('company.manage')
  @Command()
  @ApiOperation({ summary: 'Change it; sending name or time zone confirms them for the first-run wizard' })
  @ApiOkResponse({ standardSchema: companySchema })
  @SerializeOptions({ schema: companySchema })
  async change(@Body({ schema: companyChangeSchema }) change: CompanyChange, @By() by: Actor): Promise<CompanyView> {
    const { hours, welcome, contacts, ...own } = change;
    if (own.timeZone !== undefined) checkTimeZone(own.timeZone);
    if (hours) checkHours(hours);
    const id = by.company;
    return forCompany(this.sources.orm, id, async (em) => {
      const before = await viewOf(em, id);
      await em.nativeUpdate(Company, { id }, { ...own, profileConfirmedAt: new Date() });
      await changeProfile(em, id, { ...(hours === undefined ? {} : { hours }), ...(welcome === undefined ? {} : { welcome }), ...(contacts === undefined ? {} : { contacts }) });
      const after = await viewOf(em, id);
      await writeAudit(em, by, { action: 'company.changed', subject: id, before: factsOf(before), after: factsOf(after) });
      return after;
    });
  }

  @Post('hours/words')
  @Permit('company.manage')
  @HttpCode(200)
  @ApiOperation({ summary: 'What is wrong with hours, or how they are said: nothing is kept' })
  @ApiOkResponse({ standardSchema: hoursWordsSchema })
  @SerializeOptions({ schema: hoursWordsSchema })
  hoursWords(@Body({ schema: hoursQuestionSchema }) question: HoursQuestion): HoursWords {
    return wordsOf(question, Date.now());
  }

  @Get('logo')
  @Everybody()
  @CompanyScoped()
  @Header('cache-control', 'public, max-age=300')
  @ApiOperation({ summary: 'The logo of the company of this host' })
  @ApiProduces('image/png')
  @ApiOkResponse({ description: 'The image', content: { 'image/png': { schema: { type: 'string', format: 'binary' } } } })
  async logo(@CurrentCompany() company: Company, @Res() reply: FastifyReply): Promise<void> {
    const { bytes, sha256 } = await this.logos.open(company);
    void reply.headers({ 'content-type': 'image/png', 'content-security-policy': 'sandbox', 'x-content-type-options': 'nosniff', etag: `"${sha256}"` });
    void reply.send(Buffer.from(bytes));
  }

  @Put('logo')
  @Permit('company.manage')
  @ApiOperation({ summary: 'Put up a PNG, JPEG or WebP of at most 5 MB as the logo; the same image again is the same' })
  @ApiConsumes('image/png', 'image/jpeg', 'image/webp')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiOkResponse({ standardSchema: logoSchema })
  @SerializeOptions({ schema: logoSchema })
  putLogo(@Req() request: FastifyRequest, @By() by: Actor): Promise<LogoView> {
    return this.logos.put(by, request);
  }

  @Delete('logo')
  @Permit('company.manage')
  @Command()
  @HttpCode(204)
  @ApiOperation({ summary: 'The initial instead of a logo' })
  @ApiNoContentResponse()
  async removeLogo(@By() by: Actor): Promise<void> {
    await this.logos.remove(by);
  }
}
