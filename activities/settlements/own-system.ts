import { crmSystems, outsideSystems, type CrmSystemId } from '../../libs/crm/registry.js';
import { movedAway, type OrderWords, type Outcome } from '../../libs/domain/settlement/outcome.js';
import type { SettlementRef } from '../../workflows/settlement/contract.js';
import type { IspSystem } from '../isp-systems.js';
import type { SettlementDeps } from './deps.js';
import type { SettlementRow } from './rows.js';

const names: Readonly<Record<string, { name: string } | undefined>> = { ...crmSystems, ...outsideSystems };
const nameOf = (system: CrmSystemId | (string & {})): string => names[system]?.name ?? system;

/**
 * The company's system, where it is still the one whose customer and invoices this settlement has; else what a person is told: another system may
 * have somebody else under the same numbers, and could not tell what the former one has registered.
 */
export async function ownSystem({ systems }: SettlementDeps, { company }: SettlementRef, { system: former }: Pick<SettlementRow, 'system'>, words: OrderWords): Promise<IspSystem | { moved: Outcome }> {
  const system = await systems.of(company);
  if (former === null || former === system.system) return system;
  return { moved: movedAway({ from: nameOf(former), to: nameOf(system.system) }, words) };
}
