import { Component, inject } from '@angular/core';
import { type Device, SessionApi } from '../../shared/api/session-api';
import { Attempts } from '../../shared/feedback/attempts';
import { Failed, Skeleton } from '../../shared/feedback/states';
import { Toasts } from '../../shared/feedback/toasts';
import { Icon } from '../../shared/icons/icon';
import { injectLive } from '../../shared/push/live-value';
import { CurrentSession } from '../../shared/session/current-session';
import { Moments } from '../../shared/time/moments';
import { deviceOf } from './device';
import { injectAccountText } from './i18n/inject-text';

/** Where I am logged in; each can be logged out from here. */
@Component({
  selector: 'account-devices',
  imports: [Failed, Icon, Skeleton],
  template: `
    <section class="card" aria-labelledby="devices">
      <div class="card__head"><h2 id="devices">{{ text('sessions') }}</h2></div>
      <div class="card__body">
        <p class="small muted">{{ text('sessions.about') }}</p>
        @if (live.value(); as devices) {
          <ul>
            @for (device of devices; track device.id) {
              <li>
                <hilo-icon [name]="isPhone(device) ? 'phone' : 'panel'" />
                <div class="grow">
                  <b>{{ name(device) }}</b>@if (device.current) {<span class="state state--ok"><hilo-icon name="check" />{{ text('sessions.this') }}</span>}
                  <p class="caption">{{ text('sessions.seen', { ago: moments.ago(device.seenAt) }) }} · {{ text('sessions.since', { day: moments.day(device.createdAt) }) }}@if (device.remember) {, {{ text('sessions.remembered') }}}@if (device.address) { · {{ device.address }}}</p>
                </div>
                @if (!device.current) {<button type="button" class="btn btn--outline btn--sm" [attr.aria-label]="text('sessions.end.of', { device: name(device) })" (click)="end(device)">{{ text('sessions.end') }}</button>}
              </li>
            }
          </ul>
        } @else if (live.problem(); as problem) {<hilo-failed [problem]="problem" (retry)="live.reload()" />} @else {<hilo-skeleton [lines]="4" />}
      </div>
    </section>
  `,
  styles: `
    li { display: flex; gap: 12px; align-items: center; padding: 12px 0; border-top: 1px solid var(--hilo-outline-variant); }
    ul { margin-top: 12px; }
    b { font: var(--hilo-title-sm); margin-right: 8px; }
  `,
})
export class Devices {
  readonly #api = inject(SessionApi);
  readonly #session = inject(CurrentSession);
  readonly #attempts = inject(Attempts);
  readonly #toasts = inject(Toasts);
  protected readonly moments = inject(Moments);
  protected readonly text = injectAccountText();
  protected readonly live = injectLive(() => this.#api.devices(), ({ topic, subject }) => topic === 'user' && subject === this.#session.user()?.id);

  protected name({ userAgent }: Device): string {
    const device = deviceOf(userAgent);
    return device ? this.text('device.on', device) : this.text('device.unknown');
  }

  protected isPhone({ userAgent }: Device): boolean {
    return ['Android', 'iPhone', 'iPad'].includes(deviceOf(userAgent)?.system ?? '');
  }

  protected async end(device: Device): Promise<void> {
    if (!(await this.#attempts.run(this.#api.revoke(device.id)))) return;
    this.live.change((devices) => devices.filter(({ id }) => id !== device.id));
    this.#toasts.show({ icon: 'check', words: this.text('sessions.ended') });
  }
}
