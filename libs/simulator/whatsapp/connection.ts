import { decodeBinaryNode, encodeBinaryNode, type proto } from '@whiskeysockets/baileys';
import type { WebSocket } from 'ws';
import type { CertificateAuthority } from './certificates.js';
import { Deframer, frame } from './framing.js';
import type { CodePairing } from './pairing-code.js';
import type { PendingPairing } from './pairing.js';
import { NoiseResponder } from './noise.js';
import type { Stanza } from './stanza.js';
import type { LinkedDevice } from './users.js';

/** What the network does with a connection. */
export interface ConnectionHandler {
  /** The handshake is done; `payload` says what the client wants. */
  opened(connection: Connection, payload: proto.ClientPayload): void;
  received(connection: Connection, node: Stanza): Promise<void>;
  closed(connection: Connection): void;
  /** A server that reads but never answers. */
  isFrozen(connection: Connection): boolean;
  /** Called before anything leaves, so that what a client has seen survives a crash of the simulator. */
  persist(): void;
  log(message: string, error?: unknown): void;
}

/** Baileys takes up transport mode once its own last handshake message is out; a frame before that would be lost. */
const LOGIN_PAUSE_MS = 5;

/** Time for a last word to arrive before the socket closes. */
const GOODBYE_MS = 20;

/** One client's socket: handshake, then stanzas in both directions. */
export class Connection {
  private readonly deframer = new Deframer();
  private readonly noise: NoiseResponder;
  private stage: 'hello' | 'finish' | 'open' | 'over' = 'hello';
  /** Stanzas are handled one after another: decoding them may be asynchronous. */
  private work: Promise<void> = Promise.resolve();
  private readonly held: { node: Stanza; dueAt: number }[] = [];
  /** After login: whose socket this is. */
  device?: LinkedDevice;
  /** What a client that is not linked yet has told of itself. */
  registration?: proto.ClientPayload.IDevicePairingRegistrationData;
  /** References of the QR codes that this client may show. */
  qrRefs: string[] = [];
  codePairing?: CodePairing;
  pairing?: PendingPairing;

  constructor(
    private readonly socket: WebSocket,
    authority: CertificateAuthority,
    private readonly handler: ConnectionHandler,
  ) {
    this.noise = new NoiseResponder(authority);
    socket.on('message', (data) => this.onData(data as Buffer));
    socket.on('close', () => handler.closed(this));
    socket.on('error', (error) => handler.log('socket error', error));
  }

  /** The device's Noise key. */
  get clientKey(): Buffer {
    return this.noise.clientKey;
  }

  get isOpen(): boolean {
    return this.stage === 'open' && this.socket.readyState === this.socket.OPEN;
  }

  /** Sends now; false if it could not (closed, or the server is frozen). */
  send(node: Stanza): boolean {
    if (!this.isOpen || this.handler.isFrozen(this)) return false;
    this.handler.persist();
    this.socket.send(frame(this.noise.encrypt(encodeBinaryNode(node))));
    return true;
  }

  /** Sends after a delay, and never before what was sent this way earlier. False if it cannot be sent. */
  sendInOrder(node: Stanza, delayMs = 0): boolean {
    if (!delayMs && !this.held.length) return this.send(node);
    if (!this.isOpen || this.handler.isFrozen(this)) return false;
    this.held.push({ node, dueAt: Date.now() + delayMs });
    if (this.held.length === 1) this.releaseLater();
    return true;
  }

  private releaseLater(): void {
    const [next] = this.held;
    if (!next) return;
    const release = () => {
      this.held.shift();
      this.send(next.node);
      this.releaseLater();
    };
    setTimeout(release, Math.max(0, next.dueAt - Date.now())).unref();
  }

  close(): void {
    this.socket.close();
  }

  /** Says a last word and closes; nothing follows it, and nothing is heard any more. */
  goodbye(lastWord: Stanza): void {
    this.send(lastWord);
    this.stage = 'over';
    setTimeout(() => this.close(), GOODBYE_MS);
  }

  /** Ends it as a cut network does: without a word. */
  cut(): void {
    this.socket.terminate();
  }

  private onData(data: Buffer): void {
    try {
      for (const payload of this.deframer.push(data)) this.onFrame(payload);
    } catch (error) {
      this.handler.log('a frame could not be read', error);
      this.cut();
    }
  }

  private onFrame(payload: Buffer): void {
    if (this.stage === 'over') return;
    if (this.stage === 'open') return this.onStanza(this.noise.decrypt(payload));
    if (this.handler.isFrozen(this)) return;
    if (this.stage === 'hello') {
      this.socket.send(frame(this.noise.hello(this.deframer.prologue, payload)));
      this.stage = 'finish';
      return;
    }
    const wanted = this.noise.finish(payload);
    this.stage = 'open';
    setTimeout(() => this.handler.opened(this, wanted), LOGIN_PAUSE_MS);
  }

  private onStanza(plain: Buffer): void {
    this.work = this.work
      .then(async () => {
        const node = await decodeBinaryNode(plain);
        if (!this.handler.isFrozen(this)) await this.handler.received(this, node);
      })
      .catch((error: unknown) => this.handler.log('a stanza could not be handled', error));
  }
}
