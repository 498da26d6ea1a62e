import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { processEnvironment } from '../../infra/environment.mjs';
import { readSecrets } from '../../infra/secrets.mjs';
import { readSettings } from '../../infra/settings.mjs';
import type { RunningCopy } from '../stories/running-copy.js';

const program = fileURLToPath(new URL('../../dist/apps/whatsapp/main.js', import.meta.url));
const RESTART_MS = 1_000;

/**
 * One more gateway beside the copy's own, on the same database: whichever of the two lives takes the numbers. It has a folder of its own,
 * as on another machine, and comes back a second after a kill, as a service manager would bring it.
 */
export class SecondGateway {
  private child: ChildProcess | undefined;
  private stopped = false;

  private constructor(
    private readonly env: NodeJS.ProcessEnv,
    private readonly output: string[],
  ) {}

  static async start(copy: RunningCopy): Promise<SecondGateway> {
    const { ports, dataDir } = copy;
    const settings = readSettings({
      DATA_DIR: dataDir, PORT: String(ports.api), SIMULATOR_PORT: String(ports.simulator), TEMPORAL_PORT: String(ports.temporal),
      TEMPORAL_UI_PORT: String(ports.temporalUi), POSTGRES_PORT: String(ports.postgres),
    });
    const own = join(dataDir, 'second-gateway');
    mkdirSync(own);
    const shared = await processEnvironment(settings, readSecrets(dataDir)!);
    // Files that customers send are in one place for both.
    const env = { ...shared, DATA_DIR: own, MEDIA_DIR: join(dataDir, 'media'), LOG_LEVEL: 'info' };
    const gateway = new SecondGateway(env, copy.output);
    gateway.begin();
    return gateway;
  }

  get pid(): number {
    return this.child!.pid!;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await exited;
  }

  private begin(): void {
    const child = spawn(process.execPath, ['--enable-source-maps', program], { env: this.env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => this.output.push(text));
    child.once('exit', () => {
      if (!this.stopped) setTimeout(() => this.stopped || this.begin(), RESTART_MS);
    });
  }
}
