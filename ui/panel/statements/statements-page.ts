import { Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { StatementsApi } from '../../shared/api/statements-api';
import { Failed, Skeleton } from '../../shared/feedback/states';
import { Icon } from '../../shared/icons/icon';
import { injectLive } from '../../shared/push/live-value';
import { Moments } from '../../shared/time/moments';
import { BookFormat } from '../customers/book-format';
import { injectPageTitle } from '../shell/page-title';
import { injectStatementText } from './i18n/inject-text';
import { IncomingList } from './incoming-list';
import { StatementWizard } from './statement-wizard';

/** Banks' statements: a file is put up, the earlier ones, and what came in by all of them. */
@Component({
  selector: 'statements-page',
  imports: [Failed, Icon, IncomingList, RouterLink, Skeleton, StatementWizard],
  template: `
    <div class="book"><div class="scroll" tabindex="0" role="region" [attr.aria-label]="text('title')">
      <p><a class="btn btn--outline btn--sm" routerLink="/receipts"><hilo-icon name="arrowleft" />{{ text('back') }}</a></p>
      <div class="page-head"><div><h1>{{ text('title') }}</h1><p>{{ text('about') }}</p></div></div>
      <statement-wizard (done)="imports.reload()" />
      <section class="card panel">
        <h2>{{ text('imports') }}</h2>
        @if (imports.value(); as all) {
          <div class="tablewrap" tabindex="0" role="region" [attr.aria-label]="text('imports')">
            <table class="table">
              <thead><tr><th>{{ text('file') }}</th><th class="wide">{{ text('account') }}</th><th class="wide">{{ text('who') }}</th><th class="r">{{ text('amount') }}</th><th>{{ text('settled') }}</th></tr></thead>
              <tbody>
                @for (one of all; track one.id) {
                  <tr>
                    <td><a class="words" [routerLink]="['/receipts/statements', one.id]">{{ one.fileName }}</a>@if (one.period; as period) {<small class="due">{{ text('period', { from: format.day(period.from), to: format.day(period.to) }) }}</small>}</td>
                    <td class="wide">{{ one.account.name }}</td><td class="wide">{{ one.by }}, {{ moments.moment(one.at) }}</td><td class="r num">{{ format.money(one.sum, one.currency) }}</td>
                    <td>@if (one.state === 'undone') {<span class="state"><hilo-icon name="undo" />{{ text('is.undone') }}</span>} @else {<span class="num">{{ text('settled.count', { settled: one.settled, lines: one.lines }) }}</span>}</td>
                  </tr>
                } @empty {<tr><td colspan="5" class="muted">{{ text('imports.none') }}</td></tr>}
              </tbody>
            </table>
          </div>
        } @else if (imports.problem(); as problem) {<hilo-failed [problem]="problem" (retry)="imports.reload()" />} @else {<hilo-skeleton [lines]="3" />}
      </section>
      <section class="card panel"><h2>{{ text('incoming') }}</h2><incoming-list /></section>
    </div></div>
  `,
  styleUrls: ['../people/list-page.css', '../customers/book.css', './statements.css'],
})
export class StatementsPage {
  readonly #api = inject(StatementsApi);
  protected readonly moments = inject(Moments);
  protected readonly format = inject(BookFormat);
  protected readonly text = injectStatementText();
  protected readonly imports = injectLive(() => this.#api.imports(), ({ topic }) => topic === 'statement' || topic === 'settlement');

  constructor() {
    injectPageTitle(() => this.text('title'));
  }
}
