import { Controller, Get, HttpCode, Inject, Post, SerializeOptions } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { EntityManager } from '@mikro-orm/postgresql';
import { writeAudit, type Actor } from '../../../libs/db/audit.js';
import { forCompany } from '../../../libs/db/company.js';
import { Company } from '../../../libs/db/entities/company.js';
import { Permit } from '../platform/access/access.js';
import { By } from '../platform/access/actor.js';
import { Me, type SignedIn } from '../platform/access/signed-in.js';
import { Command } from '../platform/idempotency/command.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import { setupSchema, type Setup, type Step } from './setup.schema.js';

/** A conversation exists only where a number was linked: a link that drops does not open the step again. */
const FACTS = `select
  exists (select from channels where company = ? and state = 'linked') or exists (select from conversations where company = ?) as number,
  exists (select from messages where company = ? and author = 'bot' and state in ('sent', 'delivered', 'read')) as chat,
  exists (select from flows where company = ? and kind = 'support' and published is not null) as flow,
  exists (select from isp_connections where company = ? and active) or exists (select from customers where company = ?) as system`;

const stepOf = (done: boolean): Step => (done ? 'done' : 'open');

async function setupOf(em: EntityManager, { company, mustChangePassword }: SignedIn): Promise<Setup> {
  const [facts] = await em.execute<Record<'number' | 'chat' | 'flow' | 'system', boolean>[]>(FACTS, Array(6).fill(company));
  const { profileConfirmedAt, setupFinishedAt } = await em.findOneOrFail(Company, { id: company });
  const { number, chat, flow, system } = facts!;
  const steps = {
    password: stepOf(!mustChangePassword), company: stepOf(Boolean(profileConfirmedAt)), system: stepOf(system), number: stepOf(number), testChat: stepOf(chat), flow: stepOf(flow),
  };
  return { steps, finished: Boolean(setupFinishedAt) };
}

@ApiTags('company')
@Permit('company.manage')
@Controller('api/setup')
export class SetupController {
  constructor(@Inject(SOURCES) private readonly sources: Sources) {}

  @Get()
  @ApiOperation({ summary: 'How far the first-run wizard is' })
  @ApiOkResponse({ standardSchema: setupSchema })
  @SerializeOptions({ schema: setupSchema })
  read(@Me() me: SignedIn): Promise<Setup> {
    return forCompany(this.sources.orm, me.company, (em) => setupOf(em, me));
  }

  @Post('finish')
  @Command()
  @HttpCode(200)
  @ApiOperation({ summary: 'End the wizard, whatever is still open: it can all be done in the settings, too' })
  @ApiOkResponse({ standardSchema: setupSchema })
  @SerializeOptions({ schema: setupSchema })
  finish(@Me() me: SignedIn, @By() by: Actor): Promise<Setup> {
    return forCompany(this.sources.orm, me.company, async (em) => {
      const finished = await em.nativeUpdate(Company, { id: me.company, setupFinishedAt: null }, { setupFinishedAt: new Date() });
      if (finished > 0) await writeAudit(em, by, { action: 'setup.finished', subject: me.company });
      return setupOf(em, me);
    });
  }
}
