import type { GenericDescription } from '../description.js';
import { ispkeeperBeginning, wisproBeginning } from './beginnings.js';
import { ispbrainDescription } from './ispbrain.js';

export interface Preset {
  /** As its vendor writes it. */
  name: string;
  description: GenericDescription;
  /** Where it lives, where that is the same for all companies. */
  url?: string;
  /** Compared with the vendor's own documentation or system. */
  verified: boolean;
}

/** Where a technician can begin: none of these was verified with its vendor, and the screen says so. */
export const presets = {
  ispbrain: { name: 'ISPBrain', description: ispbrainDescription, verified: false },
  ispkeeper: { name: 'ISPKeeper', description: ispkeeperBeginning, url: 'https://api.anatod.ar', verified: false },
  wispro: { name: 'Wispro', description: wisproBeginning, verified: false },
} as const satisfies Record<string, Preset>;
