import { Component, input, output } from '@angular/core';
import { injectSharedText } from '../feedback/inject-text';
import { Icon } from '../icons/icon';

/** Narrows a list while one types. */
@Component({
  selector: 'hilo-search-box',
  imports: [Icon],
  template: `
    <div class="inputwrap" role="search">
      <hilo-icon name="search" />
      <input #box class="input" type="text" inputmode="search" autocomplete="off" spellcheck="false" [attr.aria-label]="label()" [placeholder]="label()" [value]="value()"
        (input)="typed.emit(box.value)" (keydown.escape)="typed.emit('')">
      @if (value()) {<button type="button" class="iconbtn iconbtn--sm" [attr.aria-label]="text('search.clear')" (click)="typed.emit(''); box.focus()"><hilo-icon name="x" /></button>}
    </div>
  `,
  styles: `:host { display: block; min-width: 0; } .input { min-height: 36px; } .iconbtn { right: 4px; }`,
})
export class SearchBox {
  readonly label = input.required<string>();
  readonly value = input.required<string>();
  readonly typed = output<string>();
  protected readonly text = injectSharedText();
}
