import { Injectable, computed, inject, signal } from '@angular/core';
import { Toasts } from '../layout/toast';
import { Place } from '../simulator/place';
import { SimulatorApi } from '../simulator/simulator-api';
import type { SamplePerson } from '../simulator/types';
import { World } from '../simulator/world';

/** Customers of the demo company whom a newcomer may pick; the simulator knows each from then on. */
@Injectable({ providedIn: 'root' })
export class SamplePeople {
  readonly #api = inject(SimulatorApi);
  readonly #place = inject(Place);
  readonly #toasts = inject(Toasts);
  readonly #world = inject(World);
  readonly #all = signal<readonly SamplePerson[]>([]);

  /** Those who have no phone in the simulated world yet. */
  readonly offered = computed(() => {
    const known = new Set(this.#world.people().map(({ number }) => number));
    return this.#all().filter(({ number }) => !known.has(number));
  });

  async load(): Promise<void> {
    await this.#toasts.attempt(this.#api.samplePeople().then((people) => this.#all.set(people)));
  }

  async take({ number, name }: SamplePerson): Promise<void> {
    if (!(await this.#toasts.attempt(this.#api.savePerson(number, { name, hidePhone: false, ad: false })))) return;
    await this.#world.refresh();
    this.#place.go({ tab: 'customer', person: number, group: undefined, statuses: undefined });
  }
}
