import { join, resolve } from 'node:path';
import pino from 'pino';
import { env } from '../../libs/config/env.js';
import { writePidFile } from '../../libs/config/pid-file.js';
import { startNetwork } from '../../libs/simulator/whatsapp/index.js';

/** Where the build puts the phone in a browser. */
const PHONE_UI = 'dist/ui/phone/browser';

const { DATA_DIR, HOST, SIMULATOR_PORT, LOG_LEVEL } = env();
const log = pino({ level: LOG_LEVEL, base: { process: 'simulator' } });

const simulated = await startNetwork({
  port: SIMULATOR_PORT,
  host: HOST,
  stateDir: join(DATA_DIR, 'simulator'),
  uiDir: resolve(PHONE_UI),
  files: { '/demo-people.json': join(DATA_DIR, 'demo-people.json') },
  log: (message, err) => log.warn({ err }, message),
}).catch((error: unknown) => {
  log.fatal({ err: error }, `the simulator cannot listen on port ${SIMULATOR_PORT}`);
  process.exit(1);
});

writePidFile(DATA_DIR, 'simulator');
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void simulated.stop().then(() => process.exit(0)));
}
log.info({ url: simulated.controlUrl }, 'ready');
