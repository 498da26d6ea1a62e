import type { Connection } from './connection.js';
import type { Delivery } from './delivery.js';
import type { Ledger, MessageState, StoredMessage } from './ledger.js';
import type { Sending } from './sending.js';
import { child, children, isLid, seconds, type Stanza, stanza } from './stanza.js';
import { Account, type LinkedDevice } from './users.js';
import type { World } from './world.js';

/** A client's receipts by type; without one: delivered. `inactive`: delivered while nobody looks. */
const STATES: Record<string, MessageState> = {
  '': 'delivered',
  inactive: 'delivered',
  sender: 'delivered',
  read: 'read',
  'read-self': 'read',
};

/** What linked devices say about the stanzas they got. */
export class Confirmations {
  constructor(
    private readonly world: World,
    private readonly ledger: Ledger,
    private readonly delivery: Delivery,
    private readonly sending: Sending,
  ) {}

  async onReceipt(connection: Connection, device: LinkedDevice, node: Stanza): Promise<void> {
    const { id = '', to = '', type } = node.attrs;
    const ids = [id, ...children(child(node, 'list'), 'item').map(({ attrs }) => attrs['id'] ?? '')];
    if (type === 'retry') {
      await this.askedAgain(device, node);
    } else {
      const heard = ids.filter((one) => this.delivery.confirm(connection, { tag: 'message', id: one, from: to }));
      if (!heard.length) return; // lost on the way: nobody acknowledges what never came
      for (const one of heard) this.apply(device, node, one);
    }
    connection.send(stanza('ack', { class: 'receipt', id, from: to, type }));
  }

  /** An acknowledgement; with an error the client refuses the stanza. */
  onAck(connection: Connection, device: LinkedDevice, { attrs }: Stanza): void {
    const { class: tag = '', id = '', to = '', type, error, recipient } = attrs;
    const heard = this.delivery.confirm(connection, { tag, id, from: to, type, negative: error !== undefined });
    const entry = tag === 'message' && heard ? this.entry(device, id, to, recipient) : undefined;
    if (entry?.state !== 'sent') return;
    if (!error) this.ledger.change(entry, { state: 'delivered' });
    else if (entry.retries === 0) this.ledger.change(entry, { state: 'refused', error });
  }

  private apply(device: LinkedDevice, node: Stanza, id: string): void {
    const { to = '', recipient, type = '' } = node.attrs;
    const state = STATES[type];
    const entry = this.entry(device, id, to, recipient);
    const isNews = entry && state && entry.state !== 'read' && entry.state !== state;
    if (isNews && entry.direction === 'in') this.ledger.change(entry, { state });
    if (state && type !== 'sender') this.tellOtherBusiness(device, node, id, state);
  }

  private async askedAgain(device: LinkedDevice, node: Stanza): Promise<void> {
    const { id = '', to = '', recipient } = node.attrs;
    const entry = this.entry(device, id, to, recipient);
    const sender = this.world.user(to);
    if (sender instanceof Account && sender !== device.account) return this.forward(sender, device, node);
    if (entry) await this.sending.again(device, entry, child(node, 'retry')?.attrs['count'] ?? '1');
  }

  private entry(device: LinkedDevice, id: string, from: string, recipient?: string): StoredMessage | undefined {
    const chat = this.world.user(recipient ?? from)?.number ?? '';
    const { number } = device.account;
    return this.ledger.find(recipient ? 'own' : 'in', number, chat, id);
  }

  /** Between two businesses the sender's devices hear what the recipient's devices say. */
  private tellOtherBusiness(device: LinkedDevice, node: Stanza, id: string, state: MessageState): void {
    const sender = this.world.user(node.attrs['to']);
    if (!(sender instanceof Account) || sender === device.account) return;
    const sent = this.ledger.find('out', sender.number, device.account.number, id);
    if (!sent || sent.state === 'read' || sent.state === state) return;
    this.ledger.change(sent, { state });
    this.forward(sender, device, { ...node, attrs: { ...node.attrs, id } });
  }

  private forward(sender: Account, device: LinkedDevice, { attrs, content }: Stanza): void {
    const { id, to = '', type } = attrs;
    const from = isLid(to) ? device.lidJid : device.phoneJid;
    const visible = type === 'inactive' ? undefined : type;
    for (const other of sender.devices.values()) {
      this.delivery.queue(other, { ...stanza('receipt', { id, from, t: seconds(), type: visible }), content });
    }
  }
}
