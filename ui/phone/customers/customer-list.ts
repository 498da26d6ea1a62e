import { Component, computed, inject, signal, viewChild } from '@angular/core';
import { withoutFormat } from '../../shared/chat/whatsapp-format';
import { LanguageChoice } from '../../shared/i18n/texts';
import { Icon } from '../../shared/icons/icon';
import { injectKindName } from '../chat/message-kind';
import { GroupList } from '../groups/group-list';
import { injectText } from '../i18n/inject-text';
import { type Activity, activityOf } from '../simulator/ledger';
import { Place } from '../simulator/place';
import type { SamplePerson } from '../simulator/types';
import { World } from '../simulator/world';
import { matches } from './customer-search';
import { NewCustomer } from './new-customer';
import { initialsOf, showNumber } from './phone-number';
import { SamplePeople } from './sample-people';
import { Seen } from './seen';

/** The customers by their last message, with what they have not read; and, where there are some, the demo's samples. */
@Component({
  selector: 'phone-customer-list',
  imports: [GroupList, Icon, NewCustomer],
  templateUrl: './customer-list.html',
  styleUrl: './customer-list.css',
})
export class CustomerList {
  readonly #seen = inject(Seen);
  readonly #language = inject(LanguageChoice);
  readonly #samples = inject(SamplePeople);
  protected readonly world = inject(World);
  protected readonly place = inject(Place);
  protected readonly text = injectText();
  protected readonly shows = signal<'people' | 'groups'>(this.place.group() ? 'groups' : 'people');
  protected readonly search = signal('');
  protected readonly form = viewChild.required(NewCustomer);
  protected readonly initials = initialsOf;
  protected readonly show = showNumber;
  readonly #kindName = injectKindName();

  readonly #activity = computed(() => {
    const account = this.world.account()?.number ?? '';
    return activityOf(this.world.ledger(), account, this.#seen.of(account));
  });

  protected readonly customers = computed(() =>
    this.world
      .people()
      .filter((person) => matches(person, this.search()))
      .map((person) => ({ ...person, activity: this.#activity().get(person.number) }))
      .sort((one, other) => (other.activity?.order ?? 0) - (one.activity?.order ?? 0) || one.name.localeCompare(other.name)),
  );

  protected readonly samples = computed(() => this.#samples.offered().filter((sample) => matches(sample, this.search())));
  protected readonly searchable = computed(() => this.world.people().length + this.#samples.offered().length > 5);

  protected open(person: string): void {
    this.place.go({ tab: 'customer', person, group: undefined, statuses: undefined });
  }

  protected take(sample: SamplePerson): void {
    void this.#samples.take(sample);
  }

  protected words(last: Activity | undefined): string {
    if (!last) return '';
    return withoutFormat(last.text) || (last.kind === 'text' ? '' : this.#kindName(last));
  }

  protected time(at: Date): string {
    const today = at.toDateString() === new Date().toDateString();
    return today
      ? at.toLocaleTimeString(this.#language.locale(), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
      : at.toLocaleDateString(this.#language.locale(), { day: 'numeric', month: 'numeric' });
  }
}
