import { Component, input } from '@angular/core';
import type { IconName } from './icon-names';

/** One icon of the product's own set. It is always decoration: the word beside it, or the button's label, says what it means. */
@Component({
  selector: 'hilo-icon',
  template: `<svg class="icon" aria-hidden="true" focusable="false"><use [attr.href]="'icons.svg#i-' + name()" /></svg>`,
  styles: `:host { display: contents; }`,
})
export class Icon {
  readonly name = input.required<IconName>();
}
