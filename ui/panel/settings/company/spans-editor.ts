import { Component, input, model } from '@angular/core';
import type { Span } from '../../../shared/api/company-api';
import { Icon } from '../../../shared/icons/icon';
import { injectCompanyText } from './i18n/inject-text';
import { shownEnd, storedEnd, withOneMore } from './week';

const MOST = 6;

/** The spans of one day: from and to, one more, one less. */
@Component({
  selector: 'company-spans',
  imports: [Icon],
  template: `
    @for (span of spans(); track $index) {
      <div class="span">
        <input #from class="input input--sm" type="time" required [value]="span.from" [attr.aria-label]="text('hours.from', { day: day() })" (change)="set($index, { from: from.value, to: span.to })">
        <span aria-hidden="true">–</span>
        <input #to class="input input--sm" type="time" required [value]="end(span.to)" [attr.aria-label]="text('hours.to', { day: day() })" (change)="set($index, { from: span.from, to: stored(to.value) })">
        <button type="button" class="iconbtn iconbtn--sm" [attr.aria-label]="text('hours.remove', { day: day(), from: span.from })" (click)="remove($index)"><hilo-icon name="x" /></button>
        @if (isOver(span)) {<small class="caption">{{ text('hours.next') }}</small>}
      </div>
    } @empty {<span class="muted closed">{{ text('hours.closed') }}</span>}
    @if (spans().length < most) {<button type="button" class="iconbtn iconbtn--sm" [attr.aria-label]="text('hours.add', { day: day() })" (click)="spans.set(more())"><hilo-icon name="plus" /></button>}
  `,
  styles: `
    :host { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 12px; min-height: 32px; }
    .span { display: flex; align-items: center; flex-wrap: wrap; gap: 4px; }
    .input { width: 128px; } /* "08:00 p. m." and the clock */
    .closed { font: var(--hilo-body-sm); }
    @media (pointer: coarse) { .iconbtn--sm { width: 44px; } }
  `,
})
export class SpansEditor {
  readonly spans = model.required<readonly Span[]>();
  /** Of which day, in words: fields without a label of their own are told by it. */
  readonly day = input.required<string>();
  protected readonly text = injectCompanyText();
  protected readonly most = MOST;
  protected readonly end = shownEnd;
  protected readonly stored = storedEnd;

  protected isOver({ from, to }: Span): boolean {
    return from !== '' && to !== '' && to < from;
  }

  protected set(index: number, span: Span): void {
    this.spans.update((spans) => spans.map((one, i) => (i === index ? span : one)));
  }

  protected remove(index: number): void {
    this.spans.update((spans) => spans.filter((_, i) => i !== index));
  }

  protected more(): readonly Span[] {
    return withOneMore(this.spans());
  }
}
