import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { forCompany } from '../../../libs/db/company.js';
import { companyIds } from '../../../libs/db/platform.js';
import { startMoneyArrived } from '../../../workflows/money-arrived/client.js';
import { workflowId, type ImportRef } from '../../../workflows/money-arrived/contract.js';
import { Engine } from '../platform/engine/engine.js';
import { SOURCES, type Sources } from '../platform/sources.js';

/** Imports that nobody has told receipts of are looked for this often. */
const SWEPT_EVERY_MS = 60_000;
const LOST = `select id from statement_imports where company = ? and state = 'confirmed' and woken_at is null and confirmed_at < clock_timestamp() - interval '1 minute' limit 100`;

/** Has the receipts told that money came in: once an import is confirmed, and again where a crash, or an engine that was away, lost the word. */
@Injectable()
export class StatementWakes implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger('statements');
  #sweeping: NodeJS.Timeout | undefined;

  constructor(
    @Inject(SOURCES) private readonly sources: Sources,
    private readonly engine: Engine,
  ) {}

  onApplicationBootstrap(): void {
    if (this.sources.env.DATABASE_URL !== undefined) this.#sweeping = setInterval(() => void this.sweep(), SWEPT_EVERY_MS); // else a spec without processes around it
  }

  onModuleDestroy(): void {
    clearInterval(this.#sweeping);
  }

  /** @throws ProblemException `engine-away`: the import stands, and is told again */
  wake(ref: ImportRef): Promise<void> {
    return this.engine.ask(workflowId(ref), (client) => startMoneyArrived(client, ref));
  }

  /** Looks for what was lost, in every company. Never throws: the next round does it again. */
  async sweep(): Promise<void> {
    try {
      for (const company of await companyIds(this.sources.orm)) {
        const lost = await forCompany(this.sources.orm, company, (em) => em.execute<{ id: string }[]>(LOST, [company]));
        for (const { id } of lost) await this.wake({ company, import: id });
      }
    } catch (error) {
      this.#logger.warn({ error: error instanceof Error ? error.name : typeof error }, 'receipts could not be told of a statement: they are told later');
    }
  }
}
