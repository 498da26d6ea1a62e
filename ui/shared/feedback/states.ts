import { Component, computed, input, output } from '@angular/core';
import type { ApiProblem } from '../api/problem';
import { Icon } from '../icons/icon';
import { injectProblemText } from './inject-problem';
import { injectSharedText } from './inject-text';

/** Nothing here, and what to do about it (projected: a button). */
@Component({
  selector: 'hilo-empty',
  template: `
    <div class="empty">
      <svg class="art" viewBox="0 0 96 64" fill="none" aria-hidden="true"><path d="M2 52C22 52 20 16 38 16s14 32 30 32 10-20 26-20" stroke="currentColor" stroke-width="2.5" stroke-linecap="round"/><circle cx="94" cy="28" r="2" fill="currentColor"/><circle cx="38" cy="16" r="5" fill="var(--hilo-card)" stroke="currentColor" stroke-width="2.5"/></svg>
      <h3>{{ title() }}</h3>
      @if (words()) {<p>{{ words() }}</p>}
      <ng-content />
    </div>
  `,
})
export class Empty {
  readonly title = input.required<string>();
  readonly words = input<string>();
}

/** Why something could not be read, with a button to try again. */
@Component({
  selector: 'hilo-failed',
  imports: [Icon],
  template: `
    <div class="notice notice--bad" role="alert">
      <hilo-icon name="alert" /><span class="grow">{{ words() }}</span>
      <button type="button" class="btn btn--outline btn--sm" (click)="retry.emit()">{{ text('problem.retry') }}</button>
    </div>
  `,
})
export class Failed {
  readonly problem = input.required<ApiProblem>();
  readonly retry = output();
  readonly #problemText = injectProblemText();
  protected readonly text = injectSharedText();
  protected readonly words = computed(() => this.#problemText(this.problem()));
}

/** Grey lines where text will be. */
@Component({
  selector: 'hilo-skeleton',
  template: `<div role="status"><span class="sr">{{ text('loading') }}</span>@for (width of widths(); track $index) {<span class="skel" [style.width.%]="width"></span>}</div>`,
  styles: `div { display: flex; flex-direction: column; gap: 12px; padding: 8px 0; }`,
})
export class Skeleton {
  readonly lines = input(3);
  protected readonly text = injectSharedText();
  protected readonly widths = computed(() => Array.from({ length: this.lines() }, (_, index) => [88, 64, 76, 40][index % 4]!));
}
