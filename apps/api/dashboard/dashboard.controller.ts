import { Controller, Get, Inject, SerializeOptions } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { forCompany } from '../../../libs/db/company.js';
import { Permit } from '../platform/access/access.js';
import { Me, type SignedIn } from '../platform/access/signed-in.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import { readDashboard } from './dashboard.queries.js';
import { dashboardSchema, type Dashboard } from './dashboard.schema.js';

@ApiTags('dashboard')
@Permit('dashboard.read')
@Controller('api/dashboard')
export class DashboardController {
  constructor(@Inject(SOURCES) private readonly sources: Sources) {}

  @Get()
  @ApiOperation({ summary: 'How the company stands: its bot, its tickets, and what is wrong' })
  @ApiOkResponse({ standardSchema: dashboardSchema })
  @SerializeOptions({ schema: dashboardSchema })
  read(@Me() { company }: SignedIn): Promise<Dashboard> {
    return forCompany(this.sources.orm, company, (em) => readDashboard(em, company, new Date()));
  }
}
