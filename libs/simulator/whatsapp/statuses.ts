import { proto } from '@whiskeysockets/baileys';
import { SimulatorError } from './errors.js';
import type { FanOut } from './fan-out.js';
import type { Ledger, StoredMessage } from './ledger.js';
import { type ShownMedia, shownOf } from './messages.js';
import type { Readers } from './readers.js';
import { newId, STATUSES } from './stanza.js';
import type { Store } from './store.js';
import type { Account, Person } from './users.js';
import type { World } from './world.js';

/** A status is gone after that time. */
const LIFETIME_MS = 24 * 3600 * 1000;
const { REVOKE } = proto.Message.ProtocolMessage.Type;

/** A status as a viewer's phone shows it. */
export interface Status {
  id: string;
  /** ISO time. */
  at: string;
  /** Number of the business that posted it. */
  account: string;
  kind: string;
  text?: string;
  media?: ShownMedia;
  /** `#rrggbb`, of a text. */
  backgroundColor?: string;
  font?: number;
  /** Whether that person has looked at it. */
  viewed: boolean;
}

export interface StatusToPost {
  text: string;
  /** `#rrggbb` */
  backgroundColor?: string;
  id?: string;
}

/** Statuses: what phones show of those of businesses, and what people post themselves. */
export class Statuses {
  constructor(
    private readonly store: Store,
    private readonly ledger: Ledger,
    private readonly fanOut: FanOut,
    private readonly readers: Readers,
    private readonly world: World,
  ) {}

  /** What that person may still see, in the order in which it was posted: neither deleted nor older than 24 hours. */
  seenBy({ number }: Person): Status[] {
    return this.alive(number).map((entry) => {
      const { id, at, account, kind, text, media, receipts } = entry;
      return { id, at, account, kind, text, ...(media && { media }), ...lookOf(entry), viewed: receipts?.[number] === 'read' };
    });
  }

  /** A person looks at a status; its author is told. @throws SimulatorError status_unknown */
  view({ number }: Person, account: Account, id: string): void {
    const entry = this.alive(number).find((one) => one.account === account.number && one.id === id);
    if (!entry) throw new SimulatorError('status_unknown');
    this.readers.confirm(entry, number, 'delivered');
    this.readers.confirm(entry, number, 'read');
  }

  /** A person posts a status that these businesses see; resolves with its id once the network has it. */
  async post(sender: Person, viewers: Account[], { text, backgroundColor, id = newId() }: StatusToPost): Promise<string> {
    const backgroundArgb = backgroundColor && 0xff000000 + Number.parseInt(backgroundColor.slice(1), 16);
    const message: proto.IMessage = { extendedTextMessage: { text, ...(backgroundArgb && { backgroundArgb }) } };
    const encoded = Buffer.from(proto.Message.encode(message).finish());
    for (const { number: account } of viewers) {
      if (this.ledger.find('in', account, STATUSES, id)) continue;
      const names = { direction: 'in', account, chat: STATUSES, author: sender.number, id, address: STATUSES } as const;
      this.ledger.add({ ...names, ...shownOf(message), message: encoded });
    }
    await this.fanOut.send({ chat: STATUSES, id, sender, message }, viewers.flatMap(({ devices }) => [...devices.values()]));
    this.store.flush();
    return id;
  }

  private alive(number: string): StoredMessage[] {
    const reached = this.ledger.of(STATUSES).filter(({ receipts }) => receipts?.[number] && receipts[number] !== 'unreadable');
    const deleted = new Set(reached.map(({ account, message }) => `${account}|${revokedBy(message)}`));
    const isAlive = ({ account, id, at, message }: StoredMessage) =>
      !deleted.has(`${account}|${id}`) && !revokedBy(message) && this.world.now() - Date.parse(at) < LIFETIME_MS;
    return reached.filter(isAlive);
  }
}

/** Id of the status that this message deletes. */
function revokedBy(message: Buffer | undefined): string | undefined {
  const protocol = message && proto.Message.decode(message).protocolMessage;
  return protocol?.type === REVOKE ? (protocol.key?.id ?? undefined) : undefined;
}

function lookOf({ message }: StoredMessage): Pick<Status, 'backgroundColor' | 'font'> {
  const text = message && proto.Message.decode(message).extendedTextMessage;
  if (!text) return {};
  const colour = text.backgroundArgb ? `#${(text.backgroundArgb & 0xffffff).toString(16).padStart(6, '0')}` : undefined;
  return { ...(colour && { backgroundColor: colour }), ...(text.font && { font: text.font }) };
}
