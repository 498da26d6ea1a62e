import { Component, input, output } from '@angular/core';
import { injectSharedText } from '../feedback/inject-text';
import { Icon } from '../icons/icon';
import { type PageOf, pageSizes } from './page-of';

/** Under a list: how many a page, which of how many, and the way to the others. */
@Component({
  selector: 'hilo-pager',
  imports: [Icon],
  template: `
    <nav class="pager" [attr.aria-label]="text('pager.label')">
      <label>{{ text('pager.size') }}
        <select #box class="input input--sm" [value]="size()" (change)="sized.emit(+box.value)">@for (one of sizes; track one) {<option [value]="one" [selected]="one === size()">{{ one }}</option>}</select>
      </label>
      <span class="push num">{{ text('pager.range', { from: of().from, to: of().to, total: of().total }) }}</span>
      <button type="button" class="iconbtn" [attr.aria-label]="text('pager.previous')" [disabled]="of().page === 1" (click)="turned.emit(of().page - 1)"><hilo-icon name="left" /></button>
      <button type="button" class="iconbtn" [attr.aria-label]="text('pager.next')" [disabled]="of().page === of().pages" (click)="turned.emit(of().page + 1)"><hilo-icon name="right" /></button>
    </nav>
  `,
  styles: `label { display: flex; align-items: center; gap: 8px; white-space: nowrap; } select { width: auto; } .iconbtn[disabled] { opacity: .4; cursor: default; }`,
})
export class Pager {
  readonly of = input.required<PageOf<unknown>>();
  readonly size = input.required<number>();
  readonly turned = output<number>();
  readonly sized = output<number>();
  protected readonly text = injectSharedText();
  protected readonly sizes = pageSizes;
}
