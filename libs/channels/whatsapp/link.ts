import makeWASocket, {
  initAuthCreds,
  type AuthenticationCreds,
  type BinaryNode,
  type WASocket,
} from '@whiskeysockets/baileys';
import type { Pairing } from '../../domain/pairing.js';
import { Slots } from '../../domain/number-safety/pace.js';
import type { CompanyBox } from '../../vault/vault.js';
import type { SendOutcome } from '../channel.js';
import { clientLogger, masked, type ClientLogSink } from './client-log.js';
import { mediaHost, socketOptions, type NetworkSettings } from './connect.js';
import { sendToGroup } from './group-send.js';
import { Groups } from './groups.js';
import { inbound } from './inbound.js';
import type { DownloadLimits } from './incoming/download.js';
import { fetchFile, type Fetched, type FileToFetch } from './incoming/fetch-file.js';
import { HistoryImport } from './incoming/history-import.js';
import { Journal } from './journal.js';
import { keyStore } from './key-store.js';
import { Composer } from './outgoing/compose.js';
import { sentAgain } from './outgoing/sent-again.js';
import { OrdinaryWhatsApp, isBusiness, isLinked, numberOf, offerPairing, refuseAtLogin, removeDevice, saveBeforeAnswering } from './pairing.js';
import { SealedJson } from './sealed-json.js';
import { followStanding, type Standing } from './restrictions.js';
import { destination, sendOrder } from './send.js';
import type { Session } from './session.js';
import { Settling } from './settling.js';
import { signalRepository } from './signal-repository.js';
import { STATUSES, Statuses } from './status.js';
import { Fenced, type NotYet, type NumberedMessage, type SendStart, type SessionStore } from './store.js';
import { Typing } from './typing.js';

export interface LinkParts {
  channel: string;
  session: Session;
  store: SessionStore;
  box: CompanyBox;
  network: NetworkSettings;
  /** Bytes of a file of this company by their SHA-256 in hex; undefined if there are none. */
  openFile(sha256: string): Promise<Uint8Array | undefined>;
  /** Ask for a code to be typed on the phone of this number, instead of a QR. */
  pairingNumber: string | undefined;
  log: ClientLogSink;
  /** Must not throw. */
  onNumbered(messages: readonly NumberedMessage[], tookMs: number): void;
  /** A committed message has a file. Must not throw. */
  onFileWanted(): void;
  onPairing(pairing: Pairing, livesMs: number): Promise<void>;
  /** The network has taken this device in: messages flow. */
  onOpen(number: string | undefined): void;
  /** The network restricts this number, or does so no longer. Must not throw. */
  onStanding(standing: Standing): void;
}

/** A wait for the number's pace that fits into an activity's time; a longer one is Temporal's. */
const PACE_LIMIT_MS = 1_500;

/** What is known of a row already: one that the network has confirmed or refused is not sent again. */
function settledOutcome({ state, cause }: { state: string; cause: string | null }): SendOutcome | undefined {
  if (state === 'failed') return { state: 'failed', cause: cause ?? 'refused' };
  return state === 'sending' ? undefined : { state: 'sent' };
}

/** One connection of one number to WhatsApp, from its credentials to its end. Ends with its session. */
export class WhatsAppLink {
  private readonly inFlight = new Set<string>();
  private readonly settling: Settling;
  private readonly composer: Composer;
  private history: HistoryImport | undefined;
  private readonly typing = new Typing();
  private readonly slots = new Slots();
  /** Publishes statuses and takes them back, while the link is open. */
  statuses!: Statuses;
  /** When the network took this device in, in ms; nothing before. */
  openSinceMs: number | undefined;

  private constructor(
    private readonly parts: LinkParts,
    private readonly sock: WASocket,
    /** False while the number is being paired. */
    readonly wasLinked: boolean,
  ) {
    this.settling = new Settling(parts);
    this.composer = new Composer({
      sock,
      logger: clientLogger(parts.log),
      openFile: (sha256) => parts.openFile(sha256),
      keep: (message, raw) => parts.session.alongside(() => parts.store.keepSent(message, raw)),
    });
  }

  /** Reads credentials and connects. @throws whatever the store throws; the session has ended then */
  static async open(parts: LinkParts): Promise<WhatsAppLink> {
    const { session, store, channel } = parts;
    const sealed = new SealedJson(parts.box, channel);
    const kept = await session.inOrder(() => store.readCreds());
    const creds = kept ? (sealed.openCreds(kept) as AuthenticationCreds) : initAuthCreds();
    const wanted = (what: 'file' | 'history') => (what === 'file' ? parts.onFileWanted() : history.wake());
    const journal = new Journal({ session, store, sealed, creds, onNumbered: parts.onNumbered, onWanted: wanted });
    const stanzas = new WeakMap<object, BinaryNode>();
    const groups = new Groups(session, store);
    const me = () => ({ id: creds.me?.id, lid: creds.me?.lid });
    const sock = makeWASocket({
      ...socketOptions(parts.network),
      logger: clientLogger(parts.log),
      auth: { creds, keys: keyStore(journal) },
      makeSignalRepository: signalRepository({ channel, session, journal, stanzas, me }),
      cachedGroupMetadata: (jid) => groups.cached(jid),
      getMessage: async ({ id, remoteJid }) => {
        if (!id) return undefined;
        return remoteJid === STATUSES ? statuses.sent(id) : sentAgain(await session.alongside(() => store.sentMessage(id)), id, creds.advSecretKey);
      },
    });
    session.attach(sock);
    const link = new WhatsAppLink(parts, sock, isLinked(creds));
    const statuses = (link.statuses = new Statuses({ session, store, sock, me, inFlight: link.inFlight, log: parts.log }));
    const history = (link.history = new HistoryImport({
      session, store, journal, sealed, me, mediaHost: mediaHost(parts.network), onImported: parts.onFileWanted, onError: link.trouble,
    }));
    sock.ev.on('connection.update', ({ connection }) => void (connection === 'open' && history.wake()));
    inbound({ session, journal, settling: link.settling, statuses, stanzas, me, inFlight: link.inFlight, ws: sock.ws, onError: link.trouble, refuse: ({ id, caller }) => sock.rejectCall(id, caller) });
    groups.follow(sock, link.trouble);
    sock.ev.on('connection.update', ({ connection }) => void (connection === 'open' && groups.refresh(sock, link.trouble)));
    link.follow(journal);
    return link;
  }

  /** Whether messages can be sent right now. */
  get open(): boolean {
    return this.openSinceMs !== undefined && !this.parts.session.dead;
  }

  /** Sends a row and settles it, if it may leave now. Never throws. @param limitMs for everything but the number's pace */
  send(message: string, limitMs: number): Promise<SendOutcome> {
    return this.sending(async () => {
      const start = await this.parts.store.beginSend(message, this.typing.hasEnded(message, Date.now()));
      if (!start) return { state: 'missing' };
      if (start.kind === 'not-yet') return this.hold(message, start.notYet);
      if (start.kind === 'order') return this.sendNow(message, start, limitMs);
      await this.settling.settle({ waId: start.waId, state: 'failed', cause: start.cause });
      return { state: 'failed', cause: start.cause };
    });
  }

  /** Sends a text to a group and settles its row. Never throws. @param limitMs for everything */
  sendToGroup(message: string, limitMs: number): Promise<SendOutcome> {
    return this.sending(async () => {
      const order = await this.parts.store.beginGroupSend(message);
      if (!order) return { state: 'missing' };
      return settledOutcome(order) ?? sendToGroup(this.sendParts, message, order, limitMs);
    });
  }

  private async sendNow(message: string, { order, gapMs }: Extract<SendStart, { kind: 'order' }>, limitMs: number): Promise<SendOutcome> {
    const settled = settledOutcome(order);
    if (settled) return settled;
    const waitMs = this.slots.of(message, Date.now(), gapMs, Math.random()) - Date.now();
    if (waitMs > PACE_LIMIT_MS) return { state: 'held', reason: 'pace', waitMs };
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    this.slots.leave(message);
    if (this.typing.stop(message)) this.show('paused', order.addresses);
    return sendOrder({ ...this.sendParts, composer: this.composer }, message, order, limitMs);
  }

  /** The message does not leave yet; with `typing` the customer sees the bot type. */
  private hold(message: string, { reason, waitMs, chat }: NotYet): SendOutcome {
    if (reason !== 'typing') return { state: 'held', reason, waitMs };
    if (!this.typing.isUnderWay(message)) this.show('composing', chat ?? []);
    return { state: 'held', reason, waitMs: this.typing.leftMs(message, waitMs, Date.now()) };
  }

  private show(state: 'composing' | 'paused', addresses: readonly string[]): void {
    const shown = async () => {
      const to = await destination(this.sock, addresses);
      if (to) await this.sock.sendPresenceUpdate(state, to);
    };
    shown().catch(this.trouble);
  }

  /** Tries again what could not be taken over of the phone's history. */
  catchUp(): void {
    if (this.history?.unfinished) this.history.wake();
  }

  /** Fetches the file of a message. Never throws. */
  fetchFile(file: FileToFetch, limits: DownloadLimits): Promise<Fetched> {
    const { session, network } = this.parts;
    return fetchFile({ sock: this.sock, session, mediaHost: mediaHost(network) }, file, limits);
  }

  /** Takes this device off the phone's list; the session ends by it or after it. */
  async leave(): Promise<void> {
    if (this.open) await removeDevice(this.sock);
  }

  private get sendParts() {
    const { session, store } = this.parts;
    return { session, store, settling: this.settling, sock: this.sock, inFlight: this.inFlight };
  }

  /** What every send has in common: an open link before, the lease's end after. */
  private async sending(work: () => Promise<SendOutcome>): Promise<SendOutcome> {
    try {
      return this.open ? await work() : { state: 'offline' };
    } catch (error) {
      if (!(error instanceof Fenced)) return { state: 'unknown', cause: 'database' };
      this.parts.session.die(error);
      return { state: 'fenced' };
    }
  }

  private follow(journal: Journal): void {
    const { sock } = this;
    const { session, onOpen, onPairing, onStanding, pairingNumber } = this.parts;
    followStanding(sock, onStanding);
    sock.ev.on('creds.update', () => journal.credsChanged());
    sock.ev.on('connection.update', ({ connection, lastDisconnect }) => {
      if (connection === 'close') session.die(lastDisconnect?.error ?? new Error('closed'));
      if (connection !== 'open') return;
      this.openSinceMs = Date.now();
      onOpen(numberOf(sock.authState.creds));
    });
    if (!this.wasLinked) {
      offerPairing(sock, pairingNumber, onPairing, this.trouble);
      saveBeforeAnswering(sock, (creds) => journal.saveCreds(creds), (error) => session.die(error instanceof Error ? error : new Error(String(error))));
    } else if (!isBusiness(sock.authState.creds)) refuseAtLogin(sock, () => session.die(new OrdinaryWhatsApp('not WhatsApp Business')));
  }

  private readonly trouble = (error: unknown): void => {
    this.parts.log('warn', masked(error instanceof Error ? `${error.name}: ${error.message}` : String(error)));
  };
}
