import type { Delivery } from './delivery.js';
import { addressIn } from './groups.js';
import type { Ledger, MessageState, ReaderState, StoredMessage } from './ledger.js';
import type { Rules } from './rules.js';
import { seconds, stanza, STATUSES } from './stanza.js';
import type { Timers } from './timers.js';
import { Person } from './users.js';
import type { World } from './world.js';

/** The many who get one message: each one's phone confirms it, and in a group its owner reads it. */
export class Readers {
  constructor(
    private readonly world: World,
    private readonly ledger: Ledger,
    private readonly delivery: Delivery,
    private readonly rules: Rules,
    private readonly timers: Timers,
  ) {}

  /** It reached that number's phone. */
  reached(entry: StoredMessage, number: string): void {
    const known = entry.receipts?.[number];
    if (known === 'delivered' || known === 'read') return this.timers.after(this.rules.receiptDelayMs, () => this.tell(entry, number, known));
    this.note(entry, number, 'sent');
    this.confirmLater(entry, number);
  }

  /** After a restart: everybody goes on. */
  resume(entry: StoredMessage): void {
    for (const [number, state] of Object.entries(entry.receipts ?? {})) {
      if (state === 'sent') this.confirmLater(entry, number);
      if (state === 'delivered') this.readLater(entry, number);
    }
  }

  /** That number's phone could not read it. */
  unreadable(entry: StoredMessage, number: string): void {
    this.ledger.change(entry, { retries: entry.retries + 1 });
    this.note(entry, number, 'unreadable');
  }

  /** That number has it, or has read it (or seen it, if it is a status), and the sender's devices are told. */
  confirm(entry: StoredMessage, number: string, state: 'delivered' | 'read'): void {
    const known = entry.receipts?.[number];
    const isKept = this.ledger.find(entry.direction, entry.account, entry.chat, entry.id) === entry;
    if (!isKept || !known || known === 'read' || known === state) return;
    this.note(entry, number, state);
    this.tell(entry, number, state);
  }

  private confirmLater(entry: StoredMessage, number: string): void {
    this.timers.after(this.rules.receiptDelayMs, () => {
      this.confirm(entry, number, 'delivered');
      this.readLater(entry, number);
    });
  }

  /** Statuses are looked at when the control API says so, a business' messages when its clients do. */
  private readLater(entry: StoredMessage, number: string): void {
    const { readDelayMs } = this.rules;
    if (readDelayMs === null || entry.chat === STATUSES || !(this.world.numbered(number) instanceof Person)) return;
    this.timers.after(readDelayMs, () => this.confirm(entry, number, 'read'));
  }

  private note(entry: StoredMessage, number: string, state: ReaderState): void {
    const receipts = { ...entry.receipts, [number]: state };
    this.ledger.change(entry, { receipts, state: stateOfAll(Object.values(receipts)) });
  }

  private tell({ account, chat, id }: StoredMessage, number: string, state: 'delivered' | 'read'): void {
    const reader = this.world.numbered(number);
    if (!reader) return;
    const participant = addressIn(this.world.groups.get(chat) ?? { addressing: 'lid' }, reader);
    const type = state === 'read' ? 'read' : undefined;
    for (const device of this.world.accounts.get(account)?.devices.values() ?? []) {
      this.delivery.queue(device, stanza('receipt', { id, from: chat, participant, t: seconds(), type }));
    }
  }
}

/** As phones show it: delivered (read) when it was delivered to (read by) everybody. */
function stateOfAll(states: ReaderState[]): MessageState {
  if (states.every((state) => state === 'read')) return 'read';
  if (states.every((state) => state === 'read' || state === 'delivered')) return 'delivered';
  return states.every((state) => state === 'unreadable') ? 'unreadable' : 'sent';
}
