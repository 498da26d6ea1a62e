import { Component, computed, inject } from '@angular/core';
import { Icon } from '../../shared/icons/icon';
import { injectSetupText } from './i18n/inject-text';
import { SetupProgress } from './setup-progress';

/** The starter flow: published, or still to be. */
@Component({
  selector: 'setup-flow',
  imports: [Icon],
  template: `
    <section class="card">
      @if (isDone()) {
        <h2 class="h1">{{ text('flow.title') }}</h2><p class="notice notice--ok" role="status"><hilo-icon name="check" />{{ text('flow.about') }}</p>
      } @else {
        <h2 class="h1">{{ text('step.flow') }}</h2><p class="notice notice--warn" role="status"><hilo-icon name="alert" />{{ text('flow.open') }}</p>
      }
    </section>
  `,
  styles: `.card { display: flex; flex-direction: column; gap: 16px; padding: 32px; max-width: 720px; }`,
})
export class FlowStep {
  readonly #progress = inject(SetupProgress);
  protected readonly text = injectSetupText();
  protected readonly isDone = computed(() => this.#progress.isDone('flow'));
}
