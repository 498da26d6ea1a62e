import { Controller, Get, Inject, SerializeOptions } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { forCompany } from '../../../libs/db/company.js';
import { Permit } from '../platform/access/access.js';
import { Me, type SignedIn } from '../platform/access/signed-in.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import { agentSchema, type AgentView } from './department.schema.js';

const COLLEAGUES = `select u.id, u.name, u.role,
    to_json(array(select d.department from user_departments d where d.company = u.company and d.member = u.id order by 1)) as departments
  from users u where u.company = ? and u.active and u.id <> ? order by lower(u.name), u.id`;

@ApiTags('departments')
@Permit('colleagues.read')
@Controller('api/agents')
export class AgentsController {
  constructor(@Inject(SOURCES) private readonly sources: Sources) {}

  @Get()
  @ApiOperation({ summary: 'Colleagues to whom one may hand something over' })
  @ApiOkResponse({ standardSchema: z.array(agentSchema) })
  @SerializeOptions({ schema: agentSchema }) // of each
  list(@Me() { company, user }: SignedIn): Promise<AgentView[]> {
    return forCompany(this.sources.orm, company, (em) => em.execute<AgentView[]>(COLLEAGUES, [company, user.id]));
  }
}
