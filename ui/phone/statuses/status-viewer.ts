import { Component, ElementRef, computed, effect, inject, input, linkedSignal, output, untracked } from '@angular/core';
import { FormattedText } from '../../shared/chat/formatted-text';
import { LanguageChoice } from '../../shared/i18n/texts';
import { Icon } from '../../shared/icons/icon';
import { MessageContent } from '../chat/message-content';
import { injectText } from '../i18n/inject-text';
import { inkOn } from './colours';
import { Statuses, type StatusesOf } from './statuses';

const usualColour = '#075e54';

/** One business's statuses over the whole screen, one after another; whatever is shown counts as seen. */
@Component({
  selector: 'phone-status-viewer',
  imports: [FormattedText, Icon, MessageContent],
  template: `
    <div class="bars" aria-hidden="true">@for (one of of().statuses; track one.id; let at = $index) {<i [class.on]="at <= index()"></i>}</div>
    <div class="head">
      <button type="button" class="plain" [attr.aria-label]="text('status.close')" (click)="left.emit()"><hilo-icon name="left" /></button>
      <p class="grow"><b class="ellip">{{ of().name }}</b><small class="num">{{ time() }} · {{ index() + 1 }}/{{ of().statuses.length }}</small></p>
    </div>
    @if (current(); as status) {
      <div class="content">
        @if (status.media) {<phone-message-content [said]="status" />}
        @if (status.text; as written) {<p class="words" [class.caption-like]="status.media"><hilo-formatted-text [text]="written" /></p>}
      </div>
    }
    <div class="foot">
      <button type="button" class="plain" [disabled]="index() === 0" [attr.aria-label]="text('status.previous')" (click)="step(-1)"><hilo-icon name="left" /></button>
      <button type="button" class="plain" [attr.aria-label]="text(index() + 1 < of().statuses.length ? 'status.next' : 'status.close')" (click)="step(1)"><hilo-icon [name]="index() + 1 < of().statuses.length ? 'right' : 'x'" /></button>
    </div>
  `,
  styleUrl: './status-viewer.css',
  host: { tabindex: '-1', role: 'group', '[attr.aria-label]': 'of().name', '[style.background]': 'background()', '[style.color]': 'ink()', '(keydown)': 'keyed($event)' },
})
export class StatusViewer {
  readonly of = input.required<StatusesOf>();
  readonly left = output();
  readonly #statuses = inject(Statuses);
  readonly #language = inject(LanguageChoice);
  protected readonly text = injectText();

  readonly #account = computed(() => this.of().account);
  /** Begins with the first that was not seen; later readings do not move it: the source is a signal, which a plain function is not. */
  protected readonly index = linkedSignal<string, number>({
    source: this.#account,
    computation: () => Math.max(0, untracked(this.of).statuses.findIndex(({ viewed }) => !viewed)),
  });
  protected readonly current = computed(() => this.of().statuses[this.index()] ?? this.of().statuses.at(-1));
  protected readonly background = computed(() => (this.current()?.media ? '#14232b' : (this.current()?.backgroundColor ?? usualColour)));
  protected readonly ink = computed(() => inkOn(this.background()));
  protected readonly time = computed(() =>
    new Date(this.current()?.at ?? 0).toLocaleTimeString(this.#language.locale(), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
  );

  constructor() {
    const host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    queueMicrotask(() => host.focus());
    effect(() => {
      const status = this.current();
      if (status) untracked(() => void this.#statuses.view(status));
    });
  }

  protected step(by: number): void {
    const next = this.index() + by;
    if (next >= this.of().statuses.length) this.left.emit();
    else this.index.set(Math.max(0, next));
  }

  protected keyed({ key }: KeyboardEvent): void {
    if (key === 'Escape') this.left.emit();
    else if (key === 'ArrowRight') this.step(1);
    else if (key === 'ArrowLeft') this.step(-1);
  }
}
