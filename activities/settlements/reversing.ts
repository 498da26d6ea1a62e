import { forCompany } from '../../libs/db/company.js';
import type { OrderResult } from '../../libs/domain/customers.js';
import { outcomeOf, type Outcome } from '../../libs/domain/settlement/outcome.js';
import { reversalWords } from '../../libs/domain/settlement/words.js';
import type { SettlementRef } from '../../workflows/settlement/contract.js';
import type { IspSystem } from '../isp-systems.js';
import type { SettlementDeps } from './deps.js';
import { ownSystem } from './own-system.js';
import { mayStand } from './registering.js';
import { isStanding, readParts, readSettlement, referenceOf, writePart, writeStep, type PartRow, type SettlementRow } from './rows.js';

const BY_HAND = { byHand: 'Anulalo' };

/** Takes back what was registered, and what may have been: the system is asked by our reference, so nobody else's payment is touched. */
export async function takeBack(deps: SettlementDeps, ref: SettlementRef, signal: AbortSignal): Promise<void> {
  const { row, parts } = await forCompany(deps.orm, ref.company, async (em) => ({ row: await readSettlement(em, ref), parts: await readParts(em, ref) }));
  const { onRefusal, actions } = row.policy;
  const isTask = onRefusal === 'task' || !actions.register;
  const outcome = isTask ? { state: 'skipped' as const, note: 'Por la política de la empresa lo ve una persona.' } : await reverseParts({ deps, ref, row, signal }, parts.filter(mayStand));
  await forCompany(deps.orm, ref.company, (em) => writeStep(em, ref, 'reverse', outcome));
}

async function reverseParts({ deps, ref, row, signal }: { deps: SettlementDeps; ref: SettlementRef; row: SettlementRow; signal: AbortSignal }, parts: readonly PartRow[]): Promise<Outcome> {
  const system = await ownSystem(deps, ref, row, BY_HAND);
  if ('moved' in system) return system.moved;
  if (!system.capabilities.has('reverse-payment')) return outcomeOf({ ok: false, reason: 'unsupported' }, BY_HAND);
  for (const part of parts) {
    const result = await system.act({
      kind: 'reverse-payment', customer: row.customer, ...(part.invoice === null ? {} : { invoice: part.invoice }), reference: referenceOf(ref, part), reason: reversalWords[row.reversal!],
    }, signal);
    const state = stateAfter(part, result, system);
    if (state === undefined) return outcomeOf(result, BY_HAND);
    await forCompany(deps.orm, ref.company, (em) => writePart(em, ref, part.position, state));
  }
  return { state: 'done' };
}

/** One in doubt of which there was nothing to take back had never been registered. */
function stateAfter(part: PartRow, result: OrderResult, system: IspSystem): 'reversed' | 'failed' | undefined {
  if (result.ok) return result.done === 'now' || isStanding(part) ? 'reversed' : 'failed';
  return result.reason === 'not-found' && system.system === 'embedded' && !isStanding(part) ? 'failed' : undefined;
}
