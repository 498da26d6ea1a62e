import type { ChannelSender, SendOutcome, SendRequest, StatusPoster, StatusRequest } from '../../libs/channels/channel.js';
import { stageEnd } from '../../libs/config/stage.js';
import { pause } from './back-off.js';
import type { Lease } from './leases.js';
import { LinkedNumber } from './linked-number.js';
import type { NumberParts } from './number-parts.js';

export interface GatewayParts extends NumberParts {
  /** Numbers that this process takes at most. */
  capacity: number;
  /** How long a lease lasts without renewal, in ms. */
  ttlMs: number;
  /** Told when a number is taken and when it is given up: whoever polls for its sends. */
  onHeld(channel: string): void;
  onGone(channel: string): Promise<void>;
}

const LOOK_EVERY_MS = 1_000;
/** Every so many looks the wishes of all numbers are read, in case that a notification was lost. */
const WISHES_EVERY = 10;

/** All numbers that this process holds: takes free ones, renews their leases, lets go of those it has lost. */
export class Gateway implements ChannelSender, StatusPoster {
  private readonly numbers = new Map<string, LinkedNumber>();
  private readonly stopping = new AbortController();
  private looking: Promise<void> | undefined;
  private renewing: NodeJS.Timeout | undefined;
  private renewal: Promise<void> = Promise.resolve();
  private nudge = new AbortController();

  constructor(private readonly parts: GatewayParts) {}

  start(): void {
    this.looking = this.look();
    this.renewing = setInterval(() => {
      this.renewal = this.renew();
    }, this.parts.ttlMs / 3);
  }

  /** Something about a channel has changed in the database, or about any: see to it now. */
  changed(channel?: string): void {
    const held = channel === undefined ? undefined : this.numbers.get(channel);
    if (held) void held.wishChanged();
    else this.nudge.abort();
  }

  /** Channels that are held. */
  get held(): readonly string[] {
    return [...this.numbers.keys()];
  }

  send(request: SendRequest, patienceMs?: number): Promise<SendOutcome> {
    return this.timed(request, (number) => number.send(request, patienceMs));
  }

  sendToGroup(request: SendRequest): Promise<SendOutcome> {
    return this.timed(request, (number) => number.sendToGroup(request));
  }

  private async timed({ channel, message }: SendRequest, send: (number: LinkedNumber) => Promise<SendOutcome>): Promise<SendOutcome> {
    const beganAt = performance.now();
    const number = this.numbers.get(channel);
    const outcome = number ? await send(number) : { state: 'offline' as const };
    this.parts.log.debug({ ...stageEnd('send', performance.now() - beganAt), row: message, state: outcome.state }, 'send ended');
    return outcome;
  }

  async publishStatus(request: StatusRequest): Promise<SendOutcome> {
    return (await this.numbers.get(request.channel)?.status('publish', request)) ?? { state: 'offline' };
  }

  async removeStatus(request: StatusRequest): Promise<SendOutcome> {
    return (await this.numbers.get(request.channel)?.status('remove', request)) ?? { state: 'offline' };
  }

  /** Gives all numbers up, so that another gateway can take them at once. Nothing is lost: what was not acked comes again. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.nudge.abort();
    clearInterval(this.renewing);
    await this.looking;
    await Promise.all([...this.numbers.values()].map((number) => number.stop()));
    await this.renewal;
  }

  private async look(): Promise<void> {
    for (let round = 1; !this.stopping.signal.aborted; round++) {
      try {
        const free = await this.parts.leases.takeFree(this.parts.capacity - this.numbers.size, this.held);
        for (const lease of free) this.hold(lease);
        if (round % WISHES_EVERY === 0) for (const number of this.numbers.values()) void number.wishChanged();
      } catch (error) {
        this.parts.log.debug({ error: error instanceof Error ? error.name : 'unknown' }, 'could not look for numbers');
      }
      await pause(LOOK_EVERY_MS, this.nudge.signal);
      this.nudge = new AbortController();
    }
  }

  private hold(lease: Lease): void {
    const { channel } = lease;
    const log = this.parts.log.child({ channel });
    const number = new LinkedNumber({ ...this.parts, log }, lease);
    this.numbers.set(channel, number);
    this.parts.onHeld(channel);
    log.info({ epoch: lease.epoch }, 'number taken');
    void number.finished.then(async () => {
      await this.parts.onGone(channel).catch(() => undefined);
      this.numbers.delete(channel);
      log.info('number given up');
    });
  }

  private async renew(): Promise<void> {
    const { leases, log } = this.parts;
    const asked = new Map([...this.numbers.values()].map((number) => [number, number.lease]));
    for (const [number, lease] of asked) if (leases.hasRunOut(lease)) number.lost();
    try {
      const ours = await leases.renew([...asked.values()]);
      // A number may have begun its next session, with another epoch, while the answer was on its way.
      for (const [number, lease] of asked) if (!ours.has(lease.channel) && number.lease === lease) number.lost();
    } catch {
      log.debug('could not renew leases'); // the clock decides
    }
  }
}
