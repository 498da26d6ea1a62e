import { Component, inject, input } from '@angular/core';
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
import { ReturnsList } from './returns-list';
import { StatementUndo } from './statement-undo';

/** One import: what it brought, and what each line confirmed. */
@Component({
  selector: 'statement-page',
  imports: [Failed, Icon, IncomingList, ReturnsList, RouterLink, Skeleton],
  template: `
    <div class="book"><div class="scroll" tabindex="0" role="region" [attr.aria-label]="text('title')">
      <p><a class="btn btn--outline btn--sm" routerLink="/receipts/statements"><hilo-icon name="arrowleft" />{{ text('title') }}</a></p>
      @if (live.value(); as one) {
        <div class="page-head"><div>
          <h1 class="words">{{ one.fileName }}</h1>
          <p>{{ one.account.name }} · {{ one.by }}, {{ moments.moment(one.at) }}@if (one.period; as period) { · {{ text('period', { from: format.day(period.from), to: format.day(period.to) }) }}}</p>
        </div></div>
        <section class="card panel">
          <div class="total" role="status">
            <span><b class="num">{{ format.money(one.sum, one.currency) }}</b></span>
            <span>{{ text('settled') }} <b class="num">{{ text('settled.count', { settled: one.settled, lines: one.lines }) }}</b></span>
            @if (one.state === 'undone') {<span class="state"><hilo-icon name="undo" />{{ text('is.undone.by', { name: one.undoneBy ?? '', at: one.undoneAt ? moments.moment(one.undoneAt) : '' }) }}</span>}
            @else if (!one.told) {<span class="state state--warn"><hilo-icon name="clock" />{{ text('telling') }}</span>}
          </div>
          @if (one.state === 'confirmed') {<button type="button" class="btn btn--outline btn--sm" (click)="undo.ask(one)"><hilo-icon name="undo" />{{ text('undo') }}</button>}
        </section>
        @if (one.returns.length > 0) {<section class="card panel"><h2>{{ text('returns') }}</h2><statement-returns [returns]="one.returns" [currency]="one.currency" /></section>}
        <section class="card panel"><h2>{{ text('lines') }}</h2><incoming-list [of]="one.id" /></section>
      } @else if (live.problem(); as problem) {<hilo-failed [problem]="problem" (retry)="live.reload()" />} @else {<hilo-skeleton [lines]="6" />}
    </div></div>
  `,
  styleUrls: ['../people/list-page.css', '../customers/book.css', './statements.css'],
  providers: [StatementUndo],
})
export class StatementPage {
  readonly id = input.required<string>();
  readonly #api = inject(StatementsApi);
  protected readonly undo = inject(StatementUndo);
  protected readonly moments = inject(Moments);
  protected readonly format = inject(BookFormat);
  protected readonly text = injectStatementText();
  protected readonly live = injectLive(() => this.#api.one(this.id()), ({ topic }) => topic === 'statement' || topic === 'settlement' || topic === 'receipt');

  constructor() {
    injectPageTitle(() => this.text('title'));
  }
}
