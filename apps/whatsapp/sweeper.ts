import type { NumberedMessage } from '../../libs/channels/whatsapp/store.js';
import type { ChannelRows } from './channel-rows.js';

/** A conversation whose last message is older than this and not handled may have lost its signal to a crash. */
const UNDISPATCHED_MS = 3_000;
/** A message without a text is given its number after this; the client asks the phone for the text after 2 s. */
const PLACEHOLDER_MS = 30_000;
/** WhatsApp delivers again what was not acked, after a reconnect; beyond some days nothing of it is left. */
const PLAINTEXT_MS = 3 * 24 * 3_600_000;
const FORGET_EVERY_MS = 3_600_000;

/** One round over a number's rows: repeats lost signals and numbers what came without a text. */
export class Sweeper {
  private forgotAt = 0;

  constructor(
    private readonly rows: ChannelRows,
    private readonly tell: (messages: readonly NumberedMessage[]) => void,
    private readonly now: () => number = Date.now,
  ) {}

  /** @throws whatever the database throws; the next round does it again */
  async sweep(): Promise<void> {
    this.tell(await this.rows.numberPlaceholders(PLACEHOLDER_MS));
    this.tell(await this.rows.undispatched(UNDISPATCHED_MS));
    if (this.now() - this.forgotAt < FORGET_EVERY_MS) return;
    await this.rows.forgetPlaintexts(PLAINTEXT_MS);
    this.forgotAt = this.now();
  }
}
