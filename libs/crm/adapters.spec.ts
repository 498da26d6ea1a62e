import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { CustomerBook } from '../domain/customer-book.js';
import type { FaultKind } from '../simulator/crm/faults.js';
import { simulatedSystems } from '../simulator/crm/systems.js';
import { capabilityTable } from './capability-table.js';
import { capabilitiesOf } from './generic/description.js';
import { unknownSystemWith } from './generic/testing/unknown-system.js';
import { crmFailureSuite, type OpenedSystem } from './failure-suite.js';
import { outsideSystemIds, outsideSystems, type OutsideSystemId } from './registry.js';
import { simulatedHttp } from './testing/simulated-http.js';

const NOW = Date.parse('2026-11-20T15:00:00Z');
/** What a company tells besides address and keys: of the generic adapter the description. */
const described: Partial<Record<OutsideSystemId, object>> = { generic: { description: unknownSystemWith() } };

function opening(id: OutsideSystemId): (book: CustomerBook) => OpenedSystem {
  const system = simulatedSystems.find((one) => one.id === id)!;
  return (book) => {
    const { simulator, http, url } = simulatedHttp(system, () => NOW);
    simulator.load(book);
    const crm = outsideSystems[id]!.open({ url, ...system.keys, ...described[id] }, {
      http, now: () => NOW, sleep: () => Promise.resolve(), defaultCountry: 'AR', currency: 'ARS', timeZone: 'America/Argentina/Buenos_Aires',
    });
    return {
      crm,
      fault: (kind: FaultKind, times = 1_000_000) => simulator.addFault({ system: id, kind, times }),
      heal: () => simulator.faults.clear(id),
      ledger: () => simulator.world(id).ledger,
    };
  };
}

for (const id of outsideSystemIds) {
  const open = opening(id);
  const capabilities = id === 'generic' ? capabilitiesOf(unknownSystemWith()) : outsideSystems[id]!.capabilities;
  crmFailureSuite(id, { capabilities, open, paysInvoices: id !== 'ispcube' });
}

it('has a simulated system for each, and the table of the README is the registry’s', () => {
  expect(outsideSystemIds.filter((id) => !simulatedSystems.some((one) => one.id === id))).toEqual([]);
  const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8');
  expect(readme).toContain(capabilityTable());
});
