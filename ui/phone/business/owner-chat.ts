import { Component, computed, inject } from '@angular/core';
import { Icon } from '../../shared/icons/icon';
import { ConversationView } from '../chat/conversation-view';
import { showNumber } from '../customers/phone-number';
import { injectText } from '../i18n/inject-text';
import { Place } from '../simulator/place';
import { World } from '../simulator/world';

/** The chosen chat as the business phone shows it; what is written here comes from the owner's phone, not from Hilo. */
@Component({
  selector: 'phone-owner-chat',
  imports: [ConversationView, Icon],
  template: `
    @if (world.group(); as group) {
      <p class="to caption"><hilo-icon name="users" />{{ group.subject }}</p>
    } @else if (world.people().length) {
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
    @if (world.group() && !isMember()) {
      <div class="empty grow"><hilo-icon name="users" /><p>{{ text('groups.notIn', { subject: to() }) }}</p></div>
    } @else if (world.person()) {
      <phone-conversation side="owner" [label]="text('chat.log', { name: businessName(), business: to() })" [composeLabel]="text('business.owner.compose', { name: to() })">
        <div class="empty"><p>{{ text(world.group() ? 'groups.start' : 'business.owner.start') }}</p></div>
      </phone-conversation>
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
  protected readonly place = inject(Place);
  protected readonly world = inject(World);
  protected readonly text = injectText();

  protected readonly businessName = computed(() => {
    const account = this.world.account();
    return account?.name ?? showNumber(account?.number ?? '');
  });
  protected readonly to = computed(() => this.world.group()?.subject ?? this.world.person()?.name ?? '');
  protected readonly isMember = computed(() => this.world.group()?.members.some(({ number }) => number === this.world.account()?.number) ?? false);
}
