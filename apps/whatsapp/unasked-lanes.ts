import type { SendOutcome } from '../../libs/channels/channel.js';
import type { ChannelRows } from './channel-rows.js';

/** What holds a message is looked at again after this at the latest: a restriction may lift, a setting change. */
const LONGEST_WAIT_MS = 60_000;

/**
 * Lanes 2 and 3 of a number: they wait in rows, and leave one at a time as the number's budget allows, notices first. What holds only
 * first contacts lets the others pass.
 */
export class UnaskedLanes {
  private isBusy = false;
  private heldUntilMs = 0;
  private firstContactsHeldUntilMs = 0;

  /** @param send sends a row under the number's budget; never throws */
  constructor(
    private readonly send: (message: string) => Promise<SendOutcome>,
    private readonly now: () => number = Date.now,
  ) {}

  /** Sends what may leave now. May be called at any time. @throws whatever the database throws; the next round does it again */
  async round(rows: Pick<ChannelRows, 'nextUnasked'>): Promise<void> {
    if (this.isBusy || this.now() < this.heldUntilMs) return;
    this.isBusy = true;
    try {
      while (await this.one(rows));
    } finally {
      this.isBusy = false;
    }
  }

  /** @returns whether another one may follow at once */
  private async one(rows: Pick<ChannelRows, 'nextUnasked'>): Promise<boolean> {
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
