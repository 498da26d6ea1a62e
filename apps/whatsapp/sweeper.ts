import type { NumberedMessage } from '../../libs/channels/whatsapp/store.js';
import type { ChannelRows, ToldInGroup } from './channel-rows.js';

/** A conversation whose last message is older than this and not handled may have lost its signal to a crash. */
const UNDISPATCHED_MS = 3_000;
/** A message without a text is given its number after this; the client asks the phone for the text after 2 s. */
const PLACEHOLDER_MS = 30_000;
/** WhatsApp delivers again what was not acked, after a reconnect; beyond some days nothing of it is left. */
const PLAINTEXT_MS = 3 * 24 * 3_600_000;
/** A ticket that was told of an answer and has not dealt with it by then may have lost the signal. */
const UNHEARD_MS = 60_000;
const FORGET_EVERY_MS = 3_600_000;
/** Conversations that people are offered at once when a mode ends: so many more each round. */
const OFFERED_AT_ONCE = 50;

export interface SweptNumber {
  /** Messages up to a number wait for their conversation. */
  tell(messages: readonly NumberedMessage[]): void;
  /** A mode is over that kept messages of these conversations. */
  offer(messages: readonly NumberedMessage[]): void;
  /** Agents have answered in a group. */
  hear(answers: readonly ToldInGroup[]): void;
}

/** One round over a number's rows: repeats lost signals, numbers what came without a text, and offers people what a mode has kept. */
export class Sweeper {
  private forgotAt = 0;
  private offering = OFFERED_AT_ONCE;

  constructor(
    private readonly rows: ChannelRows,
    private readonly number: SweptNumber,
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * Each step by itself: one that fails time and again must not keep the others from what they find.
   * @throws the first of what the database threw, after the last step; the next round does it again
   */
  async sweep(): Promise<void> {
    const failures: unknown[] = [];
    for (const step of this.steps) await step().catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  }

  private readonly steps: readonly (() => Promise<void>)[] = [
    async () => this.number.tell(await this.rows.numberPlaceholders(PLACEHOLDER_MS)),
    async () => this.number.tell(await this.rows.undispatched(UNDISPATCHED_MS)),
    async () => this.number.hear(await this.rows.groupAnswers(UNHEARD_MS)),
    () => this.offer(),
    () => this.forget(),
  ];

  private async forget(): Promise<void> {
    if (this.now() - this.forgotAt < FORGET_EVERY_MS) return;
    await this.rows.forgetPlaintexts(PLAINTEXT_MS);
    this.forgotAt = this.now();
  }

  /** While as many are left as were looked at, more are: some that cannot go on (a send of theirs is held) keep nobody from an agent. */
  private async offer(): Promise<void> {
    const kept = await this.rows.kept(this.offering);
    this.offering = kept.length < this.offering ? OFFERED_AT_ONCE : this.offering + OFFERED_AT_ONCE;
    this.number.offer(kept);
  }
}
