import { randomUUID } from 'node:crypto';
import { Context } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import type pg from 'pg';
import { temporalClient } from '../../libs/temporal/client.js';
import { dataConverter } from '../../libs/temporal/data-converter.js';
import { whatsappQueue } from '../../libs/temporal/queues.js';
import type { Vault } from '../../libs/vault/vault.js';
import { arrive, workflowId } from '../../workflows/conversation/contract.js';
import type { RunningCopy } from '../stories/running-copy.js';
import { knownByPhone } from './people.js';

const COMPANY = 'demo';
const PICKS = ['3', '0'] as const;

interface Conversation {
  id: string;
  phone: string;
  journaled: number;
  told: number;
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
    const { pool, vault } = copy.opened();
    const address = `127.0.0.1:${copy.ports.temporal}`;
    const engine = new Engine(pool, temporalClient({ address, namespace: 'default' }, vault), vault, address);
    await pool.query(`insert into channels (company, id, name, debounce_ms) values ($1, $2, 'bench', 0)`, [COMPANY, engine.channel]);
    await engine.poll();
    for (const { phones } of knownByPhone().slice(-count)) {
      const conversation = { id: '', phone: phones[0]!, journaled: 0, told: 0 };
      engine.conversations.push(conversation);
      await engine.journal(conversation, ['hola']);
      await engine.answer(conversation);
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
        send: () => {
          this.sending.get(Context.current().info.workflowExecution!.workflowId)?.();
          return Promise.resolve({ state: 'sent' });
        },
      },
    });
    this.running = this.worker.run();
  }

  /** Journals texts, as the gateway does before anybody is told. */
  private async journal(conversation: Conversation, texts: readonly string[]): Promise<void> {
    for (const text of texts) {
      const message = {
        addresses: [`${conversation.phone}@s.whatsapp.net`], author: 'customer', participant: '', fromMe: false,
        id: randomUUID(), kind: 'text', text, raw: '', atMs: Date.now(), envelope: {},
      };
      const { rows } = await this.pool.query<{ conversation: string; seq: string }>('select * from put_message($1, $2, 1, $3)', [
        COMPANY, this.channel, JSON.stringify(message),
      ]);
      conversation.id = rows[0]!.conversation;
      conversation.journaled = Number(rows[0]!.seq);
    }
  }

  /** Journals menu picks for each conversation before the clock runs: the journal is measured with the whole. */
  async prepare(count: (index: number) => number): Promise<void> {
    await Promise.all(this.conversations.map((conversation, index) => {
      const from = conversation.journaled;
      return this.journal(conversation, Array.from({ length: count(index) }, (_, turn) => PICKS[(from + 1 + turn) % PICKS.length]!));
    }));
  }

  /** One menu answer in a warm conversation. @returns milliseconds from before the signal to the beginning of `send` */
  message(index: number): Promise<number> {
    return this.answer(this.conversations[index]!);
  }

  private async answer(conversation: Conversation): Promise<number> {
    const { id } = conversation;
    const upTo = ++conversation.told;
    const began = new Promise<void>((resolve) => this.sending.set(workflowId(COMPANY, id), resolve));
    const beganAt = performance.now();
    await arrive(this.client.workflow, { company: COMPANY, conversation: id, channel: this.channel, upTo, debounceMs: 0 });
    await began;
    return performance.now() - beganAt;
  }

  async stop(): Promise<void> {
    this.worker.shutdown();
    await this.running;
    await Promise.all([this.connection.close(), this.pool.end()]);
  }
}
