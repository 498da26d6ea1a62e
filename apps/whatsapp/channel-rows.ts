import type pg from 'pg';
import type { NumberedMessage } from '../../libs/channels/whatsapp/store.js';
import type { ChannelState } from '../../libs/domain/channel.js';
import type { Restriction, Signal } from '../../libs/domain/number-safety/restriction.js';
import { pairingContext, pairingText, type Pairing } from '../../libs/domain/pairing.js';
import type { CompanyBox } from '../../libs/vault/vault.js';

/** What the owner wishes for a number. */
export interface Wish {
  wanted: boolean;
  /** Link by a code for this number, instead of a QR. */
  pairingNumber: string | undefined;
  debounceMs: number;
  /** When somebody last asked for a new connection, in ms; a later time than before is another wish. */
  restartAskedMs: number;
}

interface WishRow extends Record<string, unknown> {
  wanted: boolean | null;
  pairing_number: string | null;
  debounce_ms: number | null;
  restart_asked_at: Date | null;
}

/** What somebody said in a group about a ticket: ids, and the ticket's number. */
export interface ToldInGroup {
  answer: string;
  ticket: string;
  number: number;
  conversation: string;
  contact: string;
}

interface Held {
  channel: string;
  epoch: number;
}

/** A number's row: its wish, its state with the pairing sealed, and what the sweeper finds. Each call checks the lease. */
export class ChannelRows {
  constructor(
    private readonly pool: pg.Pool,
    private readonly held: Held,
  ) {}

  async wish(): Promise<Wish> {
    const [row] = await this.call<Partial<WishRow>>('wa_wish($1, $2)');
    return {
      wanted: row?.wanted ?? false,
      pairingNumber: row?.pairing_number ?? undefined,
      debounceMs: row?.debounce_ms ?? 0,
      restartAskedMs: row?.restart_asked_at?.getTime() ?? 0,
    };
  }

  /** @param number learned from the link, in digits */
  async state(state: ChannelState, reason?: string, number?: string): Promise<void> {
    await this.call('wa_channel_state($1, $2, $3, $4, $5, null, null)', [state, reason ?? null, number ?? null]);
  }

  /** Shows a pairing for as long as it lives. */
  async waiting(box: CompanyBox, pairing: Pairing, livesMs: number): Promise<void> {
    const sealed = box.seal(Buffer.from(pairingText(pairing)), pairingContext(this.held.channel));
    await this.call("wa_channel_state($1, $2, 'waiting', null, null, $3, $4 * interval '1 ms')", [sealed, livesMs]);
  }

  /** Deletes credentials and keys and takes the wish back: the link is over until somebody asks for a new one. */
  async endLink(state: ChannelState, reason: string | undefined): Promise<void> {
    await this.call('wa_end_link($1, $2, $3, $4)', [state, reason ?? null]);
  }

  /** WhatsApp restricts this number. A later word of the same signal replaces it. */
  async restrict({ signal, stops, untilMs }: Restriction): Promise<void> {
    await this.call('wa_restrict($1, $2, $3, $4, $5)', [signal, stops, untilMs]);
  }

  /** WhatsApp says that these do not hold. */
  async lift(signals: readonly Signal[]): Promise<void> {
    await this.call('wa_lift($1, $2, $3)', [signals]);
  }

  /** The next message of lanes 2 and 3. @param firstContacts also to people who have never written */
  async nextUnasked(firstContacts: boolean): Promise<string | undefined> {
    const [row] = await this.call<{ message: string | null }>('wa_next_unasked($1, $2, $3) message', [firstContacts]);
    return row?.message ?? undefined;
  }

  /** Answers in groups of which their ticket's workflow was not told, or was told so long ago; they count as told from now on. */
  async groupAnswers(againMs: number): Promise<ToldInGroup[]> {
    const rows = await this.call<{ answer: string; ticket: string; number: string; conversation: string; contact: string }>(
      "wa_group_answers($1, $2, $3 * interval '1 ms')", [againMs]);
    return rows.map(({ number, ...row }) => ({ ...row, number: Number(number) }));
  }

  /** Messages of lanes 2 and 3 that were to leave and are not out. @param most of them, the oldest first */
  async unfinishedUnasked(most: number): Promise<string[]> {
    return (await this.call<{ message: string }>('wa_unfinished_unasked($1, $2, $3)', [most])).map(({ message }) => message);
  }

  /** Conversations whose last dispatch may have been lost. */
  undispatched(olderThanMs: number): Promise<NumberedMessage[]> {
    return this.numbered("wa_undispatched($1, $2, $3 * interval '1 ms')", olderThanMs);
  }

  /** Conversations whose messages a mode has kept that is over: the oldest of them, people get the rest after these. */
  async kept(most: number): Promise<NumberedMessage[]> {
    return asNumbered(await this.call('wa_kept($1, $2, $3)', [most]));
  }

  /** Numbers messages whose text never came. */
  numberPlaceholders(olderThanMs: number): Promise<NumberedMessage[]> {
    return this.numbered("wa_number_placeholders($1, $2, $3 * interval '1 ms')", olderThanMs);
  }

  /** Deletes the memory of ciphertexts that the network does not deliver again any more. */
  async forgetPlaintexts(olderThanMs: number): Promise<void> {
    await this.call("wa_forget_plaintexts($1, $2, $3 * interval '1 ms') gone", [olderThanMs]);
  }

  private async numbered(signature: string, olderThanMs: number): Promise<NumberedMessage[]> {
    return asNumbered(await this.call(signature, [olderThanMs]));
  }

  private async call<T extends Record<string, unknown>>(signature: string, values: unknown[] = []): Promise<T[]> {
    const { channel, epoch } = this.held;
    return (await this.pool.query<T>(`select * from ${signature}`, [channel, epoch, ...values])).rows;
  }
}

const asNumbered = (rows: readonly Record<string, unknown>[]): NumberedMessage[] =>
  rows.map(({ conversation, seq }) => ({ conversation: String(conversation), seq: Number(seq) }));
