import { endOf, isRefusal } from '../../libs/channels/whatsapp/link-end.js';
import { OrdinaryWhatsApp } from '../../libs/channels/whatsapp/pairing.js';
import type { ChannelState, ConnectTrouble, LinkOver } from '../../libs/domain/channel.js';
import { BackOff } from './back-off.js';

/** Somebody wants the number connected anew; its link stays. */
export class RestartAsked extends Error {
  override readonly name = 'RestartAsked';
}

/** What follows after a session. */
export type Next = { kind: 'again'; waitMs: number } | { kind: 'over'; state: ChannelState; reason?: LinkOver } | { kind: 'stop' };

/** A link that stood for this long was a good one: the next loss begins with a short wait again. */
const STEADY_MS = 5_000;
/** When the network drops all numbers at once, they come back over a second or two, not in one blow. */
const CONNECT_WAITS = { firstMs: 1_000, mostMs: 5_000 };
/** Where the network said no, or another connection of this device took over: asking soon again would make it worse. */
const REFUSED_WAITS = { firstMs: 4_000, mostMs: 60_000 };

/** Decides what follows the end of a session, and after how long: one for each number that is held. */
export class Reconnecting {
  /** Why the number is not there yet, where that helps who looks at it. */
  trouble: ConnectTrouble | undefined;
  private readonly lost: BackOff;
  private readonly refused: BackOff;

  /** @param random in [0, 1) */
  constructor(random?: () => number) {
    this.lost = new BackOff(CONNECT_WAITS, random);
    this.refused = new BackOff(REFUSED_WAITS, random);
  }

  /** @param stoodMs how long the link stood @param wasLinked false while pairing */
  after(why: Error, { stoodMs, wasLinked }: { stoodMs: number; wasLinked: boolean }): Next {
    if (stoodMs > STEADY_MS) {
      this.lost.reset();
      this.refused.reset();
    }
    if (why instanceof OrdinaryWhatsApp) return { kind: 'over', state: 'refused', reason: 'ordinary-whatsapp' };
    const end = endOf(why, wasLinked);
    if (end === 'logged-out' || end === 'banned') return { kind: 'over', state: 'logged-out', reason: end };
    // `replaced`: the next session begins with the lease, which knows whether this gateway may go on at all.
    this.trouble = end === 'replaced' ? 'replaced' : isRefusal(why) ? 'refused-for-now' : undefined;
    // After pairing the network asks for a new connection at once; from a link that stood it may not do so in a circle.
    if ((end === 'restart' && !wasLinked) || why instanceof RestartAsked) return { kind: 'again', waitMs: 0 };
    return { kind: 'again', waitMs: (this.trouble ? this.refused : this.lost).next() };
  }
}
