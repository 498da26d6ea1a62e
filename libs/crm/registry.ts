import type { Crm, CrmCapability } from './crm.js';
import { embeddedCrm, type EmbeddedBook } from './embedded.js';

/** What adapters may need to open a company's system: each takes its part. */
export interface CrmSources {
  /** The company's rows of the embedded customer book. */
  book: EmbeddedBook;
}

export interface CrmSystem {
  /** As administrators see it. */
  name: string;
  capabilities: readonly CrmCapability[];
  /** The adapter with one company's access. */
  open(sources: CrmSources): Crm;
}

/** Every ISP system that Hilo talks to: an adapter is one file, its spec and one line here. */
export const crmSystems = {
  embedded: {
    name: 'Libro de clientes de Hilo',
    capabilities: ['by-phone', 'by-document', 'account', 'connection', 'plans'],
    open: ({ book }) => embeddedCrm(book),
  },
} as const satisfies Record<string, CrmSystem>;

export type CrmSystemId = keyof typeof crmSystems;
