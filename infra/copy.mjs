import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { buildScreens, buildServer } from './build.mjs';
import { startChild } from './child.mjs';
import { operatorEnvironment, processEnvironment } from './environment.mjs';
import { LaunchFailure } from './launch-failure.mjs';
import { formatLine } from './log-lines.mjs';
import { inRoot } from './paths.mjs';
import { PidFiles } from './pid-files.mjs';
import { requireFreePorts, waitForPort } from './ports.mjs';
import { startPostgres } from './postgres.mjs';
import { postgresHome } from './postgres-binaries.mjs';
import { Processes } from './processes.mjs';
import { readOrCreateSecrets } from './secrets.mjs';
import { rememberSettings } from './settings.mjs';
import { startTemporal } from './temporal.mjs';
import { temporalCli } from './temporal-tools.mjs';

/** @typedef {import('./settings.mjs').Settings} Settings */
/** @typedef {import('./progress.mjs').Progress} Progress */
/** @typedef {import('./pid-files.mjs').ProcessName} ProcessName */

const READY_TIMEOUT_MS = 90_000;
/** What PostgreSQL says of clients that come while it starts or stops: they come again. */
const NOT_NOW = /the database system is |Consistent recovery state|administrator command/;

/** One running copy of Hilo: its data folder, its ports, its processes. */
export class Copy {
  /**
   * @param {Settings} settings
   * @param {Progress} progress
   */
  constructor(settings, progress) {
    mkdirSync(settings.dataDir, { recursive: true });
    this.settings = settings;
    this.progress = progress;
    this.pidFiles = new PidFiles(settings.dataDir);
    this.pidFiles.claim();
    rememberSettings(settings.dataDir);
    this.secrets = readOrCreateSecrets(settings.dataDir);
    this.processes = new Processes(this.pidFiles, (message) => progress.note(message));
  }

  /** From nothing to a copy that answers. */
  async start() {
    const left = await this.pidFiles.stopLeftovers((name) => this.#markOf(name));
    if (left.length > 0) this.progress.note(`Detenidos los procesos que dejó un arranque anterior: ${left.join(', ')}`);
    await requireFreePorts(this.#ports());
    await allOrFirstFailure([
      this.progress.step('Programas', () => buildServer()),
      this.progress.step('Pantallas', () => buildScreens()),
      this.#startPostgres(),
      this.#startTemporal(),
    ]);
    await this.progress.step('Base de datos al día', () => this.#hilo(['migrate']));
    const isDemo = this.settings.whatsapp === 'simulator';
    if (isDemo) await this.progress.step('Empresa de demostración', () => this.#hilo(['seed-demo']));
    await this.progress.step('Procesos', () => this.#startApps());
    if (isDemo) await this.progress.step('Número de la demostración', () => this.#linkDemo());
    await this.progress.step('Salud', () => this.#untilHealthy());
  }

  /** The simulated business phone scans the gateway's QR; a number that is linked stays so. */
  async #linkDemo() {
    const isDead = () => this.processes.hopeless() !== undefined;
    await waitForPort(this.settings.simulatorPort, { timeoutMs: READY_TIMEOUT_MS, isDead });
    await this.#hilo(['link', 'demo', '--scan-with-simulator']);
  }

  async stop() {
    await this.processes.stopAll();
    this.pidFiles.remove('launcher');
  }

  /** Without waiting for anybody. */
  kill() {
    this.processes.killAll();
    this.pidFiles.remove('launcher');
  }

  /** @param {string} name */
  #onLine(name) {
    return (/** @type {string} */ line) => void process.stdout.write(`${formatLine(name, line)}\n`);
  }

  async #startPostgres() {
    const { databaseUrl, postgresPort } = this.settings;
    if (databaseUrl) return this.progress.note('PostgreSQL: el de DATABASE_URL');
    const show = this.#onLine('postgres');
    const onLine = (/** @type {string} */ line) => NOT_NOW.test(line) || show(line);
    const start = () => startPostgres({ dataDir: this.#folder('postgres'), port: postgresPort, secrets: this.secrets, onLine });
    await this.progress.step('PostgreSQL', async (report) => {
      const relocated = postgresHome(path.join(this.#folder('postgres'), 'cluster'));
      if (relocated.relocated) report(`los datos están en ${relocated.dataDir}, porque su usuario no puede entrar a ${this.settings.dataDir}`);
      await this.processes.start({ name: 'postgres', start: async () => (await start()).child, stopSignal: 'SIGINT' });
    });
  }

  async #startTemporal() {
    const { port: apiPort, temporalAddress, temporalPort, temporalUiPort, temporalNamespace } = this.settings;
    if (temporalAddress) return this.progress.note(`Temporal: el de TEMPORAL_ADDRESS (${temporalAddress})`);
    await this.progress.step('Temporal', async (report) => {
      const executable = await temporalCli(report);
      const codecEndpoint = `http://localhost:${apiPort}/api/codec`;
      const options = { dataDir: this.#folder('temporal'), port: temporalPort, uiPort: temporalUiPort, codecEndpoint, namespace: temporalNamespace, executable };
      const onLine = this.#onLine('temporal');
      const start = () => startTemporal({ ...options, onLine: (line) => line.startsWith('{') && onLine(line) }); // not its banner
      await this.processes.start({ name: 'temporal', start: async () => (await start()).child, stopSignal: 'SIGTERM' });
    });
  }

  /** @param {string} name */
  #folder(name) {
    return path.join(this.settings.dataDir, name);
  }

  async #startApps() {
    const env = await processEnvironment(this.settings, this.secrets);
    /** @type {ProcessName[]} */
    const names = this.settings.whatsapp === 'simulator' ? ['simulator', 'worker', 'whatsapp', 'api'] : ['worker', 'whatsapp', 'api'];
    for (const name of names) {
      const args = ['--enable-source-maps', inRoot('dist', 'apps', name, 'main.js'), this.#markOf(name)];
      const start = () => startChild(process.execPath, args, { cwd: inRoot(), env, onLine: this.#onLine(name) });
      await this.processes.start({ name, start, stopSignal: 'SIGTERM' });
    }
  }

  /**
   * What tells a process of this copy from any other in a list of processes. The programs ignore the argument.
   * @param {ProcessName} name
   */
  #markOf(name) {
    if (name === 'postgres') return `-D ${postgresHome(path.join(this.#folder('postgres'), 'cluster')).dataDir}`;
    if (name === 'temporal') return path.join(this.#folder('temporal'), 'temporal.db');
    return `--copy=${this.settings.dataDir}`;
  }

  #ports() {
    const { databaseUrl, temporalAddress, whatsapp, ...ports } = this.settings;
    return [
      { port: ports.port, purpose: 'la API y las pantallas', variable: 'PORT' },
      ...(whatsapp === 'simulator' ? [{ port: ports.simulatorPort, purpose: 'el simulador', variable: 'SIMULATOR_PORT' }] : []),
      ...(databaseUrl ? [] : [{ port: ports.postgresPort, purpose: 'PostgreSQL', variable: 'POSTGRES_PORT' }]),
      ...(temporalAddress ? [] : [{ port: ports.temporalPort, purpose: 'Temporal', variable: 'TEMPORAL_PORT' }]),
      ...(temporalAddress ? [] : [{ port: ports.temporalUiPort, purpose: 'la interfaz web de Temporal', variable: 'TEMPORAL_UI_PORT' }]),
    ];
  }

  /**
   * Runs one of the operator's commands.
   * @param {string[]} args
   */
  async #hilo(args) {
    const env = await operatorEnvironment(this.settings, this.secrets);
    const child = await startChild(process.execPath, ['--enable-source-maps', inRoot('dist', 'apps', 'hilo', 'main.js'), ...args], { cwd: inRoot(), env });
    const ended = child.exited.then(({ code }) => {
      if (code !== 0) throw new LaunchFailure(`«hilo ${args.join(' ')}» no pudo hacer lo suyo: abajo está lo que dijo.`, child.lastLines().join('\n'));
    });
    await Promise.race([ended, this.#whileHopeful(() => child.exit() !== undefined)]);
  }

  async #untilHealthy() {
    const address = `http://127.0.0.1:${this.settings.port}/health`;
    const deadline = Date.now() + READY_TIMEOUT_MS;
    let last = 'la API no responde';
    while (Date.now() < deadline) {
      const failure = this.processes.hopeless();
      if (failure) throw failure;
      try {
        const response = await fetch(address, { signal: AbortSignal.timeout(5_000) });
        if (response.status === 200) return;
        last = await response.text();
      } catch {
        // not listening yet
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new LaunchFailure(`La copia no quedó sana en ${READY_TIMEOUT_MS / 1000} s (${address}): mirá arriba qué proceso se queja.`, last);
  }

  /**
   * Rejects when a process turns out hopeless; resolves when there is nothing more to wait for.
   * @param {() => boolean} isOver
   */
  async #whileHopeful(isOver) {
    while (!isOver()) {
      const failure = this.processes.hopeless();
      if (failure) throw failure;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    await new Promise(() => {});
  }
}

/**
 * Waits for all; a failure is told at once, but only after the others have come to rest, so that all can be stopped.
 * @param {Promise<unknown>[]} work
 */
async function allOrFirstFailure(work) {
  const results = await Promise.allSettled(work);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}
