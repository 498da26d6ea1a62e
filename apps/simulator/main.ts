import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { env } from '../../libs/config/env.js';
import { startNetwork } from '../../libs/simulator/whatsapp/index.js';

/** Where `npm run build` puts the phone in a browser. */
const PHONE_UI = 'dist/ui/phone/browser';

const { DATA_DIR, HOST, SIMULATOR_PORT, LOG_LEVEL } = env();
const pidFile = join(DATA_DIR, 'run', 'simulator.pid');

function log(message: string, error?: unknown): void {
  if (LOG_LEVEL === 'silent') return;
  const cause = error instanceof Error ? (error.stack ?? error.message) : error;
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), process: 'simulator', message, cause })}\n`);
}

async function main(): Promise<void> {
  const simulated = await startNetwork({
    port: SIMULATOR_PORT,
    host: HOST,
    stateDir: join(DATA_DIR, 'simulator'),
    uiDir: resolve(PHONE_UI),
    log,
  });
  mkdirSync(join(DATA_DIR, 'run'), { recursive: true });
  writeFileSync(pidFile, `${process.pid}\n`);
  const end = () => {
    rmSync(pidFile, { force: true });
    void simulated.stop().then(() => process.exit(0));
  };
  process.once('SIGTERM', end).once('SIGINT', end);
  process.stdout.write(`simulator: ${simulated.controlUrl}\n`);
}

main().catch((error: unknown) => {
  log('the simulator could not start', error);
  process.exit(1);
});
