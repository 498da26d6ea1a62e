import { Component, inject, input, output } from '@angular/core';
import { type BatchCommand, type NoticeBatch, NoticesApi } from '../../shared/api/notices-api';
import { Attempts } from '../../shared/feedback/attempts';
import { Confirm } from '../../shared/feedback/confirm';
import { Toasts } from '../../shared/feedback/toasts';
import { Icon } from '../../shared/icons/icon';
import { Moments } from '../../shared/time/moments';
import type { TextKey } from './i18n/es';
import { injectNoticeText } from './i18n/inject-text';

const lateAnswers = ['extend', 'fit', 'drop'] as const;
const said: Readonly<Record<BatchCommand, TextKey>> = {
  pause: 'paused', resume: 'resumed', cancel: 'cancelled.all', extend: 'late.decided', fit: 'late.decided', drop: 'late.decided',
};

/** A number's notices of a day: what it sends, until when, and what people may do about it; above all, what becomes of those that would be late. */
@Component({
  selector: 'notices-batch-card',
  imports: [Icon],
  templateUrl: './batch-card.html',
  styles: `
    .batch { padding: 16px; display: flex; flex-direction: column; gap: 8px; }
    .head { display: flex; align-items: center; gap: 8px; flex-wrap: wrap; }
    .head h2 { font: var(--hilo-title-sm); flex: 1; min-width: 0; overflow-wrap: anywhere; }
    .facts { display: flex; flex-direction: column; gap: 2px; font: var(--hilo-body-sm); color: var(--hilo-on-surface-variant); }
    .facts b { color: var(--hilo-on-surface); font-weight: 600; }
    .buttons { display: flex; flex-wrap: wrap; gap: 8px; }
  `,
})
export class BatchCard {
  readonly batch = input.required<NoticeBatch>();
  readonly isToday = input.required<boolean>();
  readonly changed = output();
  readonly #api = inject(NoticesApi);
  readonly #attempts = inject(Attempts);
  readonly #confirm = inject(Confirm);
  readonly #toasts = inject(Toasts);
  protected readonly moments = inject(Moments);
  protected readonly text = injectNoticeText();
  protected readonly lateAnswers = lateAnswers;
  protected readonly tones = { running: 'ok', paused: 'warn', asking: 'warn', ended: '' } as const;
  protected readonly icons = { running: 'send', paused: 'pause', asking: 'help', ended: 'check' } as const;

  protected async order(command: BatchCommand): Promise<void> {
    const isWanted = command !== 'cancel' || (await this.#confirm.ask({
      title: this.text('cancelAll.title', { count: this.batch().waiting }),
      consequences: [{ icon: 'slash', words: this.text('cancelAll.gone') }, { icon: 'check', words: this.text('cancelAll.kept') }],
      action: this.text('cancelAll'),
      danger: true,
    }));
    if (!isWanted || !(await this.#attempts.run(this.#api.order(this.batch(), command)))) return;
    this.#toasts.show({ icon: command === 'pause' ? 'pause' : 'check', words: this.text(said[command]) });
    this.changed.emit();
  }
}
