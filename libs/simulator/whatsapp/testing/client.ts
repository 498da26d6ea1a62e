import '../quiet.js';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import makeWASocket, {
  type AuthenticationCreds,
  type AuthenticationState,
  type BinaryNode,
  BufferJSON,
  type ConnectionState,
  initAuthCreds,
  makeCacheableSignalKeyStore,
  type SignalDataSet,
  type SignalDataTypeMap,
  type UserFacingSocketConfig,
  WA_CERT_DETAILS,
  type WAMessage,
  type WAMessageUpdate,
} from '@whiskeysockets/baileys';
import pino from 'pino';
import { pemOf } from '../media/tls-certificate.js';
import { SIMULATOR_CERTIFICATE, SIMULATOR_ROOT_PUBLIC_KEY } from '../root-key.js';
import { until } from './until.js';

WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(SIMULATOR_ROOT_PUBLIC_KEY, 'hex');
setDefaultCACertificates([...getCACertificates('default'), pemOf(Buffer.from(SIMULATOR_CERTIFICATE, 'base64'))]);

const NO_RECONNECT = [401, 403, 440];
const RECONNECT_AFTER_MS = 30;

/** Credentials in memory, which pass through JSON as they would through a database. */
class MemoryAuth {
  readonly creds: AuthenticationCreds = initAuthCreds();
  readonly data = new Map<string, string>();
  readonly keys: AuthenticationState['keys'] = {
    get: async <T extends keyof SignalDataTypeMap>(type: T, ids: string[]) => {
      const found = ids.flatMap((id) => {
        const value = this.data.get(`${type}:${id}`);
        return value ? [[id, JSON.parse(value, BufferJSON.reviver) as unknown]] : [];
      });
      return Object.fromEntries(found) as { [id: string]: SignalDataTypeMap[T] };
    },
    set: async (set: SignalDataSet) => {
      for (const [type, values] of Object.entries(set)) {
        for (const [id, value] of Object.entries(values)) {
          if (value) this.data.set(`${type}:${id}`, JSON.stringify(value, BufferJSON.replacer));
          else this.data.delete(`${type}:${id}`);
        }
      }
    },
  };
}

export interface ClientClose {
  code?: number;
  message: string;
}

/** The unmodified Baileys client with what it has told so far. Trusts the simulator's default root. */
export class TestClient {
  auth = new MemoryAuth();
  readonly qrs: string[] = [];
  readonly closes: ClientClose[] = [];
  readonly messages: (WAMessage & { upsertType: string })[] = [];
  readonly updates: WAMessageUpdate[] = [];
  /** Stanzas as they came from the network. */
  readonly received: BinaryNode[] = [];
  opened = 0;
  isOpen = false;
  /** Connects again after a close, except when it was unlinked or replaced. */
  reconnects = true;
  socket!: ReturnType<typeof makeWASocket>;

  constructor(
    private readonly url: string,
    private readonly options: Partial<UserFacingSocketConfig> = {},
  ) {}

  connect(): this {
    const logger = pino({ level: 'silent' });
    const keys = makeCacheableSignalKeyStore(this.auth.keys, logger);
    const auth = { creds: this.auth.creds, keys };
    const socket = makeWASocket({ waWebSocketUrl: this.url, auth, logger, ...this.options });
    this.socket = socket;
    socket.ev.on('creds.update', (update) => Object.assign(this.auth.creds, update));
    socket.ev.on('messages.upsert', ({ messages, type }) => {
      this.messages.push(...messages.map((message) => ({ ...message, upsertType: type })));
    });
    socket.ev.on('messages.update', (updates) => this.updates.push(...updates));
    socket.ev.on('connection.update', (update) => this.onConnection(update));
    for (const tag of ['message', 'receipt', 'ack', 'notification', 'chatstate']) {
      socket.ws.on(`CB:${tag}`, (node: BinaryNode) => this.received.push(node));
    }
    return this;
  }

  /** Ends the connection and stays away. */
  async disconnect(): Promise<void> {
    this.reconnects = false;
    await this.socket?.end(undefined);
    this.isOpen = false;
  }

  /** Goes on with another client's credentials, as the same program after a restart. */
  takeOver(other: TestClient): void {
    this.auth = other.auth;
  }

  /** Comes back after `disconnect`. */
  async reconnect(): Promise<void> {
    this.reconnects = true;
    this.connect();
    await this.untilOpen();
  }

  /** Texts of what others wrote, in the order in which they came. */
  get texts(): string[] {
    return this.messages.filter(({ key }) => !key.fromMe).map(textOf).filter((text) => text !== '');
  }

  /**
   * What the client knows of an own message: 2 sent, 3 delivered, 4 read, 0 refused. Baileys tells a change that comes at once
   * in the message itself, a later one as an update.
   */
  statusOf(id: string): number {
    const known = this.messages.filter(({ key }) => key.id === id).map(({ status }) => status);
    const updates = this.updates.filter(({ key }) => key.id === id).map(({ update }) => update.status);
    return Math.max(0, ...[...known, ...updates].map((status) => status ?? 0));
  }

  async untilOpen(): Promise<void> {
    await until(() => this.isOpen, 'the client is connected');
  }

  async untilQr(): Promise<string> {
    return until(() => this.qrs.at(-1), 'the client shows a QR');
  }

  async untilText(text: string): Promise<WAMessage & { upsertType: string }> {
    return until(() => this.messages.find((message) => textOf(message) === text), `the client gets "${text}"`);
  }

  async untilClosed(): Promise<ClientClose> {
    const before = this.closes.length;
    return until(() => this.closes[before], 'the connection closes');
  }

  /** Sends a text and waits for the network's answer; resolves with its id and, if it was refused, the code. */
  async send(jid: string, text: string, messageId = `T${crypto.randomUUID()}`): Promise<{ id: string; error?: string }> {
    const ack = this.socket.waitForMessage<BinaryNode>(messageId, 5000);
    await this.socket.sendMessage(jid, { text, linkPreview: null }, { messageId });
    const error = (await ack)?.attrs['error'];
    return { id: messageId, ...(error && { error }) };
  }

  private onConnection({ qr, connection, lastDisconnect }: Partial<ConnectionState>): void {
    if (qr) this.qrs.push(qr);
    if (connection === 'open') {
      this.opened++;
      this.isOpen = true;
    }
    if (connection !== 'close') return;
    this.isOpen = false;
    const error = lastDisconnect?.error as (Error & { output?: { statusCode?: number } }) | undefined;
    const code = error?.output?.statusCode;
    this.closes.push({ code, message: String(error?.message) });
    if (NO_RECONNECT.includes(code ?? 0)) return;
    setTimeout(() => this.reconnects && this.connect(), RECONNECT_AFTER_MS);
  }
}

/** The text of a message, empty if it has none. */
export const textOf = ({ message }: WAMessage): string => message?.conversation ?? message?.extendedTextMessage?.text ?? '';
