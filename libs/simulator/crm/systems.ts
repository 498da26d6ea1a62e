import { generic } from './generic.js';
import { ispbrain } from './ispbrain.js';
import { ispcube } from './ispcube.js';
import type { SimulatedSystem } from './system.js';

/** Every simulated ISP system: a file, and one line here. */
export const simulatedSystems: readonly SimulatedSystem[] = [ispcube, ispbrain, generic];
