import { forCompany } from '../../../libs/db/company.js';
import { companyIds } from '../../../libs/db/platform.js';
import type { MikroORM } from '../../../libs/db/orm.js';
import type { Sources } from './sources.js';

const SWEPT_EVERY_MS = 60_000;

/** What somebody should have heard of by now, of one company; it is looked for, and told. */
export type Lost = (orm: MikroORM, company: string) => Promise<void>;

/**
 * @param query has one parameter, the company; a row for each thing that nobody has heard of
 * @param tell says it again, outside the transaction that found it
 */
export const lost = <Row extends object>(query: string, tell: (company: string, row: Row) => void | Promise<void>): Lost => async (orm, company) => {
  const rows = await forCompany(orm, company, (em) => em.execute<Row[]>(query, [company]));
  for (const row of rows) await tell(company, row);
};

/** Looks every minute, in every company, for rows whose word a crash lost, or an engine that was away. */
export class Sweep {
  #timer: NodeJS.Timeout | undefined;

  /** @param onFault hears the name of what kept a round from its end */
  constructor(
    private readonly sources: Sources,
    private readonly lost: readonly Lost[],
    private readonly onFault: (error: string) => void,
  ) {}

  /** Whether rounds come by themselves. */
  get isOn(): boolean {
    return this.#timer !== undefined;
  }

  /** Does nothing in a spec without processes around it. */
  start(): void {
    if (this.sources.env.DATABASE_URL !== undefined) this.#timer = setInterval(() => void this.round(), SWEPT_EVERY_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Never throws: the next round does it again. */
  async round(): Promise<void> {
    try {
      for (const company of await companyIds(this.sources.orm)) {
        for (const look of this.lost) await look(this.sources.orm, company);
      }
    } catch (error) {
      this.onFault(error instanceof Error ? error.name : typeof error);
    }
  }
}
