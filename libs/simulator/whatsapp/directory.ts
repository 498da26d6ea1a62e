import type { AccountSettings, AccountView, NetworkEvent, PersonSettings } from './contract.js';
import { SimulatorError } from './errors.js';
import type { Group } from './groups.js';
import { restrictionOf } from './restrictions.js';
import type { Account, Person } from './users.js';
import type { World } from './world.js';

/** Finds, creates and changes those who are on the network. */
export class Directory {
  constructor(
    private readonly world: World,
    private readonly emit: (event: NetworkEvent) => void,
  ) {}

  /** @throws SimulatorError number_taken */
  putAccount(number: string, { name, business }: AccountSettings = {}): Account {
    const account = this.world.accounts.get(number) ?? this.world.addAccount(number, `Empresa ${number.slice(-4)}`);
    Object.assign(account, { name: name ?? account.name, business: business ?? account.business });
    this.world.saveAccount(account);
    this.emit({ kind: 'account', number });
    return account;
  }

  /** @throws SimulatorError number_taken */
  putPerson(number: string, { name, lid, hidePhone, ad }: PersonSettings): Person {
    const digits = typeof lid === 'string' ? lid : undefined;
    const person = this.world.people.get(number) ?? this.world.addPerson(number, name, digits);
    if (digits) this.world.changeLid(person, digits);
    Object.assign(person, { name, hidePhone: hidePhone ?? person.hidePhone, ad: ad ?? person.ad });
    if (lid !== undefined) person.addressing = lid === false ? 'phone' : 'lid';
    this.world.savePerson(person);
    this.emit({ kind: 'person', number });
    return person;
  }

  get accounts(): AccountView[] {
    return [...this.world.accounts.values()].map((account) => {
      const { number, name, business, devices } = account;
      const online = [...devices.values()].some(({ ready }) => ready?.isOpen);
      const restriction = restrictionOf(account, this.world.now());
      return { number, name, business, linked: devices.size > 0, online, ...(restriction && { restriction }) };
    });
  }

  /** The business with that number, made if there is none. */
  accountFor(number: string): Account {
    return this.world.accounts.get(number) ?? this.putAccount(number);
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

  /** @throws SimulatorError group_unknown */
  group(id: string): Group {
    const group = this.world.groups.get(id);
    if (!group) throw new SimulatorError('group_unknown');
    return group;
  }
}
