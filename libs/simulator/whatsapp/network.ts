import './quiet.js';
import { EventEmitter } from 'node:events';
import type { AuthenticationCreds, proto } from '@whiskeysockets/baileys';
import type { WebSocket } from 'ws';
import { CertificateAuthority } from './certificates.js';
import { Confirmations } from './confirmations.js';
import { Connection, type ConnectionHandler } from './connection.js';
import type { AccountSettings, AccountView, NetworkEvent, NetworkSettings, PersonSettings, Typing } from './contract.js';
import { Delivery } from './delivery.js';
import { Dispatcher } from './dispatcher.js';
import { SimulatorError } from './errors.js';
import { type Fault, Faults } from './faults.js';
import { Ledger, type StoredMessage, viewOf } from './ledger.js';
import { Login } from './login.js';
import { Outbound } from './outbound.js';
import { Pairing } from './pairing.js';
import { Phones } from './phones.js';
import { DEFAULT_RULES, type Rules } from './rules.js';
import { Sending, type TextToSend } from './sending.js';
import { newId, seconds, SERVER, type Stanza, stanza } from './stanza.js';
import { Store } from './store.js';
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
  readonly log: (message: string, error?: unknown) => void;
  private readonly events = new EventEmitter<{ event: [NetworkEvent] }>().setMaxListeners(0);
  private readonly connections = new Set<Connection>();
  private readonly store: Store;
  private readonly delivery: Delivery;
  private readonly sending: Sending;
  private readonly phones: Phones;
  private readonly pairing: Pairing;
  private readonly login: Login;
  private readonly dispatcher: Dispatcher;
  private stopped = false;

  constructor({ stateDir, rootKey, log = () => undefined }: NetworkSettings = {}) {
    this.log = log;
    this.authority = new CertificateAuthority(rootKey);
    this.store = new Store(stateDir);
    this.rules = { ...DEFAULT_RULES, ...this.store.load<Partial<Rules>>('rules')[0]?.value };
    this.world = new World(this.store, (device) => this.askForPreKeys(device));
    const noted = (entry: StoredMessage, isNew: boolean) =>
      this.emit({ kind: isNew ? 'message' : 'state', entry: viewOf(entry) });
    this.ledger = new Ledger(this.store, noted);
    this.delivery = new Delivery(this.world, this.store, this.faults, this.ledger);
    this.sending = new Sending(this.world, this.store, this.ledger, this.delivery);
    this.phones = new Phones(this.world, this.ledger, this.delivery, this.sending, this.rules, log);
    const changed = ({ account }: LinkedDevice) => this.emit({ kind: 'account', number: account.number });
    this.pairing = new Pairing(this.world, this.connections, changed);
    this.login = new Login(this.world, this.pairing, this.faults, changed);
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
  putAccount(number: string, { name, business }: AccountSettings = {}): Account {
    const account = this.world.accounts.get(number) ?? this.world.addAccount(number, `Empresa ${number.slice(-4)}`);
    Object.assign(account, { name: name ?? account.name, business: business ?? account.business });
    this.world.saveAccount(account);
    this.emit({ kind: 'account', number });
    return account;
  }

  /** Creates or changes a virtual customer. @throws SimulatorError number_taken */
  putPerson(number: string, { name, lid, hidePhone, ad }: PersonSettings): Person {
    const digits = typeof lid === 'string' ? lid : undefined;
    const person = this.world.people.get(number) ?? this.world.addPerson(number, name, digits);
    if (digits && person.lid !== digits) throw new SimulatorError('number_taken');
    Object.assign(person, { name, hidePhone: hidePhone ?? person.hidePhone, ad: ad ?? person.ad });
    if (typeof lid === 'boolean') person.addressing = lid ? 'lid' : 'phone';
    this.world.savePerson(person);
    this.emit({ kind: 'person', number });
    return person;
  }

  get accounts(): AccountView[] {
    return [...this.world.accounts.values()].map(({ number, name, business, devices }) => {
      const online = [...devices.values()].some(({ ready }) => ready?.isOpen);
      return { number, name, business, linked: devices.size > 0, online };
    });
  }

  get people(): Person[] {
    return [...this.world.people.values()];
  }

  /** The business phone scans a QR; a number that nobody has becomes a business. Resolves when the client is linked. */
  scan(number: string, qr: string): Promise<LinkedDevice> {
    return this.pairing.scan(this.accountFor(number), qr);
  }

  /** The owner types the code that the client shows. Resolves when the client is linked. */
  enterCode(number: string, code: string): Promise<LinkedDevice> {
    return this.pairing.enterCode(this.accountFor(number), code);
  }

  /**
   * Links a client without traffic: completes `creds` (as `initAuthCreds()` makes them) in place. By default the client is also
   * spared the making of one-time keys: a login takes 0.1 s instead of 0.3 s.
   */
  seedLinked(number: string, creds: AuthenticationCreds, { preKeys = false } = {}): LinkedDevice {
    return this.pairing.seed(this.accountFor(number), creds, preKeys);
  }

  /** The phone removes all linked devices. */
  unlink(number: string): void {
    for (const device of [...this.account(number).devices.values()]) this.login.remove(device);
  }

  /** A virtual customer writes to a business; resolves with the id once the network has it. */
  personSends(from: string, to: string, message: TextToSend | string): Promise<string> {
    const text = typeof message === 'string' ? { text: message } : message;
    return this.sending.personWrites(this.person(from), this.account(to), text);
  }

  /** The owner writes on the business phone. */
  async phoneSends(number: string, to: string, message: TextToSend | string): Promise<string> {
    const text = typeof message === 'string' ? { text: message } : message;
    const entry = await this.sending.ownerWrites(this.account(number), this.person(to), text);
    this.phones.reached(entry);
    return entry.id;
  }

  /** A virtual customer types, or stops typing; seen only by who is online. */
  personTypes(from: string, to: string, state: Typing): void {
    const person = this.person(from);
    const tag = state === 'paused' ? 'paused' : 'composing';
    const node = stanza('chatstate', { from: person.jid }, [stanza(tag, { media: state === 'recording' ? 'audio' : undefined })]);
    for (const { ready } of this.account(to).devices.values()) ready?.send(node);
  }

  /** Lets something go wrong. */
  addFault(fault: Fault): void {
    this.faults.add(fault);
    if (fault.kind === 'drop-connection') this.dropConnections();
    if (fault.kind === 'freeze') setTimeout(() => this.thaw(), (fault.ms ?? 0) + 1).unref();
    this.emit({ kind: 'faults' });
  }

  /** Ends all faults. */
  clearFaults(): void {
    this.faults.clear();
    this.thaw();
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
    this.phones.stop();
    this.faults.clear();
    this.ledger.clear();
    this.sending.clear();
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
    this.phones.stop();
    for (const connection of this.connections) connection.cut();
    this.store.close();
  }

  /** @throws SimulatorError account_unknown */
  account(number: string): Account {
    const account = this.world.accounts.get(number);
    if (!account) throw new SimulatorError('account_unknown');
    return account;
  }

  /** @throws SimulatorError person_unknown */
  person(number: string): Person {
    const person = this.world.people.get(number);
    if (!person) throw new SimulatorError('person_unknown');
    return person;
  }

  private accountFor(number: string): Account {
    return this.world.accounts.get(number) ?? this.putAccount(number);
  }

  /** Cuts what is open; if nothing is, the next login. */
  private dropConnections(): void {
    const numberOf = ({ device }: Connection) => device?.account.number;
    const hit = [...this.connections].filter((one) => one.isOpen && this.faults.isOn('drop-connection', numberOf(one)));
    if (hit[0]) this.faults.take('drop-connection', numberOf(hit[0]));
    for (const connection of hit) connection.cut();
  }

  private askForPreKeys(device: LinkedDevice): void {
    const count = stanza('count', { value: String(device.preKeys.length) });
    this.delivery.queue(device, stanza('notification', { from: SERVER, type: 'encrypt', id: newId(), t: seconds() }, [count]));
  }

  private thaw(): void {
    for (const device of this.world.devices) if (device.ready) this.delivery.resume(device);
  }

  private emit(event: NetworkEvent): void {
    this.events.emit('event', event);
  }

  private wire(): Dispatcher {
    const { world, ledger, delivery, sending, phones, login, pairing, faults, rules } = this;
    const unknown = (node: Stanza) => {
      this.unknown.push(node);
      this.log(`unknown stanza ${node.tag} ${JSON.stringify(node.attrs)}`);
      this.emit({ kind: 'unknown' });
    };
    return new Dispatcher({
      world,
      login,
      pairing,
      delivery,
      phones,
      faults,
      unknown,
      outbound: new Outbound({ world, ledger, delivery, sending, phones, faults, rules, unknown }),
      confirmations: new Confirmations(world, ledger, delivery, sending),
      typing: ({ account }, chat, state) => this.emit({ kind: 'typing', account: account.number, chat, state }),
      online: ({ account }) => this.emit({ kind: 'account', number: account.number }),
    });
  }

  private restore(): void {
    this.world.restore();
    this.ledger.restore();
    this.delivery.restore();
    this.sending.restore();
    for (const { number } of this.world.accounts.values()) {
      for (const entry of this.ledger.ofAccount(number)) if (entry.direction !== 'in') this.phones.reached(entry);
    }
  }
}
