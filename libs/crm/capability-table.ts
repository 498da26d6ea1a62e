import type { CustomerOrder, CustomerQuery } from '../domain/customers.js';
import type { CrmCapability } from './crm.js';
import { crmSystems, outsideSystemIds, outsideSystems } from './registry.js';

/**
 * How a system's messages reach Hilo's gateway. setup: it has to be configured in the system for that (the asterisk of ISPCube's in the product's
 * own table); none: it has no such thing.
 */
export type Messaging = 'yes' | 'setup' | 'none';

export const messagingOf: Readonly<Record<(typeof outsideSystemIds)[number] | keyof typeof crmSystems, Messaging>> = {
  mikrowisp: 'yes', ispcube: 'setup', wisphub: 'yes', ispbrain: 'yes', generic: 'setup', embedded: 'yes',
};

const rows: { name: string; needs: readonly CrmCapability[] }[] = [
  { name: 'Identificar cliente', needs: ['by-phone', 'by-document'] },
  { name: 'Consultar saldo', needs: ['account'] },
  { name: 'Enviar factura', needs: ['invoices', 'invoice-document'] },
  { name: 'Estado de conexión', needs: ['connection'] },
  { name: 'Test de velocidad', needs: ['speed-test'] },
  { name: 'Ficha para agentes', needs: ['profile'] },
  { name: 'Planes en venta', needs: ['plans'] },
  { name: 'Registrar pagos', needs: ['pay'] },
  { name: 'Anular pagos', needs: ['reverse-payment'] },
  { name: 'Suspender y reactivar', needs: ['suspend', 'reactivate'] },
  { name: 'Abrir y cerrar tickets', needs: ['open-ticket', 'close-ticket'] },
  { name: 'Alta de interesados', needs: ['prospect'] },
] satisfies { name: string; needs: readonly (CustomerQuery['kind'] | CustomerOrder['kind'])[] }[];

const messagingMark: Record<Messaging, string> = { yes: '✅', setup: '✅*', none: '❌' };

/** Systems × functions in Markdown, as the registry has them. */
export function capabilityTable(): string {
  const systems = [
    ...outsideSystemIds.flatMap((id) => outsideSystems[id] ? [{ id, name: outsideSystems[id].name, capabilities: outsideSystems[id].capabilities }] : []),
    { id: 'embedded' as const, name: crmSystems.embedded.name, capabilities: crmSystems.embedded.capabilities as readonly CrmCapability[] },
  ];
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const mark = (needs: readonly CrmCapability[], has: readonly CrmCapability[]) => {
    const count = needs.filter((one) => has.includes(one)).length;
    return count === needs.length ? '✅' : count === 0 ? '❌' : 'en parte';
  };
  return [
    line(['Función', ...systems.map(({ name }) => name)]),
    line(['---', ...systems.map(() => '---')]),
    ...rows.map(({ name, needs }) => line([name, ...systems.map(({ capabilities }) => mark(needs, capabilities))])),
    line(['Envío de mensajería', ...systems.map(({ id }) => messagingMark[messagingOf[id]])]),
  ].join('\n');
}
