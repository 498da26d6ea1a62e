import { Injectable, computed, inject, signal } from '@angular/core';
import { type Ledger, cursorOf, withChanges } from './ledger';
import { Live } from './live';
import { Typing } from './typing';
import { Place } from './place';
import { SimulatorApi, SimulatorError } from './simulator-api';
import type { Account, Fault, Group, Person, Rules } from './types';

/** What is in the simulated world now: business phones, customers, groups, every message that went by, faults and rules. */
@Injectable({ providedIn: 'root' })
export class World {
  readonly #api = inject(SimulatorApi);
  readonly #live = inject(Live);
  readonly #place = inject(Place);
  readonly #typing = inject(Typing);
  #reading: Promise<void> | undefined;
  #stale = false;

  readonly loaded = signal(false);
  /** Counts the readings: whoever shows more than the world (a chat) reads again when it moves. */
  readonly version = signal(0);
  readonly accounts = signal<readonly Account[]>([]);
  readonly people = signal<readonly Person[]>([]);
  readonly ledger = signal<Ledger>(new Map());
  readonly groups = signal<readonly Group[]>([]);
  /** Faults that wait to happen. */
  readonly faults = signal<readonly Fault[]>([]);
  readonly rules = signal<Rules | undefined>(undefined);

  /** The business number that customers write to: the address's, else the first linked one, else the first. */
  readonly account = computed(() => {
    const accounts = this.accounts();
    const named = accounts.find(({ number }) => number === this.#place.account());
    return named ?? accounts.find(({ linked }) => linked) ?? accounts[0];
  });

  readonly person = computed(() => this.people().find(({ number }) => number === this.#place.person()));

  /** The group whose chat is open. */
  readonly group = computed(() => this.groups().find(({ id }) => id === this.#place.group()));

  /** Everybody's name, customers and businesses, by number. */
  readonly names = computed(() => new Map([...this.accounts(), ...this.people()].flatMap(({ number, name }) => (name ? [[number, name]] : []))));

  start(): void {
    this.#live.listen((event) => {
      this.#typing.hear(event);
      if (event?.kind === 'reset') this.ledger.set(new Map());
      if (event?.kind !== 'typing') void this.refresh();
    });
  }

  /** Reads the world again. Calls that come while it is being read lead to one more reading, not to many. */
  refresh(): Promise<void> {
    this.#stale = true;
    this.#reading ??= this.#readUntilFresh().finally(() => (this.#reading = undefined));
    return this.#reading;
  }

  /** Empties the world, for everybody. @throws SimulatorError */
  async reset(): Promise<void> {
    await this.#api.reset();
    await this.refresh();
  }

  async #readUntilFresh(): Promise<void> {
    while (this.#stale) {
      this.#stale = false;
      try {
        await this.#read();
      } catch (error) {
        // Unreachable: the event stream tells when it is worth trying again.
        if (!(error instanceof SimulatorError)) throw error;
      }
    }
  }

  async #read(): Promise<void> {
    const ledger = this.ledger();
    const api = this.#api;
    const [accounts, people, groups, changes, faults, rules] = await Promise.all([
      api.accounts(), api.people(), api.groups(), api.ledger(cursorOf(ledger)), api.faults(), api.rules(),
    ]);
    // The world was emptied meanwhile: these are changes of the one before.
    if (ledger !== this.ledger()) return void (this.#stale = true);
    this.accounts.set(accounts);
    this.people.set(people);
    this.groups.set(groups);
    this.faults.set(faults);
    this.rules.set(rules);
    this.ledger.set(withChanges(ledger, changes));
    this.loaded.set(true);
    this.version.update((version) => version + 1);
  }
}
