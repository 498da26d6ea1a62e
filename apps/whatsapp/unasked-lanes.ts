import type { SendOutcome } from '../../libs/channels/channel.js';
import type { ChannelRows } from './channel-rows.js';

/** What holds a message is looked at again after this at the latest: a restriction may lift, a setting change. */
const LONGEST_WAIT_MS = 60_000;
/** What was to leave and is not out is sent again this often; so many at once. */
const FINISH_EVERY_MS = 60_000;
const FINISHED_AT_ONCE = 20;

type LaneRows = Pick<ChannelRows, 'nextUnasked' | 'unfinishedUnasked'>;

/**
 * Lanes 2 and 3 of a number: they wait in rows, and leave one at a time as the number's budget allows, notices first. What holds only
 * first contacts lets the others pass. No workflow waits for them: what a killed gateway had begun, or what could not leave, is found
 * in its rows and sent again.
 */
export class UnaskedLanes {
  private isBusy = false;
  private heldUntilMs = 0;
  private firstContactsHeldUntilMs = 0;
  private finishesAtMs = 0;

  /** @param send sends a row under the number's budget; never throws */
  constructor(
    private readonly send: (message: string) => Promise<SendOutcome>,
    private readonly now: () => number = Date.now,
  ) {}

  /** Sends what may leave now. May be called at any time. @throws whatever the database throws; the next round does it again */
  async round(rows: LaneRows): Promise<void> {
    if (this.isBusy || this.now() < this.heldUntilMs) return;
    this.isBusy = true;
    try {
      await this.finish(rows);
      while (await this.one(rows));
    } finally {
      this.isBusy = false;
    }
  }

  /** Each is tried once: one that cannot leave holds up nobody. */
  private async finish(rows: LaneRows): Promise<void> {
    if (this.now() < this.finishesAtMs) return;
    const unfinished = await rows.unfinishedUnasked(FINISHED_AT_ONCE);
    this.finishesAtMs = this.now() + FINISH_EVERY_MS;
    for (const message of unfinished) await this.send(message);
  }

  /** @returns whether another one may follow at once */
  private async one(rows: LaneRows): Promise<boolean> {
    const withFirstContacts = this.now() >= this.firstContactsHeldUntilMs;
    const message = await rows.nextUnasked(withFirstContacts);
    if (message === undefined) return false;
    const outcome = await this.send(message);
    if (outcome.state !== 'held') return outcome.state === 'sent' || outcome.state === 'failed';
    const untilMs = this.now() + Math.min(Math.max(outcome.waitMs, 1), LONGEST_WAIT_MS);
    const onlyFirstContacts = withFirstContacts && (outcome.reason === 'first-contacts' || outcome.reason === 'restricted');
    if (onlyFirstContacts) this.firstContactsHeldUntilMs = untilMs;
    else this.heldUntilMs = untilMs;
    return onlyFirstContacts;
  }
}
