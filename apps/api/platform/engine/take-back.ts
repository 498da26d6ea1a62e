import { forCompany } from '../../../../libs/db/company.js';
import type { MikroORM } from '../../../../libs/db/orm.js';
import type { Fate } from './engine.js';

type Statement = readonly [sql: string, values: unknown[]];

/** How a command's accepted words are taken back, each a statement of its own so that it sees what was committed while the first one waited. */
export interface TakingBack {
  /** Waits for the workflow, which holds this row while it does the command. */
  hold: Statement;
  /** Answers a row where it was done. */
  done: Statement;
  /** Of what is removed nothing happens later: the workflow does only what it finds. */
  remove: Statement;
}

/** Takes back what was accepted of a command unless the workflow has done it, and says which. */
export const takeBack = (orm: MikroORM, company: string, { hold, done, remove }: TakingBack): Promise<Fate> =>
  forCompany(orm, company, async (em) => {
    await em.execute(...hold);
    if ((await em.execute<object[]>(...done)).length > 0) return 'done';
    await em.execute(...remove);
    return 'none';
  });
