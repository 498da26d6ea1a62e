import { forCompany } from '../../libs/db/company.js';
import type { MikroORM } from '../../libs/db/orm.js';
import { effectsOf } from '../../libs/domain/statement/effects.js';
import type { ImportRef } from '../../workflows/money-arrived/contract.js';
import { moneyArrived, startOf } from '../../workflows/receipt/contract.js';
import type { Engine } from '../telling.js';
import { addReceiptEvent } from '../receipts/receipt-rows.js';
import { tieIncoming } from '../settlements/tying.js';
import { concernedAfter } from './concerned.js';
import { incomingLike, openReceipts } from './incoming.js';

export interface ConcernedRequest extends ImportRef {
  /** The last receipt that was told; absent: from the beginning. */
  after?: string;
}

export interface WakeRequest {
  company: string;
  receipts: readonly string[];
}

/**
 * Ties receipts that were accepted without anything that proves them to the line that does, so that it cannot settle another one.
 * Idempotent: what is tied has its line.
 */
async function tie(orm: MikroORM, { company }: ImportRef): Promise<number> {
  return forCompany(orm, company, async (em) => {
    const accepted = new Map((await openReceipts(em, company)).flatMap((one) => (one.settlement === null ? [] : [[one.id, { ...one, settlement: one.settlement }] as const])));
    const effects = effectsOf([...accepted.values()], await incomingLike(em, company, [...accepted.values()]));
    let tied = 0;
    for (const { receipt, result, payment } of effects) {
      if (result !== 'confirmed') continue;
      const { settlement } = accepted.get(receipt)!;
      const [standing] = await em.execute<object[]>(
        `select 1 from settlements where company = ? and id = ?::uuid and incoming is null and state not in ('reversed', 'given-up') for update`, [company, settlement]);
      if (!standing || !(await tieIncoming(em, company, settlement, payment))) continue;
      await addReceiptEvent(em, { company, receipt }, { kind: 'confirmed', data: { incoming: payment } });
      tied += 1;
    }
    return tied;
  });
}

/** What follows the import of a bank's statement, or its undoing: whoever waits for money hears that some came, whoever relied on it that it did not. */
export function createWakingActivities({ orm, engine }: { orm: MikroORM; engine: Engine }) {
  return {
    /** @returns how many accepted receipts have their line now */
    tieAccepted: (ref: ImportRef): Promise<number> => tie(orm, ref),

    /** Ids of the next receipts to be told, in their order; fewer than a page: there are no more. */
    concernedReceipts: ({ company, import: id, isUndone, after }: ConcernedRequest): Promise<{ receipts: string[]; isLast: boolean }> =>
      forCompany(orm, company, (em) => concernedAfter(em, { company, import: id, ...(isUndone && { isUndone }) }, after)),

    /** Tells each receipt's workflow, starting it where it was ended by hand. May be repeated at will. */
    wakeReceipts: async ({ company, receipts }: WakeRequest): Promise<void> => {
      for (const receipt of receipts) await engine.signalWithStart('receipt', { ...startOf({ company, receipt }), signal: moneyArrived, signalArgs: [] });
    },

    /** All have been told: the sweeper need not look after this import any more. */
    endWaking: async ({ company, import: id, isUndone }: ImportRef): Promise<void> => {
      await forCompany(orm, company, (em) => em.execute(
        `update statement_imports set woken_at = clock_timestamp() where company = ? and id = ?::uuid and woken_at is null and (state = 'undone') = ?`, [company, id, isUndone ?? false]));
    },
  };
}
export type WakingActivities = ReturnType<typeof createWakingActivities>;
