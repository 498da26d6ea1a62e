import type { z } from 'zod';
import type { CrmDeps } from './crm-deps.js';
import type { Crm, CrmCapability } from './crm.js';
import { embeddedCapabilities, embeddedCrm, type EmbeddedBook } from './embedded.js';
import { genericCapabilities, genericCrm, genericSettings } from './generic/generic.js';
import { ispbrainCapabilities, ispbrainCrm, ispbrainSettings } from './ispbrain.js';
import { ispcubeCapabilities, ispcubeCrm } from './ispcube/ispcube.js';
import { ispcubeSettings } from './ispcube/settings.js';
import { wisphubSettings } from './wisphub/settings.js';
import { wisphubCapabilities, wisphubCrm } from './wisphub/wisphub.js';
import { mikrowispCapabilities, mikrowispCrm } from './mikrowisp/mikrowisp.js';
import { mikrowispSettings } from './mikrowisp/settings.js';

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

/** Hilo's own customer book, which needs no settings. */
export const crmSystems = {
  embedded: {
    name: 'Libro de clientes de Hilo',
    capabilities: embeddedCapabilities,
    open: ({ book }) => embeddedCrm(book),
  },
} as const satisfies Record<string, CrmSystem>;

/** An ISP system that is reached over the network. */
export interface OutsideCrm {
  /** As administrators see it. */
  name: string;
  /** All that it can do; an adapter whose settings take something away says so itself (`Crm.capabilities`). */
  capabilities: readonly CrmCapability[];
  /** What a company has to tell of it. `meta` of each field: `label` and `help` (keys of words), `secret: true` for what is never read back. */
  settings: z.ZodObject;
  /**
   * The adapter with one company's access.
   * @param settings as typed or saved, secrets among them
   * @throws ZodError when they are not what the system takes
   */
  open(settings: unknown, deps: CrmDeps): Crm;
}

/** Ties an adapter to the schema of its settings. */
export function outside<S extends z.ZodObject>(
  { open, ...one }: { name: string; capabilities: readonly CrmCapability[]; settings: S; open(settings: z.output<S>, deps: CrmDeps): Crm },
): OutsideCrm {
  return { ...one, open: (settings, deps) => open(one.settings.parse(settings), deps) };
}

/** In the order of the screen. */
export const outsideSystemIds = ['mikrowisp', 'ispcube', 'wisphub', 'ispbrain', 'generic'] as const;
export type OutsideSystemId = (typeof outsideSystemIds)[number];
export type CrmSystemId = keyof typeof crmSystems | OutsideSystemId;

/** Every ISP system that Hilo talks to over the network: an adapter is one file or folder, its spec and one line here. */
export const outsideSystems: Readonly<Partial<Record<OutsideSystemId, OutsideCrm>>> = {
  mikrowisp: outside({ name: 'MikroWisp', capabilities: mikrowispCapabilities, settings: mikrowispSettings, open: mikrowispCrm }),
  ispcube: outside({ name: 'ISPCube', capabilities: ispcubeCapabilities, settings: ispcubeSettings, open: ispcubeCrm }),
  wisphub: outside({ name: 'WispHub', capabilities: wisphubCapabilities, settings: wisphubSettings, open: (settings, deps) => wisphubCrm(settings, deps) }),
  ispbrain: outside({ name: 'ISPBrain', capabilities: ispbrainCapabilities, settings: ispbrainSettings, open: ispbrainCrm }),
  generic: outside({ name: 'Otro sistema (API REST)', capabilities: genericCapabilities, settings: genericSettings, open: genericCrm }),
};
