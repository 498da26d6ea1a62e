import { Component, computed, input } from '@angular/core';
import type { Integration } from '../../shared/api/integrations-api';
import { Icon } from '../../shared/icons/icon';
import { injectIntegrationsText } from './i18n/inject-text';

/** `messaging` is Hilo's message gateway, which every system can call. */
const rows = ['by-phone', 'account', 'invoice-document', 'connection', 'messaging', 'speed-test', 'pay', 'open-ticket'] as const;

/** What each system can do, as its adapter says. */
@Component({
  selector: 'integrations-capabilities',
  imports: [Icon],
  template: `
    <section class="card" aria-labelledby="capabilities">
      <div class="card__head"><h2 id="capabilities">{{ text('capabilities') }}</h2></div>
      <div class="tablewrap" tabindex="0" role="group" aria-labelledby="capabilities">
        <table class="table">
          <thead><tr><th scope="col">{{ text('can') }}</th>@for (one of systems(); track one.system) {<th scope="col" class="c">{{ one.name }}</th>}</tr></thead>
          <tbody>
            @for (row of table(); track row.key) {
              <tr><th scope="row">{{ text(row.key) }}</th>
                @for (cell of row.cells; track cell.system) {
                  <td class="c">@if (cell.can) {<span class="yes"><hilo-icon name="check" /><span class="sr">{{ text('yes') }}</span>@if (cell.note) {<span>*</span>}</span>} @else {<span class="no"><hilo-icon name="x" /><span class="sr">{{ text('no') }}</span></span>}</td>
                }
              </tr>
            }
          </tbody>
        </table>
      </div>
      <p class="caption muted note">{{ text('messaging.note') }}<br>{{ text('speed.note') }}</p>
    </section>
  `,
  styles: `
    .c { text-align: center; }
    .yes, .no { display: inline-flex; } .yes { color: var(--hilo-success); } .no { color: var(--hilo-on-surface-variant); }
    tbody th { position: static; text-align: left; font-weight: 400; background: none; text-transform: none; color: inherit; white-space: nowrap; }
    .note { padding: 8px 16px 16px; }
  `,
})
export class CapabilityTable {
  readonly systems = input.required<readonly Integration[]>();
  protected readonly text = injectIntegrationsText();
  protected readonly table = computed(() => rows.map((row) => ({
    key: `can.${row}` as const,
    cells: this.systems().map(({ system, capabilities }) => ({
      system, can: row === 'messaging' ? system !== 'embedded' : capabilities.includes(row), note: row === 'messaging' && system === 'ispcube',
    })),
  })));
}
