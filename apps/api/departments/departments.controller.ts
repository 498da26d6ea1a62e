import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post, SerializeOptions } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { writeAudit, type Actor } from '../../../libs/db/audit.js';
import { forCompany } from '../../../libs/db/company.js';
import { Department } from '../../../libs/db/entities/department.js';
import { sqlState } from '../../../libs/db/pool.js';
import { Permit } from '../platform/access/access.js';
import { By } from '../platform/access/actor.js';
import { Me, type SignedIn } from '../platform/access/signed-in.js';
import { Command } from '../platform/idempotency/command.js';
import { ProblemException, type ProblemCode } from '../platform/problem.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import { departmentNameSchema, departmentSchema, type DepartmentName, type DepartmentView } from './department.schema.js';

/** What the database refuses: another one of that name, or tickets that name it. */
const refusals = new Map<string | undefined, ProblemCode>([['23505', 'name-taken'], ['23503', 'department-in-use']]);

/** Holds the department until the transaction ends. @throws ProblemException `not-found` */
async function nameOf(em: EntityManager, company: string, id: string): Promise<string> {
  const [row] = await em.execute<{ name: string }[]>('select name from departments where company = ? and id = ?::uuid for update', [company, id]);
  if (!row) throw new ProblemException('not-found');
  return row.name;
}

@ApiTags('departments')
@Controller('api/departments')
export class DepartmentsController {
  constructor(@Inject(SOURCES) private readonly sources: Sources) {}

  @Get()
  @Permit('colleagues.read')
  @ApiOperation({ summary: 'The company’s departments' })
  @ApiOkResponse({ standardSchema: z.array(departmentSchema) })
  @SerializeOptions({ schema: departmentSchema }) // of each
  list(@Me() { company }: SignedIn): Promise<DepartmentView[]> {
    return forCompany(this.sources.orm, company, (em) => em.find(Department, { company }, { orderBy: { name: 'asc' } }));
  }

  @Post()
  @Permit('departments.manage')
  @Command()
  @ApiOperation({ summary: 'A new department' })
  @ApiCreatedResponse({ standardSchema: departmentSchema })
  @SerializeOptions({ schema: departmentSchema })
  create(@Body({ schema: departmentNameSchema }) { name }: DepartmentName, @By() by: Actor): Promise<DepartmentView> {
    const { company } = by;
    return this.#write(company, async (em) => {
      const department = em.create(Department, { company, name });
      await em.flush();
      await writeAudit(em, by, { action: 'department.created', subject: department.id, after: { name } });
      return department;
    });
  }

  @Patch(':id')
  @Permit('departments.manage')
  @Command()
  @ApiOperation({ summary: 'Another name' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: departmentSchema })
  @SerializeOptions({ schema: departmentSchema })
  rename(
    @Param('id', { schema: z.uuid() }) id: string,
    @Body({ schema: departmentNameSchema }) { name }: DepartmentName,
    @By() by: Actor,
  ): Promise<DepartmentView> {
    const { company } = by;
    return this.#write(company, async (em) => {
      const before = await nameOf(em, company, id);
      await em.nativeUpdate(Department, { company, id }, { name });
      await writeAudit(em, by, { action: 'department.renamed', subject: id, before: { name: before }, after: { name } });
      return { id, name };
    });
  }

  @Delete(':id')
  @Permit('departments.manage')
  @Command()
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove one that no ticket names; its people stay' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiNoContentResponse()
  remove(@Param('id', { schema: z.uuid() }) id: string, @By() by: Actor): Promise<void> {
    const { company } = by;
    return this.#write(company, async (em) => {
      const before = await nameOf(em, company, id);
      await em.nativeDelete(Department, { company, id });
      await writeAudit(em, by, { action: 'department.removed', subject: id, before: { name: before } });
    });
  }

  async #write<T>(company: string, work: (em: EntityManager) => Promise<T>): Promise<T> {
    try {
      return await forCompany(this.sources.orm, company, work);
    } catch (error) {
      const refusal = refusals.get(sqlState(error));
      throw refusal ? new ProblemException(refusal) : error;
    }
  }
}
