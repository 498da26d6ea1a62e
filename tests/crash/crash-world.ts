import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startPostgres, type Postgres } from '../../infra/postgres.mjs';
import { generateSecrets } from '../../infra/secrets.mjs';
import { migrate } from '../../libs/db/migrate.js';
import { companyKeys } from '../../libs/db/company-keys.js';
import { pairingContext, readPairing } from '../../libs/domain/pairing.js';
import { startNetwork, type RunningNetwork } from '../../libs/simulator/whatsapp/index.js';
import { withoutPace } from '../../libs/testing/quiet-numbers.js';
import { waitFor } from '../../libs/testing/wait-for.js';
import { newCompanyKey, openVault } from '../../libs/vault/vault.js';
import { GatewayProcess } from './gateway-process.js';

export const COMPANY = 'alfa';

export interface LinkedNumber {
  channel: string;
  number: string;
}

/** A durable PostgreSQL of its own, the simulated network in this process, and gateways as processes. */
export class CrashWorld {
  /** Everything that any gateway printed. */
  readonly output: string[] = [];
  readonly masterKey = randomBytes(32);
  private readonly gateways: GatewayProcess[] = [];

  /** Files of all gateways. */
  readonly mediaDir: string;

  private constructor(
    private readonly dataDir: string,
    private readonly secrets: ReturnType<typeof generateSecrets>,
    public postgres: Postgres,
    public operator: pg.Pool,
    readonly simulator: RunningNetwork,
  ) {
    this.mediaDir = join(dataDir, 'media');
  }

  static async start(): Promise<CrashWorld> {
    const dataDir = mkdtempSync(join(tmpdir(), 'hilo-crash-'));
    const secrets = generateSecrets();
    const postgres = await startPostgres({ dataDir, secrets });
    await migrate(postgres.urls.owner);
    await withoutPace(postgres.urls.owner);
    const operator = operatorOf(postgres);
    const world = new CrashWorld(dataDir, secrets, postgres, operator, await startNetwork());
    await operator.query('insert into companies (id, name) values ($1, $1)', [COMPANY]);
    const key = newCompanyKey(world.masterKey, COMPANY);
    await operator.query('insert into company_keys (company, id, wrapped) values ($1, $2, $3)', [COMPANY, key.id, key.wrapped]);
    return world;
  }

  get network() {
    return this.simulator.network;
  }

  /** @throws Error if any gateway has printed a private key */
  async stop(): Promise<void> {
    await Promise.all(this.gateways.map((gateway) => gateway.kill()));
    await this.operator.end();
    await this.simulator.stop();
    await this.postgres.stop('immediate');
    rmSync(this.dataDir, { recursive: true, force: true });
    if (this.output.join('').includes('privKey')) throw new Error('A gateway has printed a private key');
  }

  /** @param holder two that live at once must differ; the same name takes numbers over without waiting */
  async gateway(holder = 'machine-1', ttlMs = 6_000): Promise<GatewayProcess> {
    const gateway = await GatewayProcess.start(
      {
        databaseUrl: this.postgres.urls.app,
        masterKey: this.masterKey.toString('base64'),
        simulatorUrl: this.simulator.url,
        simulatorRootKey: this.simulator.rootPublicKey,
        simulatorCertificate: this.simulator.certificate,
        holder,
        ttlMs,
        mediaDir: this.mediaDir,
      },
      this.output,
    );
    this.gateways.push(gateway);
    return gateway;
  }

  /** A wanted channel whose QR the number's phone scans. A gateway must be running. */
  async link(number: string): Promise<LinkedNumber> {
    const channel = randomUUID();
    await this.operator.query("insert into channels (company, id, name, wanted) values ($1, $2, 'n', true)", [COMPANY, channel]);
    const box = await openVault({ masterKey: this.masterKey, loadKeys: companyKeys(this.operator) }).forCompany(COMPANY);
    const qr = await waitFor('a QR', async () => {
      const { rows } = await this.operator.query<{ pairing: Buffer | null }>('select pairing from channels where id = $1', [channel]);
      const sealed = rows[0]?.pairing;
      const shown = sealed && readPairing(box.open(sealed, pairingContext(channel)).toString());
      return shown?.kind === 'qr' ? shown.text : undefined;
    });
    await this.network.scan(number, qr);
    await this.untilOnline(number);
    return { channel, number };
  }

  untilOnline(number: string, limitMs = 60_000): Promise<unknown> {
    return waitFor(`${number} to be online`, () => this.network.accounts.some((account) => account.number === number && account.online), limitMs);
  }

  /** Waits until the network has nothing left to deliver to a number's devices. */
  untilDelivered(number: string, limitMs = 120_000): Promise<unknown> {
    const waiting = () => [...this.network.account(number).devices.values()].reduce((sum, { queue }) => sum + queue.size, 0);
    return waitFor(`everything to be delivered to ${number}`, () => waiting() === 0, limitMs);
  }

  /** Stops PostgreSQL as a crash would, and gives back what starts it again. */
  async stopPostgres(): Promise<() => Promise<void>> {
    const { port } = this.postgres;
    await this.operator.end();
    await this.postgres.stop('immediate');
    return async () => {
      this.postgres = await startPostgres({ dataDir: this.dataDir, secrets: this.secrets, port });
      this.operator = operatorOf(this.postgres);
    };
  }
}

function operatorOf({ urls }: Postgres): pg.Pool {
  const pool = new pg.Pool({ connectionString: urls.superuser });
  pool.on('error', () => undefined);
  return pool;
}
