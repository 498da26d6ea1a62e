import { randomBytes } from 'node:crypto';
import type { Connection } from './connection.js';
import type { Delivery } from './delivery.js';
import type { Ledger, StoredMessage } from './ledger.js';
import { child, newId, seconds, type Stanza, stanza } from './stanza.js';
import type { Timers } from './timers.js';
import type { Account, LinkedDevice, Person } from './users.js';
import type { World } from './world.js';

/** A phone gives up when nobody answers for that long. */
const RING_MS = 45_000;

export interface CallToMake {
  video?: boolean;
  /** How long the person lets it ring; by default 45 s. */
  ms?: number;
}

/** Calls from people: they ring at the business' clients, which can refuse them; nobody can talk here. */
export class Calls {
  constructor(
    private readonly world: World,
    private readonly ledger: Ledger,
    private readonly delivery: Delivery,
    private readonly timers: Timers,
  ) {}

  /** A person calls a business; returns the call's id. */
  ring(person: Person, account: Account, { video = false, ms = RING_MS }: CallToMake = {}): string {
    const id = randomBytes(16).toString('hex').toUpperCase();
    const names = { direction: 'in', account: account.number, chat: person.number, id, address: person.jid } as const;
    const entry = this.ledger.add({ ...names, kind: 'call', call: { video, state: 'ringing' } });
    const { jid } = person;
    const offer = { 'call-id': id, 'call-creator': jid, caller_pn: jid === person.lidJid ? person.shownPhoneJid : undefined };
    const media = [stanza('audio', { enc: 'opus', rate: '16000' }), ...(video ? [stanza('video', { enc: 'vp8', orientation: '0' })] : [])];
    // The stanza has the call's id, so that its acknowledgement says that the call has reached a client.
    this.tell(account, person, id, stanza('offer', offer, media));
    this.timers.after(ms, () => this.giveUp(entry));
    return id;
  }

  /** A client says something about a call; all that it can do here is to refuse it. */
  onCall(connection: Connection, { account }: LinkedDevice, node: Stanza): void {
    const reject = child(node, 'reject');
    const { id, to } = node.attrs;
    const chat = this.world.user(reject?.attrs['call-creator'])?.number ?? '';
    const entry = this.ledger.find('in', account.number, chat, reject?.attrs['call-id'] ?? '');
    if (entry?.call?.state === 'ringing') this.ledger.change(entry, { state: 'delivered', call: { ...entry.call, state: 'rejected' } });
    connection.send(stanza('ack', { class: 'call', id, from: to, type: reject ? 'reject' : undefined }));
  }

  /** Whoever called before a restart has hung up. */
  restore(): void {
    for (const { number } of this.world.accounts.values()) {
      for (const entry of this.ledger.ofAccount(number)) this.giveUp(entry);
    }
  }

  private giveUp(entry: StoredMessage): void {
    const [account, person] = [this.world.accounts.get(entry.account), this.world.people.get(entry.chat)];
    if (entry.call?.state !== 'ringing' || !account || !person) return;
    this.ledger.change(entry, { call: { ...entry.call, state: 'missed' } });
    this.tell(account, person, newId(), stanza('terminate', { 'call-id': entry.id, 'call-creator': entry.address, reason: 'timeout' }));
  }

  private tell(account: Account, person: Person, id: string, about: Stanza): void {
    const attrs = { id, from: person.jid, t: seconds(), notify: person.name, platform: 'android', version: '2.24.1' };
    for (const device of account.devices.values()) this.delivery.queue(device, stanza('call', attrs, [about]));
  }
}
