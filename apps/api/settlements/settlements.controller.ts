import { Body, Controller, HttpCode, Inject, Param, Post, SerializeOptions } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '../../../libs/db/audit.js';
import { forCompany } from '../../../libs/db/company.js';
import type { SettlementState } from '../../../libs/domain/settlement/settlement.js';
import { resolveSettlement } from '../../../workflows/settlement/client.js';
import { workflowId, type SettlementRef } from '../../../workflows/settlement/contract.js';
import { Permit } from '../platform/access/access.js';
import { By } from '../platform/access/actor.js';
import { Engine, type Fate } from '../platform/engine/engine.js';
import { takeBack } from '../platform/engine/take-back.js';
import { Command, CommandId } from '../platform/idempotency/command.js';
import { ProblemException, problemSchema } from '../platform/problem.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import { resolutionSchema, resolvedSchema, type ResolvedSettlement, type SettlementResolution } from './settlement.schema.js';

/** Payments on their way into the ISP's system: shown with their receipts; what one is stuck on people settle here. */
@ApiTags('settlements')
@Permit('receipts.decide')
@ApiServiceUnavailableResponse({ standardSchema: problemSchema, description: 'The database or the workflow engine is away; nothing was done' })
@Controller('api/settlements')
export class SettlementsController {
  constructor(
    @Inject(SOURCES) private readonly sources: Sources,
    private readonly engine: Engine,
  ) {}

  @Post(':id/resolve')
  @Command()
  @HttpCode(200)
  @ApiOperation({ summary: 'Settle the step that waits for a person' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: resolvedSchema })
  @SerializeOptions({ schema: resolvedSchema })
  async resolve(
    @Param('id', { schema: z.uuid() }) settlement: string, @Body({ schema: resolutionSchema }) { how, why }: SettlementResolution, @By() by: Actor, @CommandId() command: string,
  ): Promise<ResolvedSettlement> {
    const ref = { company: by.company, settlement };
    await this.#accept(ref, by, command, why);
    const answer = await this.engine.order({
      workflow: workflowId(ref), command,
      question: (client, updateId) => resolveSettlement(client, ref, { command, actor: by.id, how }, updateId), settle: () => this.#takeBack(ref, command),
    });
    if (answer && !answer.ok) throw new ProblemException('settlement-not-now');
    return { state: answer?.state ?? (await this.#state(ref)) };
  }

  #takeBack({ company, settlement }: SettlementRef, command: string): Promise<Fate> {
    return takeBack(this.sources.orm, company, {
      hold: ['select from settlements where company = ? and id = ?::uuid for update', [company, settlement]],
      done: ['select 1 from settlements where company = ? and id = ?::uuid and last_command = ?::uuid', [company, settlement, command]],
      remove: ['delete from money_orders where company = ? and command = ?::uuid and settlement = ?::uuid', [company, command, settlement]],
    });
  }

  async #state({ company, settlement }: SettlementRef): Promise<SettlementState> {
    const [row] = await forCompany(this.sources.orm, company, (em) =>
      em.execute<{ state: SettlementState }[]>('select state from settlements where company = ? and id = ?::uuid', [company, settlement]));
    return row!.state;
  }

  /** Keeps what somebody wrote, before the workflow is asked. @throws ProblemException `not-found`, also for another company's */
  #accept({ company, settlement }: SettlementRef, by: Actor, command: string, why: string): Promise<void> {
    return forCompany(this.sources.orm, company, async (em) => {
      const [found] = await em.execute<object[]>('select 1 from settlements where company = ? and id = ?::uuid', [company, settlement]);
      if (!found) throw new ProblemException('not-found');
      await em.execute(
        `insert into money_orders (company, command, settlement, kind, actor, actor_name, why, request, address) values (?, ?::uuid, ?::uuid, 'resolve', ?::uuid, ?, ?, ?, ?) on conflict do nothing`,
        [company, command, settlement, by.id, by.name, why, by.request ?? null, by.address ?? null]);
    });
  }
}
