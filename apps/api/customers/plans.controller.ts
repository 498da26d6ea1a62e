import { Body, Controller, Get, Param, Patch, Post, SerializeOptions } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { lockSettings } from '../../../activities/customer-book/invoices.js';
import { BookRefusal } from '../../../activities/customer-book/refusal.js';
import { writeAudit, type Actor } from '../../../libs/db/audit.js';
import { Plan } from '../../../libs/db/entities/plan.js';
import { Permit } from '../platform/access/access.js';
import { By } from '../platform/access/actor.js';
import { Me, type SignedIn } from '../platform/access/signed-in.js';
import { Command } from '../platform/idempotency/command.js';
import { Book } from './book.js';
import { readPlans } from './customer.queries.js';
import { newPlanSchema, planChangeSchema, planSchema, type NewPlan, type PlanChange, type PlanView } from './customer.schema.js';

const facts = ({ name, downMbps, upMbps, price, description, active }: Plan) => ({ name, downMbps, upMbps, price, description, active });

@ApiTags('book plans')
@Permit('customers.read')
@Controller('api/book-plans')
export class BookPlansController {
  constructor(private readonly book: Book) {}

  @Get()
  @ApiOperation({ summary: 'Plans, those on sale first, and how many services have each' })
  @ApiOkResponse({ standardSchema: z.array(planSchema) })
  @SerializeOptions({ schema: planSchema }) // of each
  list(@Me() { company }: SignedIn): Promise<PlanView[]> {
    return this.book.within(company, (em) => readPlans(em, company));
  }

  @Post()
  @Permit('customers.manage')
  @Command()
  @ApiOperation({ summary: 'A new plan, in the company’s currency' })
  @ApiCreatedResponse({ standardSchema: planSchema })
  @SerializeOptions({ schema: planSchema })
  create(@Body({ schema: newPlanSchema }) plan: NewPlan, @By() by: Actor): Promise<PlanView> {
    return this.book.within(by.company, async (em) => {
      await lockSettings(em, by.company);
      if ((await em.count(Plan, { name: plan.name })) > 0) throw new BookRefusal('plan-name-taken');
      const [own] = await em.execute<{ currency: string }[]>('select currency from companies where id = ?', [by.company]);
      const row = em.create(Plan, { company: by.company, ...plan, currency: own!.currency, position: await em.count(Plan, {}) });
      await em.flush();
      await writeAudit(em, by, { action: 'plan.created', subject: row.id, after: facts(row) });
      return (await readPlans(em, by.company, row.id))[0]!;
    });
  }

  @Patch(':id')
  @Permit('customers.manage')
  @Command()
  @ApiOperation({ summary: 'Other facts of a plan; a new price counts from the next invoices on' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: planSchema })
  @SerializeOptions({ schema: planSchema })
  change(@Param('id', { schema: z.uuid() }) id: string, @Body({ schema: planChangeSchema }) { version, ...said }: PlanChange, @By() by: Actor): Promise<PlanView> {
    return this.book.within(by.company, async (em) => {
      await lockSettings(em, by.company);
      await em.execute('select 1 from plans where company = ? and id = ?::uuid for update', [by.company, id]);
      const row = await em.findOne(Plan, { id });
      if (!row) throw new BookRefusal('plan-unknown');
      if (row.version !== version) throw new BookRefusal('version-stale');
      if (said.name !== undefined && (await em.count(Plan, { name: said.name, id: { $ne: id } })) > 0) throw new BookRefusal('plan-name-taken');
      const before = facts(row);
      Object.assign(row, Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)));
      await em.flush();
      await writeAudit(em, by, { action: 'plan.changed', subject: id, before, after: facts(row) });
      return (await readPlans(em, by.company, id))[0]!;
    });
  }
}
