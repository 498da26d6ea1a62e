import { startNetwork } from '../start.js';

/** A simulator in a process of its own, for specs that kill it: keeps its world in the folder given, tells its address. */
const { controlUrl } = await startNetwork({ stateDir: process.argv[2] });
process.send?.(controlUrl);
process.once('disconnect', () => process.exit(0));
