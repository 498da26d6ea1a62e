import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import pino from 'pino';
import { env } from '../../libs/config/env.js';
import { writePidFile } from '../../libs/config/pid-file.js';
import { bookSchema } from '../../libs/simulator/crm/control.js';
import { CRM_PATH, crmListener } from '../../libs/simulator/crm/listener.js';
import { CrmSimulator } from '../../libs/simulator/crm/simulator.js';
import { simulatedSystems } from '../../libs/simulator/crm/systems.js';
import { MERCADOPAGO_PATH, mercadoPagoListener } from '../../libs/simulator/mercadopago/listener.js';
import { MercadoPagoSimulator } from '../../libs/simulator/mercadopago/simulator.js';
import { OPENAI_PATH, openAiListener } from '../../libs/simulator/openai/listener.js';
import { ModelSimulator } from '../../libs/simulator/openai/simulator.js';
import { startNetwork } from '../../libs/simulator/whatsapp/index.js';

/** Where the build puts the phone in a browser. */
const PHONE_UI = 'dist/ui/phone/browser';

const { DATA_DIR, HOST, SIMULATOR_PORT, LOG_LEVEL } = env();
const log = pino({ level: LOG_LEVEL, base: { process: 'simulator' } });

const crm = new CrmSimulator(simulatedSystems);

/** The demo company's customers are in every simulated ISP system, so that an administrator can try each. */
function loadDemoBook(file: string): void {
  if (!existsSync(file)) return;
  try {
    crm.load(bookSchema.parse(JSON.parse(readFileSync(file, 'utf8'))));
  } catch (err) {
    log.warn({ err }, 'the demo company’s customers could not be loaded into the ISP systems, which stay empty');
  }
}
loadDemoBook(join(DATA_DIR, 'demo-book.json'));

const simulated = await startNetwork({
  port: SIMULATOR_PORT,
  host: HOST,
  stateDir: join(DATA_DIR, 'simulator'),
  uiDir: resolve(PHONE_UI),
  mounts: { [CRM_PATH]: crmListener(crm), [MERCADOPAGO_PATH]: mercadoPagoListener(new MercadoPagoSimulator()), [OPENAI_PATH]: openAiListener(new ModelSimulator()) },
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
