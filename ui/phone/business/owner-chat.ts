import { Component, computed, inject } from '@angular/core';
import { Icon } from '../../shared/icons/icon';
import { daysOf } from '../chat/bubbles';
import { Chat } from '../chat/chat';
import { ChatLog } from '../chat/chat-log';
import { Composer } from '../chat/composer';
import { showNumber } from '../customers/phone-number';
import { injectText } from '../i18n/inject-text';
import { Place } from '../simulator/place';
import { World } from '../simulator/world';

/** The chosen chat as the business phone shows it; what is written here comes from the owner's phone, not from Hilo. */
@Component({
  selector: 'phone-owner-chat',
  imports: [ChatLog, Composer, Icon],
  template: `
    @if (world.people().length) {
      <div class="to">
        <label for="owner-to" class="caption">{{ text('business.owner.to') }}</label>
        <select #choice id="owner-to" class="input" (change)="place.go({ person: choice.value })">
          @if (!world.person()) {<option value="" selected disabled>{{ text('customers.choose') }}</option>}
          @for (person of world.people(); track person.number) {
            <option [value]="person.number" [selected]="person.number === world.person()?.number">{{ person.name }}</option>
          }
        </select>
      </div>
    }
    @if (world.person(); as person) {
      <phone-chat-log [days]="days()" [fromBusiness]="false" [label]="text('chat.log', { name: businessName(), business: person.name })" (retry)="chat.retry($event)">
        @if (chat.messages() && !days().length) {<div class="empty"><p>{{ text('business.owner.start') }}</p></div>}
      </phone-chat-log>
      <phone-composer [label]="text('business.owner.compose', { name: person.name })" (send)="chat.write('owner', $event)" />
    } @else {
      <div class="empty grow"><hilo-icon name="chats" /><h3>{{ text('business.owner.title') }}</h3><p>{{ text('business.owner.none') }}</p></div>
    }
  `,
  styles: `
    :host { flex: 1; min-height: 0; display: flex; flex-direction: column; }
    .to { display: flex; align-items: center; gap: 8px; padding: 6px 12px; background: var(--hilo-card); border-bottom: 1px solid var(--hilo-outline-variant); }
    .to .input { min-height: 32px; padding: 2px 6px; font: var(--hilo-body-sm); border-color: var(--hilo-outline-variant); }
  `,
})
export class OwnerChat {
  protected readonly chat = inject(Chat);
  protected readonly place = inject(Place);
  protected readonly world = inject(World);
  protected readonly text = injectText();

  protected readonly businessName = computed(() => {
    const account = this.world.account();
    return account?.name ?? showNumber(account?.number ?? '');
  });
  protected readonly days = computed(() =>
    daysOf(this.chat.messages() ?? [], this.chat.underWay(), 'owner', this.chat.pair()?.person ?? ''),
  );
}
