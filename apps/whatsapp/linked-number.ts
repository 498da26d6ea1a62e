import type { SendOutcome, SendRequest, StatusRequest } from '../../libs/channels/channel.js';
import { WhatsAppLink } from '../../libs/channels/whatsapp/link.js';
import type { Standing } from '../../libs/channels/whatsapp/restrictions.js';
import { Session } from '../../libs/channels/whatsapp/session.js';
import { Fenced, type NumberedMessage } from '../../libs/channels/whatsapp/store.js';
import { stageEnd } from '../../libs/config/stage.js';
import { BackOff, pause } from './back-off.js';
import type { Wish } from './channel-rows.js';
import type { Arrived } from './dispatcher.js';
import type { Lease } from './leases.js';
import { MediaFetcher } from './media-fetcher.js';
import type { NumberParts } from './number-parts.js';
import { Reconnecting, RestartAsked, type Next } from './reconnecting.js';
import { keepStanding, standingOfEnd } from './standing.js';
import { Sweeper } from './sweeper.js';
import { UnaskedLanes } from './unasked-lanes.js';

/** How an activity's ten seconds are spent: waiting for an open link, for the number's pace (1.5 s), then for the network's ack. */
const OPEN_LIMIT_MS = 3_000;
const SEND_LIMIT_MS = 5_000;
/** A status goes to many, each of whom has to get the key first: of the 75 s that its activity has. */
const STATUS_LIMIT_MS = 60_000;
const LEAVE_LIMIT_MS = 5_000;
const SWEEP_EVERY_MS = 2_000;
/** Every so many sweeps it is asked which files are to be tried again. */
const FILES_EVERY = 5;
const DATABASE_WAITS = { firstMs: 100, mostMs: 2_000 };

/** One number for as long as this process holds it: session after session, each with an epoch of its own. */
export class LinkedNumber {
  /** Resolves when this process is done with the number. */
  readonly finished: Promise<void>;

  private readonly stopping = new AbortController();
  private readonly reconnecting = new Reconnecting();
  private readonly lanes = new UnaskedLanes((message) => this.throughLink((link) => link.send(message, SEND_LIMIT_MS)));
  private session: Session | undefined;
  private link: WhatsAppLink | undefined;
  private wish: Wish | undefined;
  private files: MediaFetcher | undefined;
  private leaving = false;
  /** Aborted to cut the wait before the next session short. */
  private hurry = new AbortController();
  private readonly opened = new Set<() => void>();

  constructor(
    private readonly parts: NumberParts,
    /** The current lease; a new one for each session. */
    public lease: Lease,
  ) {
    this.finished = this.live().catch((error: unknown) => parts.log.error({ error: nameOf(error) }, 'a number ended unexpectedly'));
  }

  /** Ends the session and gives the number up. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.session?.die(new Error('the gateway stops'));
    await this.finished;
  }

  /** The lease has passed on, or run out by the own clock: nothing more may be written. */
  lost(): void {
    this.session?.die(new Fenced(`epoch ${this.lease.epoch}`));
  }

  /** Sends a row within the time that an activity has. Never throws. */
  send({ company, message }: SendRequest, patienceMs = SEND_LIMIT_MS): Promise<SendOutcome> {
    return this.withLink(company, (link) => link.send(message, patienceMs));
  }

  /** Sends a text to a group likewise. Never throws. */
  sendToGroup({ company, message }: SendRequest): Promise<SendOutcome> {
    return this.withLink(company, (link) => link.sendToGroup(message, SEND_LIMIT_MS));
  }

  private async withLink(company: string, send: (link: WhatsAppLink) => Promise<SendOutcome>): Promise<SendOutcome> {
    if (company !== this.lease.company) return { state: 'missing' };
    await this.whenOpen(OPEN_LIMIT_MS);
    return this.throughLink(send);
  }

  private async throughLink(send: (link: WhatsAppLink) => Promise<SendOutcome>): Promise<SendOutcome> {
    return this.link?.open ? send(this.link) : { state: 'offline' };
  }

  /** Publishes a status, or takes it back, within the time that an activity has. Never throws. */
  async status(what: 'publish' | 'remove', { company, status }: StatusRequest): Promise<SendOutcome> {
    if (company !== this.lease.company) return { state: 'missing' };
    await this.whenOpen(OPEN_LIMIT_MS);
    const openFile = (sha256: string) => this.parts.media.open(company, sha256);
    return this.link?.open ? this.link.statuses[what](status, { limitMs: STATUS_LIMIT_MS, openFile }) : { state: 'offline' };
  }

  /** The owner's wish may have changed: unlink, or pair in another way. Never throws. */
  async wishChanged(): Promise<void> {
    const before = this.wish;
    if (!before || this.leaving) return;
    const wish = await this.parts.rowsOf(this.lease).wish().catch(() => before); // asked again soon
    this.wish = wish;
    if (!wish.wanted) {
      await this.leave();
    } else if (wish.restartAskedMs > before.restartAskedMs) {
      this.session?.die(new RestartAsked('asked for on a screen'));
      this.hurry.abort(); // it may be waiting between two sessions
    } else if (wish.pairingNumber !== before.pairingNumber && this.link && !this.link.wasLinked) {
      this.session?.die(new Error('to be paired in another way'));
    }
  }

  /** Takes this device off the phone's list, if the network can be reached, and ends the link. */
  private async leave(): Promise<void> {
    this.leaving = true;
    if (this.link?.wasLinked) {
      await this.whenOpen(LEAVE_LIMIT_MS);
      await this.link?.leave();
    }
    this.session?.die(new Error('unlinked'));
  }

  private async live(): Promise<void> {
    const { leases, log } = this.parts;
    const sweeping = setInterval(() => void this.sweep(), SWEEP_EVERY_MS);
    try {
      while (!this.stopping.signal.aborted) {
        const next = await this.oneSession();
        log.info({ epoch: this.lease.epoch, next: next.kind }, 'session ended');
        if (next.kind === 'over') {
          await this.session?.settled(); // a write that was on its way would bring back what is forgotten now
          await this.insist(() => this.parts.rowsOf(this.lease).endLink(next.state, next.reason));
        }
        if (next.kind !== 'again') break;
        await this.waitBetween(next.waitMs);
        const lease = await this.insist(() => leases.next(this.lease));
        if (!lease) break;
        this.lease = lease;
      }
    } finally {
      clearInterval(sweeping);
    }
    if (this.stopping.signal.aborted) await this.parts.rowsOf(this.lease).state('connecting', 'gateway-stopped').catch(() => undefined);
    await leases.release(this.lease).catch(() => undefined);
  }

  /** Connects and stays until the session ends. Never throws. */
  private async oneSession(): Promise<Next> {
    const session = new Session(this.lease.epoch);
    this.session = session;
    const files = this.filesOf(this.lease);
    this.files = files;
    const connecting = this.connect(session).catch((error: unknown) => session.die(toError(error)));
    const why = await session.ended;
    files.stop();
    await connecting;
    const link = this.link;
    const stoodMs = link?.openSinceMs === undefined ? 0 : Date.now() - link.openSinceMs;
    this.link = undefined;
    const standing = standingOfEnd(why);
    if (standing) await this.keep(standing);
    this.parts.log.info({ why: nameOf(why), stoodMs }, 'link closed');
    if (this.leaving) return { kind: 'over', state: 'unlinked' };
    if (this.stopping.signal.aborted) return { kind: 'stop' };
    return this.reconnecting.after(why, { stoodMs, wasLinked: link?.wasLinked ?? false });
  }

  /** Writes what WhatsApp says about the number. Never throws: the network says it again, or the next refusal does. */
  private async keep(standing: Standing): Promise<void> {
    const { rowsOf, log } = this.parts;
    log.info({ standing: standing.kind === 'restricted' ? standing.signal : standing.signals }, 'what WhatsApp says about the number');
    await keepStanding(rowsOf(this.lease), standing).catch((error: unknown) => log.warn({ error: nameOf(error) }, 'it could not be kept'));
  }

  /** Fetches files while a session lasts: its epoch is what settles them. */
  private filesOf(lease: Lease): MediaFetcher {
    const { mediaRowsOf, media, slots, log } = this.parts;
    return new MediaFetcher({
      company: lease.company, rows: mediaRowsOf(lease), media, slots,
      fetch: (file, limits) => this.link?.fetchFile(file, limits) ?? Promise.resolve({ failure: 'unreachable' }),
      log: {
        ended: (message, { state, ...more }) => log.debug({ row: message, state, ...('reason' in more ? more : {}) }, 'a file was fetched'),
        failed: (error) => log.debug({ error: nameOf(error) }, 'a file could not be fetched'),
      },
    });
  }

  private async waitBetween(waitMs: number): Promise<void> {
    await pause(waitMs, AbortSignal.any([this.stopping.signal, this.hurry.signal]));
    this.hurry = new AbortController();
  }

  private async connect(session: Session): Promise<void> {
    const { lease, parts } = this;
    const rows = parts.rowsOf(lease);
    const wish = await rows.wish();
    this.wish = wish;
    const box = await parts.vault.forCompany(lease.company);
    await rows.state('connecting', this.reconnecting.trouble);
    const orDie = (work: Promise<void>) => work.catch((error: unknown) => session.die(toError(error)));
    this.link = await WhatsAppLink.open({
      channel: lease.channel,
      session,
      store: parts.storeOf(lease),
      box,
      network: parts.network,
      openFile: (sha256) => parts.media.open(lease.company, sha256),
      pairingNumber: wish.pairingNumber,
      log: (level, message) => parts.log[level]({ from: 'client' }, message),
      onFileWanted: () => this.files?.wake(),
      onNumbered: (messages, tookMs) => this.numbered(messages, tookMs),
      onPairing: (pairing, livesMs) => rows.waiting(box, pairing, livesMs),
      onOpen: (number) => {
        parts.log.info({ epoch: lease.epoch }, 'linked');
        void orDie(rows.state('linked', undefined, number));
        this.files?.wake();
        this.reconnecting.trouble = undefined;
        for (const resolve of this.opened) resolve();
      },
      onStanding: (standing) => void this.keep(standing),
    });
    if (!wish.wanted) await this.leave();
  }

  private numbered(messages: readonly NumberedMessage[], tookMs?: number): void {
    if (tookMs !== undefined) this.parts.log.debug({ ...stageEnd('journal', tookMs), messages }, 'journaled');
    for (const message of messages) this.parts.tell(this.arrivedOf(message));
  }

  private arrivedOf({ conversation, seq }: NumberedMessage): Arrived {
    const { company, channel } = this.lease;
    return { company, channel, conversation, upTo: seq, debounceMs: this.wish?.debounceMs ?? 0 };
  }

  private async sweep(): Promise<void> {
    try {
      const { lease } = this;
      await this.sweeperOf(lease).sweep();
      if (!this.link?.open) return;
      await this.lanes.round(this.parts.rowsOf(lease));
      if (++this.sweeps % FILES_EVERY !== 0) return;
      this.files?.wake();
      this.link?.catchUp();
    } catch (error) {
      this.parts.log.debug({ error: nameOf(error) }, 'a sweep failed'); // the next one does it again
    }
  }

  private sweeps = 0;
  private sweeper: { lease: Lease; sweeper: Sweeper } | undefined;
  private sweeperOf(lease: Lease): Sweeper {
    if (this.sweeper?.lease !== lease) {
      const offer = (kept: readonly NumberedMessage[]) => kept.forEach((one) => this.parts.offer(this.arrivedOf(one)));
      this.sweeper = { lease, sweeper: new Sweeper(this.parts.rowsOf(lease), { tell: (messages) => this.numbered(messages), offer, hear: (answers) => this.parts.hear(lease.company, answers) }) };
    }
    return this.sweeper.sweeper;
  }

  /** Tries until the database answers, or the gateway stops. A lost lease is an answer. */
  private async insist<T>(work: () => Promise<T>): Promise<T | undefined> {
    const backOff = new BackOff(DATABASE_WAITS);
    while (!this.stopping.signal.aborted) {
      try {
        return await work();
      } catch (error) {
        if (error instanceof Fenced) return undefined;
        await pause(backOff.next(), this.stopping.signal);
      }
    }
    return undefined;
  }

  private whenOpen(limitMs: number): Promise<void> {
    if (this.link?.open) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.opened.delete(done);
        resolve();
      };
      const timer = setTimeout(done, limitMs);
      this.opened.add(done);
    });
  }
}

const toError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

/** What may be logged of an error: its class and code, never its text. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return 'code' in error && typeof error.code === 'string' ? `${error.name} ${error.code}` : error.name;
}
