import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import type pg from 'pg';
import type { SendRequest } from '../../libs/channels/channel.js';
import { companyKeys } from '../../libs/db/company-keys.js';
import { openPool } from '../../libs/db/pool.js';
import { temporalClient } from '../../libs/temporal/client.js';
import { dataConverter } from '../../libs/temporal/data-converter.js';
import { whatsappQueue } from '../../libs/temporal/queues.js';
import { masterKeyFrom, openVault, type Vault } from '../../libs/vault/vault.js';
import { databaseUrls } from '../../infra/postgres-roles.mjs';
import { readSecrets } from '../../infra/secrets.mjs';
import { arrive } from '../../workflows/conversation/contract.js';
import type { RunningCopy } from '../stories/running-copy.js';
import { knownByPhone } from './people.js';

const COMPANY = 'demo';
const PICKS = ['3', '0'] as const;

interface Conversation {
  id: string;
  phone: string;
  seq: number;
}

/**
 * The engine alone: rows as the journal writes them, the product's own worker with its decisions, and this process in the gateway's
 * place, from just before the signal to the beginning of `send`.
 */
export class Engine {
  private readonly channel = randomUUID();
  private readonly conversations: Conversation[] = [];
  private readonly sending = new Map<string, () => void>();
  private connection!: NativeConnection;
  private worker!: Worker;
  private running!: Promise<void>;

  private constructor(
    private readonly pool: pg.Pool,
    private readonly client: Client,
    private readonly vault: Vault,
    private readonly address: string,
  ) {}

  static async start(copy: RunningCopy, count: number): Promise<Engine> {
    const secrets = readSecrets(copy.dataDir)!;
    const pool = openPool(databaseUrls(copy.ports.postgres, secrets).superuser, () => undefined);
    const vault = openVault({ masterKey: masterKeyFrom(secrets.masterKey), loadKeys: companyKeys(pool) });
    const address = `127.0.0.1:${copy.ports.temporal}`;
    const engine = new Engine(pool, temporalClient({ address, namespace: 'default' }, vault), vault, address);
    await pool.query(`insert into channels (company, id, name, debounce_ms) values ($1, $2, 'bench', 0)`, [COMPANY, engine.channel]);
    await engine.poll();
    for (const { phones } of knownByPhone().slice(-count)) {
      const conversation = { id: '', phone: phones[0]!, seq: 0 };
      engine.conversations.push(conversation);
      await engine.say(conversation, 'hola');
    }
    return engine;
  }

  private async poll(): Promise<void> {
    this.connection = await NativeConnection.connect({ address: this.address });
    this.worker = await Worker.create({
      connection: this.connection,
      taskQueue: whatsappQueue(this.channel),
      dataConverter: dataConverter(this.vault),
      maxConcurrentActivityTaskPolls: 1,
      activities: {
        send: async ({ message }: SendRequest) => {
          const { rows } = await this.pool.query<{ conversation: string }>(
            `update messages set state = 'sent' where company = $1 and id = $2 returning conversation`,
            [COMPANY, message],
          );
          this.sending.get(rows[0]!.conversation)?.();
          return { state: 'sent' };
        },
      },
    });
    this.running = this.worker.run();
  }

  /** Journals a text, tells the workflow, and waits for its answer to be on its way. @returns milliseconds */
  private async say(conversation: Conversation, text: string): Promise<number> {
    const message = {
      addresses: [`${conversation.phone}@s.whatsapp.net`], author: 'customer', participant: '', fromMe: false,
      id: randomUUID(), kind: 'text', text, raw: '', atMs: Date.now(), envelope: {},
    };
    const { rows } = await this.pool.query<{ conversation: string; seq: string }>('select * from put_message($1, $2, 1, $3)', [
      COMPANY, this.channel, JSON.stringify(message),
    ]);
    Object.assign(conversation, { id: rows[0]!.conversation, seq: Number(rows[0]!.seq) });
    const began = new Promise<void>((resolve) => this.sending.set(conversation.id, resolve));
    const beganAt = performance.now();
    await arrive(this.client.workflow, { company: COMPANY, conversation: conversation.id, channel: this.channel, upTo: conversation.seq, debounceMs: 0 });
    await began;
    return performance.now() - beganAt;
  }

  /** One menu answer in a warm conversation. @returns milliseconds from before the signal to the beginning of `send` */
  message(index: number): Promise<number> {
    const conversation = this.conversations[index]!;
    return this.say(conversation, PICKS[(conversation.seq + 1) % PICKS.length]!);
  }

  async stop(): Promise<void> {
    this.worker.shutdown();
    await this.running;
    await Promise.all([this.connection.close(), this.pool.end()]);
  }
}
