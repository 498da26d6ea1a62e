import type pg from 'pg';
import {
  Fenced,
  type GroupOrder,
  type InboundRow,
  type JournalEntry,
  type NumberedMessage,
  type SendStart,
  type SessionStore,
  type Settlement,
  type StatusOrder,
  type StatusRemoval,
  type StatusView,
} from '../../libs/channels/whatsapp/store.js';
import { FENCED, TRY_AGAIN, sqlState } from '../../libs/db/pool.js';
import { beginUnasked, startOf, type MayRow } from './send-budget.js';
import type { SendRow } from './send-row.js';

/** A deadlock has written nothing: the same call may simply be made again, this often. */
const ATTEMPTS = 4;

type Row = Record<string, unknown>;

const nameOf = (signature: string): string => signature.slice(0, signature.indexOf('('));

interface NumberedRow extends Row {
  conversation: string;
  seq: string;
}

/** What a channel's session needs, each call one SQL function that takes the company from the lease. */
export class PostgresStore implements SessionStore {
  constructor(
    private readonly pool: pg.Pool,
    private readonly channel: string,
    private readonly epoch: number,
  ) {}

  async readCreds(): Promise<Buffer | undefined> {
    const [row] = await this.call<{ creds: Buffer | null }>('wa_read_creds($1, $2) creds', []);
    return row?.creds ?? undefined;
  }

  async readKeys(type: string, ids: readonly string[]): Promise<{ id: string; value: Buffer }[]> {
    return this.call('wa_read_keys($1, $2, $3, $4)', [type, ids]);
  }

  async listKeys(type: string): Promise<{ id: string; value: Buffer }[]> {
    return this.call('wa_list_keys($1, $2, $3)', [type]);
  }

  async importHistory(rows: readonly InboundRow[]): Promise<number> {
    const [row] = await this.call<{ made: number }>('wa_import_history($1, $2, $3) made', [JSON.stringify(rows)]);
    return row?.made ?? 0;
  }

  async journal(entry: JournalEntry): Promise<NumberedMessage[]> {
    const { keys, creds, sha, plain, messages, answers } = entry;
    const values = [
      keys.length ? keys.map(({ type }) => type) : null,
      keys.length ? keys.map(({ id }) => id) : null,
      keys.length ? keys.map(({ value }) => value) : null,
      creds ?? null,
      sha ?? null,
      plain ?? null,
      messages.length ? JSON.stringify(messages) : null,
    ];
    const rows = answers?.length
      ? await this.call<NumberedRow>('wa_journal_group($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)', [...values, JSON.stringify(answers)])
      : await this.call<NumberedRow>('wa_journal($1, $2, $3, $4, $5, $6, $7, $8, $9)', values);
    return rows.map(({ conversation, seq }) => ({ conversation, seq: Number(seq) }));
  }

  async readPlaintext(sha: Buffer): Promise<Buffer | undefined> {
    const [row] = await this.call<{ plain: Buffer | null }>('wa_read_plaintext($1, $2, $3) plain', [sha]);
    return row?.plain ?? undefined;
  }

  async beginSend(message: string, hasTyped: boolean): Promise<SendStart | undefined> {
    // One statement: what may go is marked at once. Without an id wa_begin_send finds no row and marks none.
    const [row] = await this.call<MayRow & SendRow>(
      "wa_may_send($1, $2, $3, $4) may, lateral wa_begin_send($1, $2, case when may.verdict = 'go' then $3::bigint end)",
      [message, hasTyped],
    );
    if (row!.verdict === 'unasked') return this.retrying(() => beginUnasked(this.pool, { channel: this.channel, epoch: this.epoch }, message));
    return startOf(row!);
  }

  async settle(settlements: readonly Settlement[]): Promise<void> {
    await this.call('wa_settle($1, $2, $3, $4, $5) moved', [
      settlements.map(({ waId }) => waId),
      settlements.map(({ state }) => state),
      settlements.map(({ cause }) => cause ?? null),
    ]);
  }

  async unsent(message: string, cause: string): Promise<void> {
    await this.call('wa_unsent($1, $2, $3, $4)', [message, cause]);
  }

  async keepSent(message: string, raw: Buffer): Promise<Buffer | undefined> {
    const [row] = await this.call<{ raw: Buffer | null }>('wa_keep_sent($1, $2, $3, $4) raw', [message, raw]);
    return row?.raw ?? undefined;
  }

  async sentMessage(waId: string): Promise<{ kind: string; text: string | null; raw: Buffer | null } | undefined> {
    const [row] = await this.call<{ kind: string | null; text: string | null; raw: Buffer | null }>('wa_sent_message($1, $2, $3)', [waId]);
    return row?.kind ? { kind: row.kind, text: row.text, raw: row.raw } : undefined;
  }

  async readMarked(conversation: string, upTo: number): Promise<void> {
    await this.call('wa_read_marked($1, $2, $3, $4)', [conversation, upTo]);
  }

  async numberHasWhatsApp(number: string, youngerThanMs: number): Promise<boolean | undefined> {
    const [row] = await this.call<{ registered: boolean | null }>("wa_number($1, $2, $3, $4 * interval '1 ms') registered", [number, youngerThanMs]);
    return row?.registered ?? undefined;
  }

  async keepNumber(number: string, registered: boolean): Promise<void> {
    await this.call('wa_keep_number($1, $2, $3, $4)', [number, registered]);
  }

  async beginGroupSend(message: string): Promise<GroupOrder | undefined> {
    const [row] = await this.call<{ wa_id: string | null; group_jid: string; text: string; state: string; cause: string | null }>(
      'wa_begin_group_send($1, $2, $3)', [message]);
    return row && row.wa_id !== null ? { waId: row.wa_id, group: row.group_jid, text: row.text, state: row.state, cause: row.cause } : undefined;
  }

  async settleGroup(message: string, state: string, cause: string | undefined): Promise<void> {
    await this.call('wa_settle_group($1, $2, $3, $4, $5)', [message, state, cause ?? null]);
  }

  async beginStatus(status: string): Promise<StatusOrder | undefined> {
    type StatusRow = Omit<StatusOrder, 'waId' | 'recipients'> & { wa_id: string | null; recipients: string[] | null };
    const [row] = await this.call<StatusRow & Row>('wa_begin_status($1, $2, $3)', [status]);
    if (!row?.wa_id) return undefined;
    const { wa_id: waId, recipients, ...order } = row;
    return { ...order, waId, recipients: recipients ?? [] };
  }

  async keepStatus(status: string, raw: Buffer): Promise<void> {
    await this.call('wa_keep_status($1, $2, $3, $4) kept', [status, raw]);
  }

  async sentStatus(waId: string): Promise<Buffer | undefined> {
    const [row] = await this.call<{ raw: Buffer | null }>('wa_sent_status($1, $2, $3) raw', [waId]);
    return row?.raw ?? undefined;
  }

  async settleStatus(waId: string, state: 'published' | 'failed', cause?: string): Promise<void> {
    await this.call('wa_settle_status($1, $2, $3, $4, $5) moved', [waId, state, cause ?? null]);
  }

  async beginStatusRemoval(status: string): Promise<StatusRemoval | undefined> {
    const [row] = await this.call<{ wa_id: string | null; removal_wa_id: string; recipients: string[] | null }>('wa_begin_status_removal($1, $2, $3)', [status]);
    return row?.wa_id ? { waId: row.wa_id, removalWaId: row.removal_wa_id, recipients: row.recipients ?? [] } : undefined;
  }

  async settleStatusRemoval(removalWaId: string, cause?: string): Promise<void> {
    await this.call('wa_settle_status_removal($1, $2, $3, $4) moved', [removalWaId, cause ?? null]);
  }

  async statusViewed({ waIds, address, atMs }: StatusView): Promise<void> {
    await this.call('wa_status_viewed($1, $2, $3, $4, $5) moved', [waIds, address, atMs === undefined ? null : new Date(atMs)]);
  }

  async readGroup(jid: string): Promise<unknown> {
    const [row] = await this.call<{ metadata: unknown }>('wa_read_group($1, $2, $3) metadata', [jid]);
    return row?.metadata ?? undefined;
  }

  async writeGroup(jid: string, metadata: unknown): Promise<void> {
    await this.call('wa_write_group($1, $2, $3, $4)', [jid, metadata === undefined ? null : JSON.stringify(metadata)]);
  }

  async keepGroups(jids: readonly string[]): Promise<void> {
    await this.call('wa_keep_groups($1, $2, $3)', [jids]);
  }

  /** @throws Fenced when the lease has passed on or run out */
  private async call<T extends Row>(signature: string, values: unknown[]): Promise<T[]> {
    const query = { name: nameOf(signature), text: `select * from ${signature}`, values: [this.channel, this.epoch, ...values] };
    return this.retrying(async () => (await this.pool.query<T>(query)).rows);
  }

  private async retrying<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await work();
      } catch (error) {
        const state = sqlState(error);
        if (state === FENCED) throw new Fenced(`epoch ${this.epoch}`);
        if (!state || !TRY_AGAIN.has(state) || attempt === ATTEMPTS) throw error;
      }
    }
  }
}
