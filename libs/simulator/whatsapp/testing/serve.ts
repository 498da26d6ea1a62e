import { startNetwork } from '../start.js';

/** A simulator in a process of its own, for specs that kill it: folder of its world and port as arguments; tells its address. */
const [, , stateDir, port] = process.argv;
const { controlUrl } = await startNetwork({ stateDir, port: Number(port ?? 0) });
process.send?.(controlUrl);
process.once('disconnect', () => process.exit(0));
