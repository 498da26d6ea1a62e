import { Component, DOCUMENT, DestroyRef, type ElementRef, afterNextRender, inject, input, output, viewChild } from '@angular/core';
import { injectSharedText } from '../feedback/inject-text';
import { Icon } from '../icons/icon';

/** What one row of a list is about, beside the list; over it where there is no room. Takes the focus, and gives it back when it closes. */
@Component({
  selector: 'hilo-side-sheet',
  imports: [Icon],
  template: `
    <section #sheet class="side" tabindex="-1" [attr.aria-label]="title()">
      <header class="side__head">
        <div class="grow"><h2>{{ title() }}</h2>@if (subtitle()) {<p class="caption">{{ subtitle() }}</p>}</div>
        <button type="button" class="iconbtn" [attr.aria-label]="text('action.close')" (click)="closed.emit()"><hilo-icon name="x" /></button>
      </header>
      <ng-content />
    </section>
  `,
  styles: `
    :host { display: flex; min-width: 0; min-height: 0; width: 400px; }
    .side { flex: 1; }
    .side:focus { outline: 0; }
    @media (max-width: 1240px) { :host { position: absolute; inset: 0 0 0 auto; width: min(420px, 100%); z-index: 5; box-shadow: var(--hilo-level-3); } }
  `,
  host: { '(keydown.escape)': 'closed.emit()' },
})
export class SideSheet {
  readonly title = input.required<string>();
  readonly subtitle = input<string>();
  readonly closed = output();
  protected readonly text = injectSharedText();
  private readonly sheet = viewChild.required<ElementRef<HTMLElement>>('sheet');

  constructor() {
    const before = inject(DOCUMENT).activeElement as HTMLElement | null;
    afterNextRender(() => this.sheet().nativeElement.focus());
    inject(DestroyRef).onDestroy(() => before?.isConnected && before.focus());
  }
}
