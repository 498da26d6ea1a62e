import { Component, computed, inject, input } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { type Status, type StatusOrder, StatusesApi } from '../../shared/api/statuses-api';
import { Attempts } from '../../shared/feedback/attempts';
import { Confirm } from '../../shared/feedback/confirm';
import { Failed, Skeleton } from '../../shared/feedback/states';
import { Toasts } from '../../shared/feedback/toasts';
import { Icon } from '../../shared/icons/icon';
import { SideSheet } from '../../shared/list/side-sheet';
import { injectLive } from '../../shared/push/live-value';
import { Moments } from '../../shared/time/moments';
import { injectStatusText } from './i18n/inject-text';
import { isTold, stateLook } from './state-look';
import { StatusPreview } from './status-preview';

/** One status: how it looks, what has become of it, who has seen it, and what can be done about it. */
@Component({
  selector: 'statuses-detail',
  imports: [Failed, Icon, RouterLink, SideSheet, Skeleton, StatusPreview],
  templateUrl: './status-detail.html',
  styleUrls: ['../people/sheet.css', './status-sheet.css'],
})
export class StatusDetail {
  readonly id = input.required<string>();
  readonly #api = inject(StatusesApi);
  readonly #router = inject(Router);
  readonly #attempts = inject(Attempts);
  readonly #confirm = inject(Confirm);
  readonly #toasts = inject(Toasts);
  protected readonly moments = inject(Moments);
  protected readonly text = injectStatusText();
  protected readonly look = stateLook;
  readonly #follows = ({ topic, subject }: { topic: string; subject: string }) => topic === 'status' && subject === this.id();
  protected readonly live = injectLive(() => this.#api.read(this.id()), this.#follows);
  protected readonly viewers = injectLive(() => this.#api.views(this.id()), this.#follows);
  protected readonly status = computed((): Status | undefined => (this.live.value()?.id === this.id() ? this.live.value() : undefined));
  protected readonly can = computed(() => {
    const state = this.status()?.state;
    const isPlanned = state === 'scheduled' || state === 'missed';
    return { edit: isPlanned, cancel: isPlanned, publish: isPlanned, retry: state === 'failed' || state === 'unknown', remove: state === 'published' || state === 'unknown' };
  });

  protected causeOf(cause: string): string {
    return isTold(cause) ? this.text(`cause.${cause}`) : this.text('cause.other', { cause: cause.replace(/^(removal-)?ack-/, '') });
  }

  protected async order(order: StatusOrder): Promise<void> {
    const isWanted = order !== 'remove' || (await this.#confirm.ask({
      title: this.text('remove.title'), consequences: [{ icon: 'trash', words: this.text('remove.all') }], action: this.text('remove'), danger: true,
    }));
    if (!isWanted || !(await this.#attempts.run(this.#api.order(order, this.id())))) return;
    if (order === 'cancel') this.#toasts.show({ icon: 'slash', words: this.text('cancelled') });
    await this.live.reload();
  }

  protected close(): void {
    void this.#router.navigate(['/statuses'], { queryParamsHandling: 'preserve' });
  }
}
