import type { Connection } from './connection.js';
import type { Delivery } from './delivery.js';
import type { GroupSending } from './group-sending.js';
import type { Ledger, MessageState, StoredMessage } from './ledger.js';
import type { MediaRetries } from './media/media-retries.js';
import type { Readers } from './readers.js';
import type { Sending } from './sending.js';
import { child, children, isLid, seconds, type Stanza, stanza } from './stanza.js';
import { Account, type LinkedDevice } from './users.js';
import type { World } from './world.js';

/** A client's receipts by type; without one: delivered. `inactive`: delivered while nobody looks. */
const STATES: Record<string, 'delivered' | 'read'> = {
  '': 'delivered',
  inactive: 'delivered',
  sender: 'delivered',
  read: 'read',
  'read-self': 'read',
  played: 'read',
};

/** What linked devices say about the stanzas they got. */
export class Confirmations {
  constructor(
    private readonly world: World,
    private readonly ledger: Ledger,
    private readonly delivery: Delivery,
    private readonly sending: Sending,
    private readonly groupSending: GroupSending,
    private readonly readers: Readers,
    private readonly mediaRetries: MediaRetries,
  ) {}

  async onReceipt(connection: Connection, device: LinkedDevice, node: Stanza): Promise<void> {
    const { id = '', to = '', type } = node.attrs;
    const ids = [id, ...children(child(node, 'list'), 'item').map(({ attrs }) => attrs['id'] ?? '')];
    if (type === 'retry') {
      await this.askedAgain(device, node);
    } else if (type === 'server-error') {
      this.mediaRetries.onRequest(device, node);
    } else {
      const heard = ids.filter((one) => this.delivery.confirm(connection, { tag: 'message', id: one, from: to }));
      if (!heard.length) return; // lost on the way: nobody acknowledges what never came
      for (const one of heard) this.apply(device, node, one);
    }
    connection.send(stanza('ack', { class: 'receipt', id, from: to, type }));
  }

  /** An acknowledgement; with an error the client refuses the stanza. */
  onAck(connection: Connection, device: LinkedDevice, { attrs }: Stanza): void {
    const { class: tag = '', id = '', to = '', type, error, participant } = attrs;
    const heard = this.delivery.confirm(connection, { tag, id, from: to, type, participant, negative: error !== undefined });
    const entry = (tag === 'message' || tag === 'call') && heard ? this.entry(device, attrs, id) : undefined;
    if (entry?.state !== 'sent') return;
    if (!error) this.ledger.change(entry, { state: 'delivered' });
    else if (entry.retries === 0) this.ledger.change(entry, { state: 'refused', error });
  }

  private apply(device: LinkedDevice, node: Stanza, id: string): void {
    const { type = '' } = node.attrs;
    const state = STATES[type];
    const entry = this.entry(device, node.attrs, id);
    const isNews = entry && state && entry.state !== 'read' && entry.state !== state;
    if (isNews && entry.direction === 'in') this.ledger.change(entry, { state });
    if (entry?.direction === 'in' && type === 'played' && !entry.played) this.ledger.change(entry, { played: true });
    if (isNews && entry.author) this.tellAuthor(device, entry, state);
    if (state && type !== 'sender') this.tellOtherBusiness(device, node, id, state);
  }

  private async askedAgain(device: LinkedDevice, node: Stanza): Promise<void> {
    const { id = '', to = '', participant } = node.attrs;
    const entry = this.entry(device, node.attrs, id);
    const count = child(node, 'retry')?.attrs['count'] ?? '1';
    const sender = this.world.user(to);
    if (sender instanceof Account && sender !== device.account) return this.forward(sender, device, node);
    const author = this.world.device(participant);
    if (author) this.delivery.queue(author, { ...node, attrs: { ...node.attrs, from: to, participant: addressOf(device, participant) } });
    else if (entry?.author) await this.groupSending.again(device, entry, count);
    else if (entry) await this.sending.again(device, entry, count);
  }

  private entry({ account }: LinkedDevice, { to, recipient, participant }: Stanza['attrs'], id: string): StoredMessage | undefined {
    const isOwn = recipient !== undefined || this.world.user(participant) === account;
    return this.ledger.find(isOwn ? 'own' : 'in', account.number, this.world.chatOf(recipient ?? to) ?? '', id);
  }

  /** In a group a business hears what another business' client says of its message. */
  private tellAuthor({ account }: LinkedDevice, { author = '', chat, id }: StoredMessage, state: 'delivered' | 'read'): void {
    const said = this.ledger.find('out', author, chat, id) ?? this.ledger.find('own', author, chat, id);
    if (said) this.readers.confirm(said, account.number, state);
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

/** The device as an address like that one. */
const addressOf = (device: LinkedDevice, like = ''): string => (isLid(like) ? device.lidJid : device.phoneJid);
