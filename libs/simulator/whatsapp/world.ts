import { createHash } from 'node:crypto';
import { SimulatorError } from './errors.js';
import { Groups, isGroupJid } from './groups.js';
import type { KeyPair } from './keys.js';
import { type EndpointKeys, type KeyBundle, SignalEndpoint } from './signal-endpoint.js';
import { deviceOf, STATUSES, userOf } from './stanza.js';
import type { Store } from './store.js';
import { Account, LinkedDevice, Person, type User } from './users.js';

interface UserRow {
  number: string;
  lid: string;
  name: string;
  keys: EndpointKeys;
}
type AccountRow = UserRow & Pick<Account, 'business' | 'nextDevice' | 'restriction'>;
type PersonRow = UserRow & Pick<Person, 'hidePhone' | 'ad' | 'addressing'>;
type DeviceRow = Pick<LinkedDevice, 'id' | 'keyIndex' | 'noiseKey' | 'keys' | 'bootstrapped' | 'sparesPreKeys'> & { account: string };

/** The server asks a client for more one-time keys when it has so few; Baileys uploads below five. */
const LOW_PRE_KEYS = 4;

const pad = (value: number): string => String(value).padStart(8, '0');

/** A LID tells nothing of the number. This one is a digest of it, so that a demo shows the same one each time. */
function lidFor(number: string): string {
  const digest = createHash('sha256').update(`LID of ${number}`).digest().readBigUInt64BE();
  return `1${String(digest % 10n ** 14n).padStart(14, '0')}`;
}

/** Everybody on the network. */
export class World {
  readonly accounts = new Map<string, Account>();
  readonly people = new Map<string, Person>();
  readonly groups: Groups;
  private readonly byLid = new Map<string, User>();

  /**
   * @param preKeysLow is told when a device has hardly any one-time keys left
   * @param now milliseconds since 1970: says what has expired
   */
  constructor(
    private readonly store: Store,
    private readonly preKeysLow: (device: LinkedDevice) => void = () => undefined,
    readonly now: () => number = Date.now,
  ) {
    this.groups = new Groups(store);
  }

  /** @throws SimulatorError number_taken, if the number or LID belongs to another user */
  addAccount(number: string, name: string, business = true): Account {
    this.assertFree(number, lidFor(number));
    const account = new Account(number, lidFor(number), name, new SignalEndpoint(number, this.store));
    account.business = business;
    this.register(account);
    this.saveAccount(account);
    return account;
  }

  /** @throws SimulatorError number_taken, if the number or LID belongs to another user */
  addPerson(number: string, name: string, lid = lidFor(number)): Person {
    this.assertFree(number, lid);
    const person = new Person(number, lid, name, new SignalEndpoint(number, this.store));
    this.register(person);
    this.savePerson(person);
    return person;
  }

  /** The network gives a person another LID; the old one names nobody. @throws SimulatorError number_taken */
  changeLid(person: Person, lid: string): void {
    if (lid === person.lid) return;
    if (this.byLid.has(lid)) throw new SimulatorError('number_taken');
    this.byLid.delete(person.lid);
    person.lid = lid;
    this.byLid.set(lid, person);
  }

  /** Whose phone or linked device that jid names. */
  user(jid: string | undefined): User | undefined {
    const user = userOf(jid);
    return this.people.get(user) ?? this.accounts.get(user) ?? this.byLid.get(user);
  }

  /** Whose number that is. */
  numbered(number: string): User | undefined {
    return this.people.get(number) ?? this.accounts.get(number);
  }

  /** How the ledger names the chat of an address: a number, a group's id, or `status@broadcast`; undefined if there is none. */
  chatOf(jid = ''): string | undefined {
    return jid === STATUSES || isGroupJid(jid) ? jid : this.user(jid)?.number;
  }

  device(jid: string | undefined): LinkedDevice | undefined {
    const user = this.user(jid);
    return user instanceof Account ? user.devices.get(deviceOf(jid)) : undefined;
  }

  get devices(): LinkedDevice[] {
    return [...this.accounts.values()].flatMap((account) => [...account.devices.values()]);
  }

  addDevice(account: Account, fields: Pick<LinkedDevice, 'id' | 'keyIndex' | 'noiseKey' | 'keys'>): LinkedDevice {
    const device = new LinkedDevice(account, fields.id, fields.keyIndex, fields.noiseKey, fields.keys);
    account.devices.set(device.id, device);
    this.saveDevice(device);
    return device;
  }

  removeDevice(device: LinkedDevice): void {
    device.account.devices.delete(device.id);
    this.store.remove('device', device.address);
    for (const { id } of device.preKeys) this.store.remove('preKey', `${device.address}/${pad(id)}`);
    for (const { order } of device.queue.values()) this.store.remove('stanza', `${device.address}/${pad(order)}`);
  }

  addPreKey(device: LinkedDevice, preKey: { id: number; public: Buffer }): void {
    device.preKeys.push(preKey);
    this.store.put('preKey', `${device.address}/${pad(preKey.id)}`, () => preKey);
  }

  /** A key bundle of a linked device; its one-time key is used up. */
  takeBundle(device: LinkedDevice): KeyBundle {
    const preKey = device.preKeys.shift();
    if (preKey) this.store.remove('preKey', `${device.address}/${pad(preKey.id)}`);
    if (preKey && device.preKeys.length === LOW_PRE_KEYS) this.preKeysLow(device);
    return device.bundleWith(preKey);
  }

  saveAccount(account: Account): void {
    const { number, lid, name, business, nextDevice, restriction, phone } = account;
    const row: AccountRow = { number, lid, name, business, nextDevice, restriction, keys: phone.keys };
    this.store.put('account', number, () => row);
  }

  savePerson(person: Person): void {
    const { number, lid, name, hidePhone, ad, addressing, phone } = person;
    this.store.put('person', number, (): PersonRow => ({ number, lid, name, hidePhone, ad, addressing, keys: phone.keys }));
  }

  saveDevice(device: LinkedDevice): void {
    const { id, keyIndex, noiseKey, keys, bootstrapped, sparesPreKeys } = device;
    const account = device.account.number;
    const row: DeviceRow = { account, id, keyIndex, noiseKey, keys, bootstrapped, sparesPreKeys };
    this.store.put('device', device.address, () => row);
  }

  /** Reads everybody from the store, once, at the start. */
  restore(): void {
    for (const { value } of this.store.load<AccountRow>('account')) {
      const { number, lid, name, keys, ...rest } = value;
      this.register(Object.assign(new Account(number, lid, name, new SignalEndpoint(number, this.store, keys)), rest));
    }
    for (const { value } of this.store.load<PersonRow>('person')) {
      const { number, lid, name, keys, ...rest } = value;
      this.register(Object.assign(new Person(number, lid, name, new SignalEndpoint(number, this.store, keys)), rest));
    }
    this.groups.restore();
    this.restoreSessions();
    this.restoreDevices();
  }

  clear(): void {
    this.accounts.clear();
    this.people.clear();
    this.byLid.clear();
    this.groups.clear();
  }

  private restoreSessions(): void {
    const split = (key: string) => key.split('>') as [string, string];
    for (const { key, value } of this.store.load<unknown>('session')) {
      const [owner, remote] = split(key);
      this.endpoint(owner)?.restoreSession(remote, value);
    }
    for (const { key, value } of this.store.load<KeyPair>('phonePreKey')) {
      const [owner, id] = split(key);
      this.endpoint(owner)?.restorePreKey(Number(id), value);
    }
    for (const { key, value } of this.store.load<unknown>('senderKey')) {
      const [owner = '', chat = '', author = ''] = key.split('>');
      this.endpoint(owner)?.senderKeys.restore(chat, author, value);
    }
  }

  private restoreDevices(): void {
    for (const { value } of this.store.load<DeviceRow>('device')) {
      const account = this.accounts.get(value.account);
      if (!account) continue;
      const device = new LinkedDevice(account, value.id, value.keyIndex, value.noiseKey, value.keys);
      Object.assign(device, { bootstrapped: value.bootstrapped, sparesPreKeys: value.sparesPreKeys });
      account.devices.set(device.id, device);
    }
    for (const { key, value } of this.store.load<{ id: number; public: Buffer }>('preKey')) {
      this.deviceAt(key.split('/')[0])?.preKeys.push(value);
    }
  }

  /** A linked device by `number:device`. */
  deviceAt(address = ''): LinkedDevice | undefined {
    const [number = '', id] = address.split(':');
    return this.accounts.get(number)?.devices.get(Number(id));
  }

  private endpoint(number: string): SignalEndpoint | undefined {
    return this.numbered(number)?.phone;
  }

  private register(user: User): void {
    if (user instanceof Account) this.accounts.set(user.number, user);
    else if (user instanceof Person) this.people.set(user.number, user);
    this.byLid.set(user.lid, user);
  }

  private assertFree(number: string, lid: string): void {
    if (this.accounts.has(number) || this.people.has(number) || this.byLid.has(lid)) throw new SimulatorError('number_taken');
  }
}
