import { Component, computed, inject, input, output } from '@angular/core';
import type { AuditEntry } from '../../../shared/api/audit-api';
import { LanguageChoice } from '../../../shared/i18n/texts';
import { SideSheet } from '../../../shared/list/side-sheet';
import { Moments } from '../../../shared/time/moments';
import { type Difference, differencesOf, valueInWords } from './differences';
import { actionWords } from './i18n/actions';
import { es, type TextKey } from './i18n/es';
import { injectAuditText } from './i18n/inject-text';

/** One change: who, when, and each field before and after. */
@Component({
  selector: 'audit-entry-sheet',
  imports: [SideSheet],
  template: `
    <hilo-side-sheet [title]="words()" [subtitle]="when()" (closed)="closed.emit()">
      <div class="side__body" tabindex="0" role="group" [attr.aria-label]="words()">
        <dl class="dl">
          <dt>{{ text('who') }}</dt><dd>{{ entry().by.name ?? text('system') }}</dd>
          @if (entry().subjectName; as name) {<dt>{{ text('about.what') }}</dt><dd>{{ name }}</dd>}
          @if (entry().address; as address) {<dt>{{ text('address') }}</dt><dd>{{ address }}</dd>}
        </dl>
        @for (one of differences(); track $index) {
          <section class="difference">
            <h3 class="label">{{ nameOf(one) }}</h3>
            <p class="was"><span class="caption">{{ text('before') }}</span><span>{{ value(one.before) }}</span></p>
            <p class="is"><span class="caption">{{ text('after') }}</span><span>{{ value(one.after) }}</span></p>
          </section>
        } @empty {<p class="muted none">{{ text('no-differences') }}</p>}
        <p class="caption ids">{{ text('subject') }}: {{ entry().subject }}@if (entry().request; as request) {<br>{{ text('request') }}: {{ request }}}</p>
      </div>
    </hilo-side-sheet>
  `,
  styles: `
    :host { display: contents; }
    .difference { margin-top: 16px; }
    .difference p { display: grid; grid-template-columns: 64px minmax(0, 1fr); gap: 8px; padding: 6px 8px; font: var(--hilo-body-sm); overflow-wrap: anywhere; white-space: pre-wrap; border-left: 3px solid var(--hilo-outline-variant); }
    .difference .is { border-color: var(--hilo-primary); background: var(--hilo-surface-container-low); }
    .none, .ids { margin-top: 16px; }
    .ids { overflow-wrap: anywhere; }
  `,
})
export class AuditEntrySheet {
  readonly entry = input.required<AuditEntry>();
  readonly closed = output();
  readonly #language = inject(LanguageChoice);
  readonly #moments = inject(Moments);
  protected readonly text = injectAuditText();
  protected readonly words = computed(() => actionWords[this.#language.current()][this.entry().action]);
  protected readonly when = computed(() => `${this.#moments.weekday(this.entry().at)}, ${this.#moments.time(this.entry().at)}`);
  protected readonly differences = computed(() => differencesOf(this.entry().before, this.entry().after));

  protected nameOf({ path }: Difference): string {
    return path.map((name) => (`field.${name}` in es ? this.text(`field.${name}` as TextKey) : name)).join(' › ');
  }

  protected value(value: unknown): string {
    return valueInWords(value, { yes: this.text('yes'), no: this.text('no') }) ?? this.text('nothing');
  }
}
