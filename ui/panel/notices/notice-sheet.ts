import { Component, computed, inject, input } from '@angular/core';
import { Router } from '@angular/router';
import { type NoticeDetail, NoticesApi } from '../../shared/api/notices-api';
import { Attempts } from '../../shared/feedback/attempts';
import { Failed, Skeleton } from '../../shared/feedback/states';
import { Toasts } from '../../shared/feedback/toasts';
import { Icon } from '../../shared/icons/icon';
import { SideSheet } from '../../shared/list/side-sheet';
import { injectLive } from '../../shared/push/live-value';
import { Moments } from '../../shared/time/moments';
import { showNumber } from '../link/phone-digits';
import type { TextKey } from './i18n/es';
import { injectNoticeText } from './i18n/inject-text';
import { injectReason } from './reason';
import { stateLook } from './state-look';

type Step = NoticeDetail['trail'][number];

/** One notice: what it says, what has become of it and what its system was told, and what can be done about it. */
@Component({
  selector: 'notices-sheet',
  imports: [Failed, Icon, SideSheet, Skeleton],
  templateUrl: './notice-sheet.html',
  styleUrls: ['../people/sheet.css'],
  styles: `.words { white-space: pre-wrap; overflow-wrap: anywhere; } .trail { display: flex; flex-direction: column; gap: 8px; font: var(--hilo-body-sm); margin-top: 8px; } .trail small { display: block; color: var(--hilo-on-surface-variant); }`,
})
export class NoticeSheet {
  readonly id = input.required<string>();
  readonly #api = inject(NoticesApi);
  readonly #router = inject(Router);
  readonly #attempts = inject(Attempts);
  readonly #toasts = inject(Toasts);
  protected readonly moments = inject(Moments);
  protected readonly text = injectNoticeText();
  protected readonly reason = injectReason();
  protected readonly look = stateLook;
  protected readonly showNumber = showNumber;
  protected readonly live = injectLive(() => this.#api.read(this.id()), ({ topic }) => topic === 'notice');
  protected readonly notice = computed((): NoticeDetail | undefined => (this.live.value()?.id === this.id() ? this.live.value() : undefined));
  protected readonly can = computed(() => {
    const state = this.notice()?.state ?? 'sent';
    return { cancel: state === 'queued' || state === 'held', resend: state === 'failed' || state === 'expired' || state === 'cancelled' };
  });

  protected stepText({ kind }: Step): string {
    const key = (kind === 'accepted' || kind === 'queued' ? `trail.${kind}` : `state.${kind}`) as TextKey;
    return this.text(key);
  }

  protected async cancel(): Promise<void> {
    if (!(await this.#attempts.run(this.#api.cancel(this.id())))) return;
    this.#toasts.show({ icon: 'slash', words: this.text('cancelled') });
    await this.live.reload();
  }

  protected async resend(): Promise<void> {
    if (!(await this.#attempts.run(this.#api.resend(this.id())))) return;
    this.#toasts.show({ icon: 'refresh', words: this.text('resent') });
    await this.live.reload();
  }

  protected close(): void {
    void this.#router.navigate(['/notices'], { queryParamsHandling: 'preserve' });
  }
}
