import { Controller, Get, Inject, Query, SerializeOptions } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { forCompany } from '../../../libs/db/company.js';
import type { Company } from '../../../libs/db/entities/company.js';
import { Permit } from '../platform/access/access.js';
import { CurrentCompany } from '../platform/company-scope.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import { auditPage } from './audit.queries.js';
import { auditPageSchema, auditQuerySchema, type AuditPage, type AuditQuery } from './audit.schema.js';

@ApiTags('audit')
@Controller('api/audit')
export class AuditController {
  constructor(@Inject(SOURCES) private readonly sources: Sources) {}

  @Get()
  @Permit('audit.read')
  @ApiOperation({ summary: 'Who administered what, newest first: by person, kind (an action, or the area before its dot), days and words' })
  @ApiOkResponse({ standardSchema: auditPageSchema })
  @SerializeOptions({ schema: auditPageSchema })
  list(@Query({ schema: auditQuerySchema }) query: AuditQuery, @CurrentCompany() { id, timeZone }: Company): Promise<AuditPage> {
    return forCompany(this.sources.orm, id, (em) => auditPage(em, id, query, timeZone));
  }
}
