import { Component, computed, inject, viewChild } from '@angular/core';
import { withoutFormat } from '../../shared/chat/whatsapp-format';
import { Icon } from '../../shared/icons/icon';
import { injectKindName } from '../chat/message-kind';
import { showNumber } from '../customers/phone-number';
import { injectText } from '../i18n/inject-text';
import { lastSaid } from '../simulator/ledger';
import { Place } from '../simulator/place';
import type { Group, LedgerEntry } from '../simulator/types';
import { World } from '../simulator/world';
import { GroupForm } from './group-form';

/** The groups by their last message. */
@Component({
  selector: 'phone-group-list',
  imports: [GroupForm, Icon],
  template: `
    <div class="head">
      <h2>{{ text('groups.title') }}</h2>
      <button type="button" class="btn btn--tonal btn--sm push" [disabled]="!world.people().length" (click)="form().open()"><hilo-icon name="plus" />{{ text('groups.new') }}</button>
    </div>
    <div class="scroll">
      <ul>
        @for (group of groups(); track group.id) {
          <li class="both" [class.is-current]="group.id === place.group()">
            <button type="button" class="item" [attr.aria-current]="group.id === place.group() || null" (click)="open(group)">
              <span class="avatar" aria-hidden="true"><hilo-icon name="users" /></span>
              <span class="grow"><b class="ellip block">{{ group.subject }}</b>
                <span class="caption ellip block">{{ group.last ? words(group.last) : text('groups.members', { count: group.members.length }) }}</span></span>
            </button>
            <button type="button" class="iconbtn" [attr.aria-label]="text('groups.change', { subject: group.subject })" (click)="form().open(group)"><hilo-icon name="pencil" /></button>
          </li>
        }
      </ul>
      @if (!groups().length) {
        <div class="empty"><hilo-icon name="users" /><h3>{{ text('groups.none') }}</h3><p>{{ text(world.people().length ? 'groups.none.help' : 'groups.nobody') }}</p></div>
      }
    </div>
    <phone-group-form (saved)="open($event)" />
  `,
  styleUrls: ['../customers/customer-list.css', './group-list.css'],
})
export class GroupList {
  protected readonly world = inject(World);
  protected readonly place = inject(Place);
  protected readonly text = injectText();
  readonly #kindName = injectKindName();
  protected readonly form = viewChild.required(GroupForm);

  protected readonly groups = computed(() => {
    const last = lastSaid(this.world.ledger());
    return this.world
      .groups()
      .map((group) => ({ ...group, last: last.get(group.id) }))
      .sort((one, other) => (other.last?.order ?? 0) - (one.last?.order ?? 0) || one.subject.localeCompare(other.subject));
  });

  /** Opens the group on the phone of who was chosen, if that is a member, else of its first customer. */
  protected open({ id, members }: Group): void {
    const people = members.filter(({ number }) => this.world.people().some((person) => person.number === number));
    const current = people.find(({ number }) => number === this.place.person()) ?? people[0];
    this.place.go({ tab: 'customer', group: id, person: current?.number, statuses: undefined });
  }

  protected words(last: LedgerEntry): string {
    const author = this.world.names().get(last.author ?? '') ?? showNumber(last.author ?? '');
    return `${author}: ${withoutFormat(last.text ?? '') || this.#kindName(last)}`;
  }
}
