import { Component, computed, input } from '@angular/core';
import type { Dashboard } from '../../shared/api/overview-api';
import { Icon } from '../../shared/icons/icon';
import { injectDashboardText } from './i18n/inject-text';

/** How many tickets are open, how many of them nobody has taken, and who has waited too long. Opens OmniChat's queue. */
@Component({
  selector: 'panel-tickets-card',
  imports: [Icon],
  template: `
    <a class="card kpi" href="/omnichat?tab=pending" target="_blank" rel="noopener">
      <h2 class="kpi__label"><hilo-icon class="icon-16" name="support" />{{ text('tickets') }}<span class="sr">, {{ text('tickets.open') }} {{ text('ownTab') }}</span><span class="push icon-16"><hilo-icon name="upright" /></span></h2>
      <p class="kpi__value">{{ open() }}<small>{{ text('tickets.pending', { count: dashboard().openTickets.pending }) }}</small></p>
      <p class="kpi__foot">
        @if (dashboard().waitingTooLong; as late) {<span class="wait wait--late"><hilo-icon name="alert" />{{ late }}</span> {{ text('tickets.late') }}} @else {{{ text('tickets.none') }}}
      </p>
    </a>
  `,
  styles: `:host { display: block; min-width: 0; } .card { height: 100%; } .card:hover { border-color: var(--hilo-outline); } .push { display: flex; }`,
})
export class TicketsCard {
  readonly dashboard = input.required<Dashboard>();
  protected readonly text = injectDashboardText();
  protected readonly open = computed(() => this.dashboard().openTickets.pending + this.dashboard().openTickets.inProgress);
}
