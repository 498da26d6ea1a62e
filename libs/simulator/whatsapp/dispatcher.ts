import type { Calls } from './calls.js';
import type { Confirmations } from './confirmations.js';
import type { Connection } from './connection.js';
import type { Typing } from './contract.js';
import type { Delivery } from './delivery.js';
import type { Faults } from './faults.js';
import type { Login } from './login.js';
import type { Media } from './media/media.js';
import type { Outbound } from './outbound.js';
import type { Pairing } from './pairing.js';
import type { Phones } from './phones.js';
import { answerStanza, questionKey, QUERIES } from './queries/queries.js';
import { child, children, SERVER, type Stanza, stanza } from './stanza.js';
import type { LinkedDevice } from './users.js';
import type { World } from './world.js';

export interface DispatcherParts {
  world: World;
  media: Media;
  login: Login;
  pairing: Pairing;
  delivery: Delivery;
  outbound: Outbound;
  confirmations: Confirmations;
  calls: Calls;
  phones: Phones;
  faults: Faults;
  unknown(node: Stanza): void;
  typing(device: LinkedDevice, chat: string, state: Typing): void;
  /** The device has its backlog: it is there. */
  online(device: LinkedDevice): void;
}

/** What a client sends before it is linked and that needs no answer. */
const BEFORE_LOGIN = new Set(['ib', 'ack', 'presence']);

type Handler = (connection: Connection, device: LinkedDevice, node: Stanza) => Promise<void> | void;

/** Leads each stanza of a client to what handles it; what nobody handles is recorded as unknown. */
export class Dispatcher {
  constructor(private readonly parts: DispatcherParts) {}

  async dispatch(connection: Connection, node: Stanza): Promise<void> {
    const { device } = connection;
    if (!device) return this.beforeLogin(connection, node);
    const handle = this.handlers[node.tag];
    if (handle) await handle(connection, device, node);
    else this.parts.unknown(node);
  }

  private readonly handlers: Record<string, Handler> = {
    iq: (connection, device, node) => this.question(connection, device, node),
    message: (connection, device, node) => this.parts.outbound.onMessage(connection, device, node),
    receipt: (connection, device, node) => this.parts.confirmations.onReceipt(connection, device, node),
    ack: (connection, device, node) => this.parts.confirmations.onAck(connection, device, node),
    call: (connection, device, node) => this.parts.calls.onCall(connection, device, node),
    ib: (connection, device, node) => this.information(connection, device, node),
    presence: (connection, _device, node) => this.presence(connection, node),
    chatstate: (_connection, device, node) => this.chatState(device, node),
  };

  /** A client that is not linked may only pair. */
  private beforeLogin(connection: Connection, node: Stanza): void {
    const { pairing, unknown } = this.parts;
    const signed = child(node, 'pair-device-sign');
    const linkCode = child(node, 'link_code_companion_reg');
    if (signed) pairing.onSigned(connection, signed);
    else if (linkCode) pairing.onLinkCode(connection, node, linkCode);
    else if (node.tag === 'iq' && node.attrs['xmlns'] === 'w:p') connection.send(answerStanza(node, [], SERVER));
    else if (node.attrs['type'] !== 'result' && !BEFORE_LOGIN.has(node.tag)) unknown(node);
  }

  private question(connection: Connection, device: LinkedDevice, iq: Stanza): void {
    const { world, media, delivery, unknown } = this.parts;
    const first = children(iq)[0];
    if (iq.attrs['type'] === 'result') return;
    const from = iq.attrs['to'] || SERVER;
    if (iq.attrs['xmlns'] === 'md' && first?.tag === 'remove-companion-device') return this.logout(connection, device, iq);
    const key = questionKey(iq, first);
    const answer = QUERIES[key]?.({ world, media, connection, device, iq, first: first ?? stanza('') });
    if (!answer) unknown(iq);
    connection.send(answerStanza(iq, answer ?? { code: '501', text: 'feature-not-implemented' }, from));
    if (key !== 'passive set active') return;
    delivery.announceBacklog(connection);
    if (device.ready === connection) this.afterBacklog(connection, device);
  }

  private logout(connection: Connection, device: LinkedDevice, iq: Stanza): void {
    connection.send(answerStanza(iq, [], SERVER));
    this.parts.login.loggedOut(connection, device);
  }

  private information(connection: Connection, device: LinkedDevice, node: Stanza): void {
    if (!child(node, 'offline_batch')) return;
    this.parts.delivery.sendBacklog(connection);
    this.afterBacklog(connection, device);
  }

  private afterBacklog(connection: Connection, device: LinkedDevice): void {
    const { faults, online, phones } = this.parts;
    online(device);
    if (faults.take('drop-connection', device.account.number)) connection.cut();
    else if (!device.bootstrapped) void phones.bootstrap(device);
  }

  private chatState(device: LinkedDevice, node: Stanza): void {
    const chat = this.parts.world.chatOf(node.attrs['to']);
    const state = children(node)[0];
    if (!chat || !state) return;
    const isRecording = state.tag === 'composing' && state.attrs['media'] === 'audio';
    this.parts.typing(device, chat, isRecording ? 'recording' : state.tag === 'composing' ? 'composing' : 'paused');
  }

  private presence(connection: Connection, { attrs }: Stanza): void {
    if (attrs['type'] !== 'subscribe') return;
    connection.send(stanza('presence', { from: attrs['to'], type: 'available' }));
  }
}
