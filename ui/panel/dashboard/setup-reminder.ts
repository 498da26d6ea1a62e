import { Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Attempts } from '../../shared/feedback/attempts';
import { Icon } from '../../shared/icons/icon';
import { SetupProgress } from '../setup/setup-progress';
import { injectDashboardText } from './i18n/inject-text';

/** The first run was left before its end: it can be taken up again here. */
@Component({
  selector: 'panel-setup-reminder',
  imports: [Icon, RouterLink],
  template: `
    @if (progress.isDue()) {
      <p class="notice">
        <hilo-icon name="spark" /><span class="grow"><b>{{ text('setup') }}</b><br>{{ left() }}</span>
        <button type="button" class="btn btn--text btn--sm" (click)="hide()">{{ text('setup.hide') }}</button>
        <a class="btn btn--primary btn--sm" routerLink="/setup">{{ text('setup.resume') }}</a>
      </p>
    }
  `,
  styles: `.notice { flex-wrap: wrap; align-items: center; margin-bottom: 12px; } .grow { min-width: 200px; } .notice .btn { margin: 0; } .btn--text { color: inherit; } .notice a.btn { text-decoration: none; }`,
})
export class SetupReminder {
  readonly #attempts = inject(Attempts);
  protected readonly progress = inject(SetupProgress);
  protected readonly text = injectDashboardText();
  protected readonly left = computed(() => {
    const count = this.progress.open().length;
    return count === 1 ? this.text('setup.left.one') : this.text('setup.left', { count });
  });

  protected async hide(): Promise<void> {
    await this.#attempts.run(this.progress.finish());
  }
}
