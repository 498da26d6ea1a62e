import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { freePort } from '../../infra/ports.mjs';
import { databaseUrls } from '../../infra/postgres-roles.mjs';
import { readSecrets } from '../../infra/secrets.mjs';
import { companyKeys } from '../../libs/db/company-keys.js';
import { openPool } from '../../libs/db/pool.js';
import { waitFor } from '../../libs/testing/wait-for.js';
import { masterKeyFrom, openVault, type Vault } from '../../libs/vault/vault.js';
import { SimulatedNetwork } from './simulated-network.js';

export type ProcessName = 'api' | 'worker' | 'whatsapp' | 'simulator' | 'temporal' | 'postgres';

const START_LIMIT_MS = 170_000;
const launcher = fileURLToPath(new URL('../../infra/start.mjs', import.meta.url));
const root = fileURLToPath(new URL('../../', import.meta.url));

/** A whole copy of Hilo started as `npm start` does, with data and ports of its own: nothing in it is faked or left out. */
export class RunningCopy {
  readonly output: string[] = [];

  private constructor(
    readonly dataDir: string,
    readonly ports: { api: number; simulator: number; temporal: number; temporalUi: number; postgres: number },
    private readonly process: ChildProcess,
    readonly network: SimulatedNetwork,
  ) {}

  /** Started, linked and fit. @param environment more variables for its processes */
  static async start(environment: Record<string, string> = {}): Promise<RunningCopy> {
    const dataDir = mkdtempSync(join(tmpdir(), 'hilo-story-'));
    chmodSync(dataDir, 0o755); // PostgreSQL's user has to get to its part of it
    const [api, simulator, temporal, temporalUi, postgres] = await Promise.all(Array.from({ length: 5 }, () => freePort()));
    const ports = { api: api!, simulator: simulator!, temporal: temporal!, temporalUi: temporalUi!, postgres: postgres! };
    const child = spawn(process.execPath, [launcher], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        DATA_DIR: dataDir,
        PORT: String(ports.api),
        SIMULATOR_PORT: String(ports.simulator),
        TEMPORAL_PORT: String(ports.temporal),
        TEMPORAL_UI_PORT: String(ports.temporalUi),
        POSTGRES_PORT: String(ports.postgres),
        LOG_LEVEL: 'info',
        ...environment,
      },
    });
    process.once('exit', () => child.kill('SIGTERM')); // whoever started it may end by an error
    const copy = new RunningCopy(dataDir, ports, child, new SimulatedNetwork(`http://127.0.0.1:${ports.simulator}`));
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => copy.output.push(text));
    }
    try {
      await copy.untilReady();
      await copy.rows('update channel_safety set typing_ms_per_char = 0, reply_gap_ms = 0'); // a story waits for answers, not for typing
    } catch (error) {
      await copy.stop();
      throw new Error(`The copy did not start:\n${copy.output.join('').slice(-4_000)}`, { cause: error });
    }
    return copy;
  }

  private async untilReady(): Promise<void> {
    await this.untilFit(START_LIMIT_MS);
    await waitFor('the number to be linked', async () => (await this.network.accounts()).find((account) => account.online), 60_000);
  }

  /** Waits until every process says that it is fit. */
  async untilFit(limitMs = 60_000): Promise<void> {
    await waitFor(
      'every process to be fit',
      async () => {
        if (this.process.exitCode !== null) throw new Error('the launcher ended');
        return (await fetch(`http://127.0.0.1:${this.ports.api}/health`)).ok;
      },
      limitMs,
    );
  }

  /** The demo company's number. */
  async account(): Promise<string> {
    return (await this.network.accounts())[0]!.number;
  }

  /** A connection that sees everything and may lock what it likes. */
  async connect(): Promise<pg.Client> {
    const client = new pg.Client(databaseUrls(this.ports.postgres, readSecrets(this.dataDir)!).superuser);
    await client.connect();
    return client;
  }

  /** Its database as the superuser, to be ended by the caller, and what opens its companies' secrets. */
  opened(): { pool: pg.Pool; vault: Vault } {
    const secrets = readSecrets(this.dataDir)!;
    const pool = openPool(databaseUrls(this.ports.postgres, secrets).superuser, () => undefined);
    return { pool, vault: openVault({ masterKey: masterKeyFrom(secrets.masterKey), loadKeys: companyKeys(pool) }) };
  }

  /** Reads rows of the demo company, as the database's superuser sees them. */
  async rows<T extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<T[]> {
    const client = await this.connect();
    try {
      return (await client.query<T>(sql, values)).rows;
    } finally {
      await client.end();
    }
  }

  /**
   * SIGKILL, without a word. The launcher starts the process again.
   * @returns waits until another process has taken its place
   */
  killProcess(name: ProcessName): () => Promise<unknown> {
    const dead = this.pidOf(name);
    process.kill(dead, 'SIGKILL');
    return () => waitFor(`${name} to be back`, () => this.pidOf(name) !== dead && process.kill(this.pidOf(name), 0), 60_000);
  }

  /** SIGSTOP and SIGCONT: a process that stands still for a while and then goes on as if nothing had been. */
  freeze(name: ProcessName): () => void {
    const pid = this.pidOf(name);
    process.kill(pid, 'SIGSTOP');
    return () => process.kill(pid, 'SIGCONT');
  }

  pidOf(name: ProcessName): number {
    return Number(readFileSync(join(this.dataDir, 'run', `${name}.pid`), 'utf8'));
  }

  async stop(): Promise<void> {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      const exited = new Promise((resolve) => this.process.once('exit', resolve));
      this.process.kill('SIGTERM');
      await exited;
    }
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}
