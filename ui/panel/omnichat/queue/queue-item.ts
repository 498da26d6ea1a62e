import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { TicketItem } from '../../../shared/api/tickets-api';
import { withoutFormat } from '../../../shared/chat/whatsapp-format';
import { Icon } from '../../../shared/icons/icon';
import { CurrentSession } from '../../../shared/session/current-session';
import { injectOmniText } from '../i18n/inject-text';
import { WaitBadge } from './wait-badge';

/** One ticket in the queue: who, how long they wait, about what, and who has it. Always of one height: 104 px. */
@Component({
  selector: 'panel-queue-item',
  imports: [Icon, RouterLink, WaitBadge],
  template: `
    <a class="qitem" [class.is-unread]="ticket().unread" [class.is-current]="current()" [attr.aria-current]="current() || null" [routerLink]="['/omnichat', ticket().id]">
      <span class="name"><span class="ellip">{{ ticket().contact.name }}</span>
        @if (ticket().unread; as count) {<span class="badge badge--new"><span aria-hidden="true">{{ count }}</span><span class="sr">{{ text('unread', { count }) }}</span></span>}
      </span>
      <panel-wait-badge [since]="ticket().waitingSince" />
      <span class="sum">{{ summary() }}</span>
      <span class="meta"><span class="tag num">#{{ ticket().number }}</span>
        @if (ticket().department; as department) {<span class="tag ellip">{{ department.name }}</span>}
        @if (holder(); as words) {<span class="state state--plain push ellip icon-14"><hilo-icon name="user" /><span class="ellip">{{ words }}</span></span>}
      </span>
    </a>
  `,
  styleUrl: './queue-item.css',
})
export class QueueItem {
  readonly ticket = input.required<TicketItem>();
  readonly current = input(false);
  protected readonly text = injectOmniText();
  readonly #session = inject(CurrentSession);
  /** What it is about; until somebody said so, what was written last. */
  protected readonly summary = computed(() => withoutFormat(this.ticket().summary || (this.ticket().lastMessage?.text ?? '')));
  protected readonly holder = computed(() => {
    const { assignee } = this.ticket();
    if (!assignee) return undefined;
    return assignee.id === this.#session.user()?.id ? this.text('assignee.me') : this.text('assignee.to', { name: assignee.name });
  });
}
