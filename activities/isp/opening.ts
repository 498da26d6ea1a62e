import type { CrmDeps } from '../../libs/crm/crm-deps.js';
import type { Crm, CrmCapability } from '../../libs/crm/crm.js';
import type { OutsideCrm, OutsideSystemId } from '../../libs/crm/registry.js';
import type { TlsTrust } from '../../libs/http/http-client.js';
import type { CompanyFacts } from './connections.js';
import { phoneCountryOf } from '../../libs/domain/phone.js';
import { callInHand } from './outgoing.js';

export type OutsideSystems = Readonly<Partial<Record<OutsideSystemId, OutsideCrm>>>;

/** What every adapter gets to know of the company. */
const factsFor = ({ locale, currency, timeZone }: CompanyFacts) => ({ defaultCountry: phoneCountryOf(locale) ?? 'AR', currency, timeZone });

/** What the connection itself says of the line, as adapters take it: `tls`, `certificate` and `timeoutSeconds` of libs/crm/wire/settings.ts. */
export const lineSettingsOf = ({ tls, limitMs }: { tls: TlsTrust; limitMs: number }) => ({
  tls: tls.mode, timeoutSeconds: Math.max(2, Math.round(limitMs / 1_000)), ...(tls.mode === 'pinned' ? { certificate: tls.pem } : {}),
});

/**
 * Opens a system with what a company has set up.
 * @throws ZodError when the settings are not what the system takes; Error when this build does not have the system
 */
export function openCrm(
  systems: OutsideSystems, { system, settings, ...line }: { system: string; settings: Readonly<Record<string, unknown>>; tls: TlsTrust; limitMs: number }, facts: CompanyFacts, deps: Pick<CrmDeps, 'http' | 'now'>,
): { crm: Crm; capabilities: ReadonlySet<CrmCapability> } {
  const found = systems[system as OutsideSystemId];
  if (!found) throw new Error(`This build has no ISP system ${system}`);
  const report: CrmDeps['report'] = (unmapped) => void callInHand.getStore()?.unmapped.push(unmapped);
  const crm = found.open({ ...settings, ...lineSettingsOf(line) }, { ...factsFor(facts), ...deps, report });
  return { crm, capabilities: new Set(crm.capabilities ?? found.capabilities) };
}
