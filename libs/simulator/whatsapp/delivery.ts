import type { Connection } from './connection.js';
import type { Faults } from './faults.js';
import type { Ledger } from './ledger.js';
import { Reordering } from './reordering.js';
import { bytes, children, newId, seconds, SERVER, type Stanza, stanza, userOf } from './stanza.js';
import type { Store } from './store.js';
import type { LinkedDevice, QueuedStanza } from './users.js';
import type { World } from './world.js';

/** How a confirmation finds its stanza: a device may hold the same id from two senders, and many receipts for one message. */
const queueKey = (tag: string, id = '', from = '', type = '', participant = ''): string =>
  [tag, id, userOf(from), ...(tag === 'receipt' ? [type, userOf(participant)] : [''])].join('|');

const keyOf = ({ tag, attrs }: Stanza): string => queueKey(tag, attrs['id'], attrs['from'], attrs['type'], attrs['participant']);

export interface Confirmation {
  tag: string;
  id: string;
  /** To whom the client sent the confirmation: the sender of the stanza. */
  from: string;
  /** Type of the confirmed stanza: tells receipts apart. */
  type?: string;
  /** Whose receipt was confirmed, of the many in a group. */
  participant?: string;
  negative?: boolean;
}

interface StanzaRow {
  device: string;
  order: number;
  node: Stanza;
}

/** Hands stanzas to linked devices and keeps each until the device has confirmed it. */
export class Delivery {
  private lastOrder = 0;
  private readonly reordering = new Reordering();
  /** Confirmations of these messages are lost until the device's next connection. */
  private readonly lost = new WeakMap<Connection, Set<string>>();

  constructor(
    private readonly world: World,
    private readonly store: Store,
    private readonly faults: Faults,
    private readonly ledger: Ledger,
  ) {}

  /**
   * Queues a message, receipt or notification for a device and sends it if the device is there.
   * @param askedAgain the client could not read its first copy
   */
  queue(device: LinkedDevice, wanted: Stanza, askedAgain = false): void {
    const isTalk = wanted.tag === 'message' && wanted.attrs['category'] !== 'peer';
    const node = isTalk && this.faults.take('garble', device.account.number) ? garbled(wanted) : wanted;
    const key = keyOf(node);
    const item: QueuedStanza = { key, order: ++this.lastOrder, node, askedAgain };
    const replaced = device.queue.get(key);
    if (replaced) this.forget(device, replaced);
    device.queue.set(key, item);
    this.store.put('stanza', this.rowKey(device, item), (): StanzaRow => ({ device: device.address, order: item.order, node }));
    this.handOver(device, item);
  }

  /** A device has hardly any one-time keys left: the client is asked for more. */
  askForPreKeys(device: LinkedDevice): void {
    const count = stanza('count', { value: String(device.preKeys.length) });
    this.queue(device, stanza('notification', { from: SERVER, type: 'encrypt', id: newId(), t: seconds() }, [count]));
  }

  /**
   * The client has confirmed a stanza. A negative confirmation ends its life as well, unless the client has asked for it again:
   * then it speaks of the copy before. False if the confirmation was lost on the way.
   */
  confirm(connection: Connection, { tag, id, from, type, participant, negative }: Confirmation): boolean {
    const device = connection.device;
    const item = device?.queue.get(queueKey(tag, id, from, type, participant));
    if (!device || !item) return true;
    if (tag === 'message' && item.node.attrs['category'] !== 'peer' && this.loses(connection, item.key)) return false;
    if (negative && item.askedAgain) item.askedAgain = false;
    else this.forget(device, item);
    return true;
  }

  /** The client is ready for what waited: announces it, or says at once that there is nothing. */
  announceBacklog(connection: Connection): void {
    const count = String(connection.device?.queue.size ?? 0);
    if (count === '0') return this.sendBacklog(connection);
    const preview = stanza('offline_preview', { count, message: count, notification: '0', receipt: '0', appdata: '0' });
    connection.send(stanza('ib', { from: SERVER }, [preview]));
  }

  /** Everything that waited, oldest first; live stanzas follow only after it. */
  sendBacklog(connection: Connection): void {
    const device = connection.device;
    if (!device || device.connection !== connection || device.ready === connection) return;
    device.ready = connection;
    this.reordering.forget(device);
    const waiting = [...device.queue.values()];
    for (const item of waiting) this.handOver(device, item, true);
    this.reordering.release(device);
    const end = stanza('offline', { count: String(waiting.length) });
    connection.sendInOrder(stanza('ib', { from: SERVER }, [end]));
  }

  /** After a freeze: hands over what could not be sent meanwhile. */
  resume(device: LinkedDevice): void {
    for (const item of device.queue.values()) if (item.sentOn !== device.ready) this.handOver(device, item);
  }

  restore(): void {
    for (const { value } of this.store.load<StanzaRow>('stanza')) {
      const device = this.world.deviceAt(value.device);
      const key = keyOf(value.node);
      device?.queue.set(key, { key, order: value.order, node: value.node });
      this.lastOrder = Math.max(this.lastOrder, value.order);
    }
  }

  private handOver(device: LinkedDevice, item: QueuedStanza, offline = false): void {
    const connection = device.ready;
    if (!connection) return;
    const account = device.account.number;
    if (this.isHeld(device, item, offline)) return;
    const node = offline ? { ...item.node, attrs: { ...item.node.attrs, offline: '1' } } : item.node;
    const again = item.sentOn !== undefined;
    const isTalk = node.tag !== 'notification';
    const delayMs = (isTalk && this.faults.take('delay', account)?.ms) || 0;
    if (!connection.sendInOrder(node, delayMs)) return;
    item.sentOn = connection;
    if (again) this.countCopy(device, node);
    if (node.tag === 'message' && this.faults.take('duplicate', account)) {
      connection.sendInOrder(node);
      this.countCopy(device, node);
    }
    if (node.tag === 'message') this.reordering.release(device);
  }

  /** A message that the next one shall overtake; one waits at a time. */
  private isHeld(device: LinkedDevice, item: QueuedStanza, offline: boolean): boolean {
    const { tag, attrs } = item.node;
    if (tag !== 'message' || attrs['category'] === 'peer' || item.wasHeld || this.reordering.isWaiting(device)) return false;
    const fault = this.faults.take('reorder', device.account.number);
    if (!fault) return false;
    item.wasHeld = true;
    this.reordering.hold(device, fault.ms ?? 0, () => {
      // It may have been confirmed, or sent on another connection meanwhile.
      if (device.queue.get(item.key) === item && item.sentOn !== device.ready) this.handOver(device, item, offline);
    });
    return true;
  }

  private countCopy(device: LinkedDevice, node: Stanza): void {
    const { id = '', from, recipient, participant } = node.attrs;
    const account = device.account.number;
    const chat = this.world.chatOf(recipient ?? from);
    const isOwn = recipient ?? this.world.user(participant) === device.account;
    const entry = chat && this.ledger.find(isOwn ? 'own' : 'in', account, chat, id);
    if (entry) this.ledger.change(entry, { copies: entry.copies + 1 });
  }

  private loses(connection: Connection, key: string): boolean {
    const lost = this.lost.get(connection) ?? new Set();
    if (lost.has(key)) return true;
    if (!this.faults.take('lose-receipt', connection.device?.account.number)) return false;
    this.lost.set(connection, lost.add(key));
    return true;
  }

  private forget(device: LinkedDevice, item: QueuedStanza): void {
    device.queue.delete(item.key);
    this.store.remove('stanza', this.rowKey(device, item));
  }

  private rowKey(device: LinkedDevice, { order }: QueuedStanza): string {
    return `${device.address}/${String(order).padStart(8, '0')}`;
  }
}

/** The same stanza, whose ciphertexts nobody can decrypt: their last byte, of the MAC or signature, is another one. */
function garbled(node: Stanza): Stanza {
  const content = children(node).map((part) => {
    if (part.tag !== 'enc') return part;
    const ciphertext = bytes(part);
    return { ...part, content: Buffer.concat([ciphertext.subarray(0, -1), Buffer.from([(ciphertext.at(-1) ?? 0) ^ 0xff])]) };
  });
  return { ...node, content };
}
