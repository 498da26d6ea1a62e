import { Injectable, computed, effect, inject, signal, untracked } from '@angular/core';
import { showNumber } from '../customers/phone-number';
import { SimulatorApi, SimulatorError } from '../simulator/simulator-api';
import type { Status } from '../simulator/types';
import { World } from '../simulator/world';

/** The statuses of one business that a person can see now. */
export interface StatusesOf {
  readonly account: string;
  readonly name: string;
  readonly statuses: readonly Status[];
  readonly unseen: number;
}

/** The statuses that the chosen customer's phone shows. */
@Injectable({ providedIn: 'root' })
export class Statuses {
  readonly #api = inject(SimulatorApi);
  readonly #world = inject(World);
  readonly #read = signal<{ person: string; statuses: readonly Status[] } | undefined>(undefined);
  readonly #person = computed(() => this.#world.person()?.number);

  /** By business, in the order of their first status. */
  readonly byBusiness = computed<readonly StatusesOf[]>(() => {
    const read = this.#read();
    if (!read || read.person !== this.#person()) return [];
    return [...new Set(read.statuses.map(({ account }) => account))].map((account) => {
      const statuses = read.statuses.filter((status) => status.account === account);
      const name = this.#world.names().get(account) ?? showNumber(account);
      return { account, name, statuses, unseen: statuses.filter(({ viewed }) => !viewed).length };
    });
  });

  constructor() {
    effect(() => {
      this.#world.version();
      const person = this.#person();
      if (person) untracked(() => void this.#refresh(person));
    });
  }

  /** The customer looks at it; its author is told. */
  async view({ account, id, viewed }: Status): Promise<void> {
    const person = this.#person();
    if (!person || viewed) return;
    try {
      await this.#api.viewStatus(person, { account, id });
    } catch (error) {
      // It was deleted meanwhile: nobody looks at it any more.
      if (!(error instanceof SimulatorError)) throw error;
    }
  }

  async #refresh(person: string): Promise<void> {
    try {
      const statuses = await this.#api.statuses(person);
      if (person === this.#person()) this.#read.set({ person, statuses });
    } catch (error) {
      // Unreachable: the next event reads again.
      if (!(error instanceof SimulatorError)) throw error;
    }
  }
}
