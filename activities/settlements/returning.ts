import { companyById } from '../../libs/db/platform.js';
import { dateAt } from '../../libs/domain/conversation/format.js';
import type { Account } from '../../libs/domain/customers.js';
import type { Outcome } from '../../libs/domain/settlement/outcome.js';
import { overdueAfter } from '../../libs/domain/settlement/overdue.js';
import { serviceNotes } from '../../libs/domain/settlement/words.js';
import type { SettlementRef } from '../../workflows/settlement/contract.js';
import type { SettlementDeps } from './deps.js';
import type { SettlementRow } from './rows.js';

/**
 * Why a service that is off stays off: something overdue stays open after so much more is paid, which the company does not let pass, or nobody knows,
 * so that a person has to look. undefined: nothing keeps it.
 */
export async function keptOff({ orm, now = Date.now }: SettlementDeps, { company }: SettlementRef, { policy }: Pick<SettlementRow, 'policy'>, account: Account, paid: string): Promise<Outcome | undefined> {
  if (policy.reactivateOnPartial !== false) return undefined;
  const left = overdueAfter(account, paid, dateAt(now(), (await companyById(orm, company))!));
  return left === 'none' ? undefined : { state: left === 'some' ? 'skipped' : 'failed', note: serviceNotes[left] };
}
