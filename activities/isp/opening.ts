import type { CrmDeps } from '../../libs/crm/crm-deps.js';
import type { Crm, CrmCapability } from '../../libs/crm/crm.js';
import type { OutsideCrm, OutsideSystemId } from '../../libs/crm/registry.js';
import type { CompanyFacts } from './connections.js';
import { phoneCountryOf } from '../../libs/domain/phone.js';
import { callInHand } from './outgoing.js';

export type OutsideSystems = Readonly<Partial<Record<OutsideSystemId, OutsideCrm>>>;

/** What every adapter gets to know of the company. */
const factsFor = ({ locale, currency, timeZone }: CompanyFacts) => ({ defaultCountry: phoneCountryOf(locale) ?? 'AR', currency, timeZone });

/**
 * Opens a system with what a company has set up.
 * @throws ZodError when the settings are not what the system takes; Error when this build does not have the system
 */
export function openCrm(
  systems: OutsideSystems, { system, settings }: { system: string; settings: unknown }, facts: CompanyFacts, deps: Pick<CrmDeps, 'http' | 'now'>,
): { crm: Crm; capabilities: ReadonlySet<CrmCapability> } {
  const found = systems[system as OutsideSystemId];
  if (!found) throw new Error(`This build has no ISP system ${system}`);
  const report: CrmDeps['report'] = (unmapped) => void callInHand.getStore()?.unmapped.push(unmapped);
  const crm = found.open(settings, { ...factsFor(facts), ...deps, report });
  return { crm, capabilities: new Set(crm.capabilities ?? found.capabilities) };
}
