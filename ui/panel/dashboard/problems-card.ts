import { Component, inject, input } from '@angular/core';
import type { Trouble } from '../../shared/api/overview-api';
import { Empty } from '../../shared/feedback/states';
import { Icon } from '../../shared/icons/icon';
import type { IconName } from '../../shared/icons/icon-names';
import { Moments } from '../../shared/time/moments';
import { injectDashboardText } from './i18n/inject-text';

/** What is wrong, since when, and what to do. */
@Component({
  selector: 'panel-problems-card',
  imports: [Empty, Icon],
  template: `
    <section class="card" aria-labelledby="problems-card">
      <div class="card__head"><h2 id="problems-card">{{ text('problems') }}</h2>@if (problems().length; as count) {<span class="badge badge--late">{{ count }}</span>}</div>
      <div class="card__body">
        <ul>
          @for (problem of problems(); track problem.kind + problem.since) {
            <li><hilo-icon [name]="icon(problem)" /><div><b>{{ problem.text }}</b><span class="muted">@if (problem.action) {{{ problem.action }}&ngsp;·&ngsp;}{{ moments.ago(problem.since) }}</span></div></li>
          }
        </ul>
        @if (problems().length === 0) {<hilo-empty [title]="text('problems.none')" [words]="text('problems.none.help')" />}
      </div>
    </section>
  `,
  styles: `
    li { display: flex; gap: 12px; align-items: flex-start; padding: 10px 0; border-top: 1px solid var(--hilo-outline-variant); font: var(--hilo-body-sm); }
    li:first-child { border: 0; padding-top: 4px; }
    b { font-weight: 600; display: block; }
  `,
})
export class ProblemsCard {
  readonly problems = input.required<readonly Trouble[]>();
  protected readonly moments = inject(Moments);
  protected readonly text = injectDashboardText();

  protected icon({ kind }: Trouble): IconName {
    if (kind.includes('channel')) return 'phone';
    return kind.includes('message') ? 'send' : 'alert';
  }
}
