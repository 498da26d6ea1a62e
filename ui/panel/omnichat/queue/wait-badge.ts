import { Component, computed, inject, input } from '@angular/core';
import { Icon } from '../../../shared/icons/icon';
import { CurrentSession } from '../../../shared/session/current-session';
import { Clock } from '../../../shared/time/clock';
import { injectOmniText } from '../i18n/inject-text';
import { waitOf } from './waiting';

const usualAlarmMinutes = 10;

/** How long a customer has waited: plain, then amber with a clock, then red with a warning sign. */
@Component({
  selector: 'panel-wait-badge',
  imports: [Icon],
  template: `
    @if (wait(); as wait) {
      <span class="wait" [class.wait--long]="wait.level === 'long'" [class.wait--late]="wait.level === 'late'" [title]="label()">
        @if (wait.level !== 'short') {<hilo-icon [name]="wait.level === 'late' ? 'alert' : 'clock'" />}<span aria-hidden="true">{{ time() }}</span><span class="sr">{{ label() }}</span>
      </span>
    } @else {<span class="wait">{{ text('wait.none') }}</span>}
  `,
})
export class WaitBadge {
  readonly since = input.required<string | undefined>();
  protected readonly text = injectOmniText();
  readonly #clock = inject(Clock);
  readonly #session = inject(CurrentSession);
  protected readonly wait = computed(() => waitOf(this.since(), this.#clock.halfMinute(), this.#session.company()?.waitingAlarmMinutes ?? usualAlarmMinutes));
  protected readonly time = computed(() => {
    const minutes = this.wait()?.minutes ?? 0;
    if (minutes < 1) return this.text('wait.less');
    if (minutes < 60) return this.text('wait.minutes', { count: minutes });
    if (minutes < 1_440) return this.text('wait.hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
    return this.text('wait.days', { count: Math.floor(minutes / 1_440) });
  });
  protected readonly label = computed(() => {
    const level = this.wait()?.level;
    return this.text(level === 'late' ? 'wait.late' : level === 'long' ? 'wait.long' : 'wait.label', { time: this.time() });
  });
}
