import '../../../libs/channels/whatsapp/quiet.js';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import pino from 'pino';
import { trustSimulator, type NetworkSettings } from '../../../libs/channels/whatsapp/connect.js';
import { companyKeys } from '../../../libs/db/company-keys.js';
import type { MessageDetails } from '../../../libs/domain/message/details.js';
import { pairingContext, readPairing } from '../../../libs/domain/pairing.js';
import { LocalFolder } from '../../../libs/media/local-folder.js';
import { startNetwork, type RunningNetwork } from '../../../libs/simulator/whatsapp/index.js';
import { createTestDatabase, type TestDatabase } from '../../../libs/testing/test-db.js';
import { waitFor } from '../../../libs/testing/wait-for.js';
import { newCompanyKey, openVault, type Vault } from '../../../libs/vault/vault.js';
import { ChannelRows } from '../channel-rows.js';
import { Gateway } from '../gateway.js';
import { Leases } from '../leases.js';
import { MediaRows } from '../media-rows.js';
import { PostgresStore } from '../postgres-store.js';
import { Slots } from '../slots.js';

/** Longer than this process stands still under load: a lease that runs out begins the pairing anew. */
const TTL_MS = 15_000;

export interface StagedChannel {
  state: string;
  state_reason: string | null;
  number: string | null;
  wanted: boolean;
}

export interface StagedMessage {
  id: string;
  conversation: string;
  text: string | null;
  state: string | null;
  cause: string | null;
}

export interface OutgoingRow {
  kind: string;
  text?: string;
  details?: MessageDetails;
  bytes?: Uint8Array;
}

/** A gateway with rows and a simulated network of its own, in this process: for specs of what a number does. Company `alfa`. */
export class GatewayStage {
  private constructor(
    private readonly database: TestDatabase,
    readonly pool: pg.Pool,
    /** Sees and changes everything. */
    readonly operator: pg.Pool,
    private readonly vault: Vault,
    readonly simulator: RunningNetwork,
    readonly gateway: Gateway,
    /** Files that come and go. */
    readonly media: LocalFolder,
    private readonly folder: string,
  ) {}

  static async start(): Promise<GatewayStage> {
    const database = await createTestDatabase();
    const pool = new pg.Pool({ connectionString: database.appUrl });
    const operator = new pg.Pool({ connectionString: database.superuserUrl });
    for (const one of [pool, operator]) one.on('error', () => undefined);
    const masterKey = randomBytes(32);
    const key = newCompanyKey(masterKey, 'alfa');
    await operator.query("insert into companies (id, name) values ('alfa', 'Alfa')");
    await operator.query('insert into company_keys (company, id, wrapped) values ($1, $2, $3)', ['alfa', key.id, key.wrapped]);
    const vault = openVault({ masterKey, loadKeys: companyKeys(pool) });
    const simulator = await startNetwork();
    const folder = await mkdtemp(join(tmpdir(), 'hilo-stage-'));
    const media = new LocalFolder(folder);
    const network: NetworkSettings = { network: 'simulator', simulatorUrl: simulator.url, simulatorRootKey: simulator.rootPublicKey, simulatorCertificate: simulator.certificate };
    trustSimulator(network);
    const gateway = new Gateway({
      leases: new Leases(pool, { holder: randomUUID(), ttlMs: TTL_MS }),
      storeOf: (lease) => new PostgresStore(pool, lease.channel, lease.epoch),
      rowsOf: (lease) => new ChannelRows(pool, lease),
      mediaRowsOf: (lease) => new MediaRows(pool, lease),
      slots: new Slots(3), media,
      vault, network, capacity: 10, ttlMs: TTL_MS,
      tell: () => undefined,
      offer: () => undefined, hear: () => undefined,
      log: pino({ level: 'silent' }),
      onHeld: () => undefined,
      onGone: () => Promise.resolve(),
    });
    gateway.start();
    return new GatewayStage(database, pool, operator, vault, simulator, gateway, media, folder);
  }

  async stop(): Promise<void> {
    await this.gateway.stop();
    await this.simulator.stop();
    await Promise.all([this.pool.end(), this.operator.end()]);
    await this.database.drop();
    await rm(this.folder, { recursive: true, force: true });
  }

  get network() {
    return this.simulator.network;
  }

  /** A wanted number whose QR its phone has scanned. @returns the channel's id */
  async linked(number: string): Promise<string> {
    const channel = randomUUID();
    await this.operator.query("insert into channels (company, id, name, wanted) values ('alfa', $1, 'n', true)", [channel]);
    await this.scan(channel, number);
    return channel;
  }

  /** Scans the QR that the channel shows, or will show. */
  async scan(channel: string, number: string): Promise<void> {
    this.gateway.changed(channel);
    const box = await this.vault.forCompany('alfa');
    const qr = await waitFor('a QR', async () => {
      const { rows: [row] } = await this.operator.query<{ pairing: Buffer | null }>('select pairing from channels where id = $1', [channel]);
      const shown = row?.pairing && readPairing(box.open(row.pairing, pairingContext(channel)).toString());
      return shown?.kind === 'qr' ? shown.text : undefined;
    });
    await this.network.scan(number, qr);
    await this.inState(channel, 'linked');
  }

  async channel(id: string): Promise<StagedChannel> {
    return (await this.operator.query<StagedChannel>('select state, state_reason, number, wanted from channels where id = $1', [id])).rows[0]!;
  }

  inState(id: string, state: string): Promise<unknown> {
    return waitFor(`the number to be ${state}`, async () => (await this.channel(id)).state === state, 60_000);
  }

  async messages(channel: string): Promise<StagedMessage[]> {
    return (await this.operator.query<StagedMessage>('select id, conversation, text, state, cause from messages where channel = $1 order by id', [channel])).rows;
  }

  /** Somebody writes. @returns the conversation */
  async written(channel: string, number: string, from: string, text: string): Promise<string> {
    await this.network.personSends(from, number, text);
    const row = await waitFor(`"${text}" in its row`, async () => (await this.messages(channel)).find((one) => one.text === text));
    return row.conversation;
  }

  /** A conversation with somebody who has never written. */
  async stranger(channel: string, number: string): Promise<string> {
    const [contact, conversation] = [randomUUID(), randomUUID()];
    await this.operator.query("insert into contacts (company, id) values ('alfa', $1)", [contact]);
    await this.operator.query("insert into contact_addresses values ('alfa', $2, $1)", [contact, `${number}@s.whatsapp.net`]);
    await this.operator.query("insert into conversations (company, id, channel, contact) values ('alfa', $3, $2, $1)", [contact, channel, conversation]);
    return conversation;
  }

  /** Queues a text of the bot. @returns the row's id */
  async queue(channel: string, conversation: string, text: string): Promise<string> {
    const waId = `3EB0${randomBytes(9).toString('hex').toUpperCase()}`;
    const { rows: [made] } = await this.operator.query<{ id: string }>(
      `insert into messages (company, conversation, channel, direction, author, wa_id, from_me, kind, text, state)
        values ('alfa', $1, $2, 'out', 'bot', $3, true, 'text', $4, 'queued') returning id`, [conversation, channel, waId, text]);
    return made!.id;
  }

  /** Queues a row of any kind, of an agent; with bytes its file is in the media store. @returns the row's id and WhatsApp's */
  async queueKind(channel: string, conversation: string, row: OutgoingRow): Promise<{ id: string; waId: string }> {
    const waId = `3EB0${randomBytes(9).toString('hex').toUpperCase()}`;
    const { rows: [made] } = await this.operator.query<{ id: string }>(
      `insert into messages (company, conversation, channel, direction, author, wa_id, from_me, kind, text, details, state)
        values ('alfa', $1, $2, 'out', 'agent', $3, true, $4, $5, $6, 'queued') returning id`,
      [conversation, channel, waId, row.kind, row.text ?? '', JSON.stringify(row.details ?? {})]);
    if (row.bytes) {
      const { sha256, size } = await this.media.put('alfa', row.bytes);
      await this.operator.query(
        `insert into media_files (company, message, direction, state, sha256, size, mimetype, file_name) values ('alfa', $1, 'out', 'stored', $2, $3, $4, $5)`,
        [made!.id, sha256, size, row.details?.media?.mimetype, row.details?.media?.fileName]);
    }
    return { id: made!.id, waId };
  }

  send(channel: string, message: string, patienceMs?: number) {
    return this.gateway.send({ company: 'alfa', channel, message }, patienceMs);
  }

  safety(channel: string, columns: string): Promise<unknown> {
    return this.operator.query(`update channel_safety set ${columns} where channel = $1`, [channel]);
  }

  /** What restricts the number now. */
  async restrictions(channel: string): Promise<{ signal: string; stops: string }[]> {
    const { rows } = await this.operator.query<{ signal: string; stops: string }>(
      'select signal, stops from channel_restrictions where channel = $1 and until > clock_timestamp() order by signal', [channel]);
    return rows;
  }
}
