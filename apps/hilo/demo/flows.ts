import type { EntityManager } from '@mikro-orm/postgresql';
import { Flow as FlowRow } from '../../../libs/db/entities/flow.js';
import { FlowVersion } from '../../../libs/db/entities/flow-version.js';
import sales from '../../../libs/db/seeds/demo/flow-sales.json' with { type: 'json' };
import support from '../../../libs/db/seeds/demo/flow-support.json' with { type: 'json' };
import { DomainError } from '../../../libs/domain/errors.js';
import { checkFlow, isPublishable } from '../../../libs/domain/flow/check.js';
import { parseFlow, type Flow, type Flows } from '../../../libs/domain/flow/flow.js';

const names = { support: 'Atención a clientes', sales: 'Ventas' } as const;

/** The flows of the demo's seeds, checked as any flow is before it is published. @throws DomainError `flow-invalid` */
export function demoFlows(): Flow[] {
  const flows: Flows = { support: parseFlow(support), sales: parseFlow(sales) };
  const findings = checkFlow(flows);
  if (!isPublishable(findings)) {
    const errors = findings.filter(({ severity }) => severity === 'error');
    throw new DomainError('flow-invalid', errors.map(({ flow, node, kind }) => `${flow}/${node}: ${kind}`).join(', '));
  }
  return [flows.support, flows.sales];
}

/**
 * Publishes version 1 of each flow that the company does not have; one that exists is left to those who edit it.
 * @param em of `forCompany(company)`
 * @param flows already checked: only what cannot trap a customer is published
 */
export async function seedFlows(em: EntityManager, company: string, flows: readonly Flow[], now: Date): Promise<void> {
  for (const definition of flows) {
    if (await em.findOne(FlowRow, { kind: definition.kind })) continue;
    const flow = em.create(FlowRow, { company, kind: definition.kind, name: names[definition.kind] });
    await em.flush();
    const version = em.create(FlowVersion, { company, flow: flow.id, number: 1, definition, publishedAt: now });
    await em.flush();
    flow.published = version.id;
    await em.flush();
  }
}
