import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { forgetDrafts } from '../../../activities/statements/drafts.js';
import { forCompany } from '../../../libs/db/company.js';
import { startMoneyArrived } from '../../../workflows/money-arrived/client.js';
import { workflowId, type ImportRef } from '../../../workflows/money-arrived/contract.js';
import { Engine } from '../platform/engine/engine.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import { lost, Sweep } from '../platform/sweep.js';

/** Imports that nobody has told receipts of. */
const LOST = `select id from statement_imports where company = ? and state = 'confirmed' and woken_at is null and confirmed_at < clock_timestamp() - interval '1 minute' limit 100`;
/** Imports of whose undoing nobody has told the receipts that relied on them. */
const LOST_UNDOING = `select id from statement_imports where company = ? and state = 'undone' and woken_at is null and to_tell is not null and undone_at < clock_timestamp() - interval '1 minute' limit 100`;

/**
 * Has the receipts told that money came in, or that it did not: once an import is confirmed or undone, and again where a crash, or an engine that was away, lost
 * the word. Forgets drafts that nobody confirmed.
 */
@Injectable()
export class StatementWakes implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger('statements');
  readonly #sweep: Sweep;

  constructor(
    @Inject(SOURCES) sources: Sources,
    private readonly engine: Engine,
  ) {
    this.#sweep = new Sweep(sources, [
      (orm, company) => forCompany(orm, company, (em) => forgetDrafts(em, company)),
      lost<{ id: string }>(LOST, (company, { id }) => this.wake({ company, import: id })),
      lost<{ id: string }>(LOST_UNDOING, (company, { id }) => this.wake({ company, import: id, isUndone: true })),
    ],
      (error) => this.#logger.warn({ error }, 'receipts could not be told of a statement: they are told later'));
  }

  onApplicationBootstrap(): void {
    this.#sweep.start();
  }

  onModuleDestroy(): void {
    this.#sweep.stop();
  }

  /** @throws ProblemException `engine-late`: the import stands, and is told again */
  wake(ref: ImportRef): Promise<void> {
    return this.engine.ask(workflowId(ref), (client) => startMoneyArrived(client, ref));
  }
}
