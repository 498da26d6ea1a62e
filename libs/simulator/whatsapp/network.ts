import './quiet.js';
import { EventEmitter } from 'node:events';
import type { AuthenticationCreds, proto } from '@whiskeysockets/baileys';
import type { WebSocket } from 'ws';
import { Broadcasts } from './broadcasts.js';
import { CertificateAuthority } from './certificates.js';
import { Confirmations } from './confirmations.js';
import { Connection, type ConnectionHandler } from './connection.js';
import type { MessageToSend } from './content.js';
import type { AccountSettings, AccountView, NetworkEvent, NetworkSettings, PersonSettings, Typing } from './contract.js';
import { Delivery } from './delivery.js';
import { Directory } from './directory.js';
import { Dispatcher } from './dispatcher.js';
import { FanOut } from './fan-out.js';
import { FaultControl } from './fault-control.js';
import { type Fault, Faults } from './faults.js';
import { GroupChanges } from './group-changes.js';
import { GroupSending } from './group-sending.js';
import type { Group } from './groups.js';
import { Histories } from './histories.js';
import { Ledger, type StoredMessage, viewOf } from './ledger.js';
import { Login } from './login.js';
import { Media } from './media/media.js';
import { MediaRetries } from './media/media-retries.js';
import { Outbound } from './outbound.js';
import { Pairing } from './pairing.js';
import { Phones } from './phones.js';
import { Readers } from './readers.js';
import { Reinstalls } from './reinstalls.js';
import { Restrictions } from './restrictions.js';
import { DEFAULT_RULES, type Rules } from './rules.js';
import { Sending } from './sending.js';
import type { Stanza } from './stanza.js';
import { Statuses } from './statuses.js';
import { Store } from './store.js';
import { Talks } from './talks.js';
import { Timers } from './timers.js';
import type { Account, LinkedDevice, Person } from './users.js';
import { World } from './world.js';

/** The simulated WhatsApp: accounts, people and what goes on between them. Sockets come in by `accept`. */
export class Network implements ConnectionHandler {
  readonly rules: Rules;
  readonly faults = new Faults();
  /** Stanzas that the network did not understand: a test should fail if there are any. */
  readonly unknown: Stanza[] = [];
  readonly authority: CertificateAuthority;
  readonly world: World;
  readonly ledger: Ledger;
  readonly media: Media;
  /** Makes groups and changes them. */
  readonly groups: GroupChanges;
  /** What people see and post as statuses. */
  readonly statuses: Statuses;
  /** What people and owners do in their chats. */
  readonly talks: Talks;
  readonly restrictions: Restrictions;
  readonly reinstalls: Reinstalls;
  /** What a phone tells a client that is newly linked. */
  readonly histories: Histories;
  readonly log: (message: string, error?: unknown) => void;
  private readonly events = new EventEmitter<{ event: [NetworkEvent] }>().setMaxListeners(0);
  private readonly connections = new Set<Connection>();
  private readonly store: Store;
  private readonly delivery: Delivery;
  private readonly directory: Directory;
  private readonly faultControl: FaultControl;
  private readonly timers: Timers;
  private readonly sending: Sending;
  private readonly readers: Readers;
  private readonly groupSending: GroupSending;
  private readonly phones: Phones;
  private readonly pairing: Pairing;
  private readonly login: Login;
  private readonly dispatcher: Dispatcher;
  private stopped = false;

  constructor({ stateDir, rootKey, now = Date.now, log = () => undefined }: NetworkSettings = {}) {
    this.log = log;
    this.authority = new CertificateAuthority(rootKey);
    this.store = new Store(stateDir);
    this.media = new Media(this.store, this.faults, this.authority.root, stateDir);
    this.rules = { ...DEFAULT_RULES, ...this.store.load<Partial<Rules>>('rules')[0]?.value };
    this.world = new World(this.store, (device) => this.delivery.askForPreKeys(device), now);
    this.directory = new Directory(this.world, (event) => this.emit(event));
    const noted = (entry: StoredMessage, isNew: boolean) => {
      // What could not be read at first gets its content later.
      if (isNew || entry.state === 'sent') this.media.learn(entry.media && entry.message);
      this.emit({ kind: isNew ? 'message' : 'state', entry: viewOf(entry) });
    };
    this.ledger = new Ledger(this.store, noted);
    this.delivery = new Delivery(this.world, this.store, this.faults, this.ledger);
    this.sending = new Sending(this.world, this.store, this.ledger, this.delivery);
    this.timers = new Timers(log);
    this.histories = new Histories(this.world, this.store, this.ledger, this.sending);
    this.phones = new Phones(this.world, this.ledger, this.delivery, this.sending, this.rules, this.timers, this.histories);
    this.readers = new Readers(this.world, this.ledger, this.delivery, this.rules, this.timers);
    const fanOut = new FanOut(this.world, this.delivery);
    this.groupSending = new GroupSending(this.world, this.store, this.ledger, fanOut, this.readers);
    this.statuses = new Statuses(this.store, this.ledger, fanOut, this.readers, this.world);
    this.restrictions = new Restrictions(this.world, this.delivery, (event) => this.emit(event));
    this.reinstalls = new Reinstalls(this.world, this.ledger, this.delivery);
    this.groups = new GroupChanges(this.world, this.delivery, (id) => this.emit({ kind: 'group', id }));
    const { world, directory, ledger, media, delivery, sending, groupSending, phones, readers, timers } = this;
    this.talks = new Talks({ world, directory, ledger, media, delivery, sending, groupSending, phones, readers, timers });
    const changed = ({ account }: LinkedDevice) => this.emit({ kind: 'account', number: account.number });
    this.pairing = new Pairing(this.world, this.connections, changed);
    this.login = new Login(this.world, this.pairing, this.faults, changed);
    this.faultControl = new FaultControl(this.faults, this.world, this.connections, this.delivery, this.login);
    this.dispatcher = this.wire();
    this.restore();
  }

  /** Takes a new socket; it may be refused. */
  accept(socket: WebSocket): void {
    this.connections.add(new Connection(socket, this.authority, this));
  }

  /** Whether a new socket is refused before anybody knows whose it is. */
  refusesSocket(): boolean {
    return this.faults.take('refuse-connection') !== undefined;
  }

  opened(connection: Connection, payload: proto.ClientPayload): void {
    this.login.opened(connection, payload);
  }

  received(connection: Connection, node: Stanza): Promise<void> {
    return this.dispatcher.dispatch(connection, node);
  }

  closed(connection: Connection): void {
    this.connections.delete(connection);
    this.login.closed(connection);
  }

  isFrozen(connection: Connection): boolean {
    return this.faults.isOn('freeze', connection.device?.account.number);
  }

  persist(): void {
    this.store.flush();
  }

  /** Creates or changes a business; without a name it gets one from its number. @throws SimulatorError number_taken */
  putAccount(number: string, settings: AccountSettings = {}): Account {
    return this.directory.putAccount(number, settings);
  }

  /** Creates or changes a virtual customer. @throws SimulatorError number_taken */
  putPerson(number: string, settings: PersonSettings): Person {
    return this.directory.putPerson(number, settings);
  }

  get accounts(): AccountView[] {
    return this.directory.accounts;
  }

  get people(): Person[] {
    return [...this.world.people.values()];
  }

  /** The business phone scans a QR; a number that nobody has becomes a business. Resolves when the client is linked. */
  scan(number: string, qr: string): Promise<LinkedDevice> {
    return this.pairing.scan(this.directory.accountFor(number), qr);
  }

  /** The owner types the code that the client shows. Resolves when the client is linked. */
  enterCode(number: string, code: string): Promise<LinkedDevice> {
    return this.pairing.enterCode(this.directory.accountFor(number), code);
  }

  /**
   * Links a client without traffic: completes `creds` (as `initAuthCreds()` makes them) in place. By default the client is also
   * spared the making of one-time keys: a login takes 0.1 s instead of 0.3 s.
   */
  seedLinked(number: string, creds: AuthenticationCreds, { preKeys = false } = {}): LinkedDevice {
    return this.pairing.seed(this.directory.accountFor(number), creds, preKeys);
  }

  /** The phone removes all linked devices. */
  unlink(number: string): void {
    for (const device of [...this.account(number).devices.values()]) this.login.remove(device);
  }

  /** A virtual customer writes to a business, or in a group; resolves with the id once the network has it. */
  async personSends(from: string, to: string, message: MessageToSend | string): Promise<string> {
    return this.talks.send(this.person(from), to, typeof message === 'string' ? { text: message } : message);
  }

  /** The owner writes on the business phone, to a person or in a group. */
  async phoneSends(number: string, to: string, message: MessageToSend | string): Promise<string> {
    return this.talks.send(this.account(number), to, typeof message === 'string' ? { text: message } : message);
  }

  /** A virtual customer types, or stops typing; seen only by who is online. */
  personTypes(from: string, to: string, state: Typing): void {
    this.talks.type(this.person(from), to, state);
  }

  /** Lets something go wrong. */
  addFault(fault: Fault): void {
    this.faultControl.add(fault);
    this.emit({ kind: 'faults' });
  }

  /** Ends all faults. */
  clearFaults(): void {
    this.faultControl.clear();
    this.emit({ kind: 'faults' });
  }

  changeRules(change: Partial<Rules>): void {
    Object.assign(this.rules, change);
    this.store.put('rules', 'rules', () => this.rules);
    this.emit({ kind: 'rules' });
  }

  /** An empty world: nobody is linked any more, rules are the default ones. */
  reset(): void {
    for (const device of this.world.devices) this.login.remove(device);
    for (const connection of this.connections) connection.close();
    this.timers.stop();
    this.faults.clear();
    this.ledger.clear();
    this.sending.clear();
    this.media.clear();
    this.histories.clear();
    this.world.clear();
    this.unknown.length = 0;
    Object.assign(this.rules, DEFAULT_RULES);
    this.store.clear();
    this.emit({ kind: 'reset' });
  }

  /** Calls `listener` for all that happens; returns what ends it. */
  on(listener: (event: NetworkEvent) => void): () => void {
    this.events.on('event', listener);
    return () => this.events.off('event', listener);
  }

  /** Closes all sockets and writes what is left to write. */
  stop(): void {
    if (this.stopped) return;
    this.stopped = true;
    this.timers.stop();
    for (const connection of this.connections) connection.cut();
    this.store.close();
  }

  /** @throws SimulatorError account_unknown */
  account(number: string): Account {
    return this.directory.account(number);
  }

  /** @throws SimulatorError person_unknown */
  person(number: string): Person {
    return this.directory.person(number);
  }

  /** @throws SimulatorError group_unknown */
  group(id: string): Group {
    return this.directory.group(id);
  }

  private emit(event: NetworkEvent): void {
    this.events.emit('event', event);
  }

  private wire(): Dispatcher {
    const { world, ledger, media, delivery, sending, phones, login, pairing, faults, rules, groupSending, readers } = this;
    const mediaRetries = new MediaRetries(world, ledger, media, delivery, faults);
    const broadcasts = new Broadcasts(world, ledger, delivery, phones, readers, rules);
    const unknown = (node: Stanza) => {
      this.unknown.push(node);
      this.log(`unknown stanza ${node.tag} ${JSON.stringify(node.attrs)}`);
      this.emit({ kind: 'unknown' });
    };
    const common = { world, media, login, pairing, delivery, phones, faults, unknown };
    return new Dispatcher({
      ...common,
      outbound: new Outbound({ world, ledger, delivery, sending, phones, faults, rules, broadcasts, unknown }),
      confirmations: new Confirmations(world, ledger, delivery, sending, groupSending, readers, mediaRetries),
      calls: this.talks.calls,
      typing: ({ account }, chat, state) => this.emit({ kind: 'typing', account: account.number, chat, state }),
      online: ({ account }) => this.emit({ kind: 'account', number: account.number }),
    });
  }

  private restore(): void {
    this.world.restore();
    this.media.restore();
    this.ledger.restore();
    this.delivery.restore();
    this.sending.restore();
    this.histories.restore();
    this.talks.calls.restore();
    this.phones.resume(this.readers);
  }
}
