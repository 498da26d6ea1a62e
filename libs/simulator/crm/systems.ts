import { generic } from './generic.js';
import { ispbrain } from './ispbrain.js';
import { ispcube } from './ispcube.js';
import { mikrowisp } from './mikrowisp.js';
import type { SimulatedSystem } from './system.js';
import { wisphub } from './wisphub.js';

/** Every simulated ISP system: a file, and one line here. */
export const simulatedSystems: readonly SimulatedSystem[] = [mikrowisp, ispcube, wisphub, ispbrain, generic];
