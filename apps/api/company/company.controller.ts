import { Body, Controller, Get, Inject, Patch, SerializeOptions } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { writeAudit, type Actor } from '../../../libs/db/audit.js';
import { forCompany } from '../../../libs/db/company.js';
import { Company } from '../../../libs/db/entities/company.js';
import { Everybody, Permit } from '../platform/access/access.js';
import { By } from '../platform/access/actor.js';
import { CompanyScoped, CurrentCompany } from '../platform/company-scope.js';
import { Command } from '../platform/idempotency/command.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import {
  companyChangeSchema, companySchema, publicCompanySchema, type CompanyChange, type CompanyView, type PublicCompany,
} from './company.schema.js';

/** Of a company, for the audit log. */
const factsOf = ({ name, timeZone }: Company) => ({ name, timeZone });

@ApiTags('company')
@Controller('api/company')
export class CompanyController {
  constructor(@Inject(SOURCES) private readonly sources: Sources) {}

  @Get('public')
  @Everybody()
  @CompanyScoped()
  @ApiOperation({ summary: 'The company of this host, as everybody may know it' })
  @ApiOkResponse({ standardSchema: publicCompanySchema })
  @SerializeOptions({ schema: publicCompanySchema })
  readPublic(@CurrentCompany() company: Company): PublicCompany {
    return company;
  }

  @Patch()
  @Permit('company.manage')
  @Command()
  @ApiOperation({ summary: 'Name and time zone; sending them confirms them for the first-run wizard' })
  @ApiOkResponse({ standardSchema: companySchema })
  @SerializeOptions({ schema: companySchema })
  async change(@Body({ schema: companyChangeSchema }) change: CompanyChange, @By() by: Actor): Promise<CompanyView> {
    const id = by.company;
    return forCompany(this.sources.orm, id, async (em) => {
      const before = factsOf(await em.findOneOrFail(Company, { id }));
      await em.nativeUpdate(Company, { id }, { ...change, profileConfirmedAt: new Date() });
      const after = await em.findOneOrFail(Company, { id }, { refresh: true });
      await writeAudit(em, by, { action: 'company.changed', subject: id, before, after: factsOf(after) });
      return after;
    });
  }
}
