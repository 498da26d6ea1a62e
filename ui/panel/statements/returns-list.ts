import { Component, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { StatementImport } from '../../shared/api/statements-api';
import { Icon } from '../../shared/icons/icon';
import { BookFormat } from '../customers/book-format';
import { injectStatementText } from './i18n/inject-text';

/** What the bank took back: shown to people, who decide. */
@Component({
  selector: 'statement-returns',
  imports: [Icon, RouterLink],
  template: `
    <ul class="list">
      @for (one of returns(); track one.line) {
        <li>
          <span class="state" [class]="one.settled ? 'state--bad' : 'state--warn'"><hilo-icon name="undo" />{{ format.money(one.amount, currency()) }}</span>
          <span class="words">{{ format.day(one.on) }} · {{ one.description }}</span>
          @if (one.settled) {
            @if (one.receipt) {<a [routerLink]="['/receipts', one.receipt]">{{ text('return.settled', { name: one.customerName || text('receipt.nobody') }) }}</a>}
            @else {<b>{{ text('return.settled', { name: one.customerName || text('receipt.nobody') }) }}</b>}
          } @else {<span class="muted">{{ text(one.payment ? 'return.free' : 'return.unknown') }}</span>}
        </li>
      }
    </ul>
  `,
  styleUrl: './statements.css',
})
export class ReturnsList {
  readonly returns = input.required<StatementImport['returns']>();
  readonly currency = input.required<string>();
  protected readonly format = inject(BookFormat);
  protected readonly text = injectStatementText();
}
