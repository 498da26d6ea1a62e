import { Component, computed, inject, input, output, signal } from '@angular/core';
import { type EmergencyMessage, type Mode, ToolsApi } from '../../shared/api/tools-api';
import { Attempts } from '../../shared/feedback/attempts';
import { Confirm } from '../../shared/feedback/confirm';
import { Failed, Skeleton } from '../../shared/feedback/states';
import { Toasts } from '../../shared/feedback/toasts';
import { Icon } from '../../shared/icons/icon';
import { Moments } from '../../shared/time/moments';
import { BotMode, modeLook, modes } from '../shell/bot-mode';
import { consequencesOf } from './consequences';
import { injectToolsText } from './i18n/inject-text';

/** The four modes, large: what each does, which one is on, and the way into the others. */
@Component({
  selector: 'tools-mode-choices',
  imports: [Failed, Icon, Skeleton],
  templateUrl: './mode-choices.html',
  styleUrl: './mode-choices.css',
})
export class ModeChoices {
  /** Undefined: not read yet. */
  readonly message = input.required<EmergencyMessage | undefined>();
  /** Somebody wants an emergency and has to write its message first. */
  readonly messageWanted = output();
  readonly #api = inject(ToolsApi);
  readonly #attempts = inject(Attempts);
  readonly #confirm = inject(Confirm);
  readonly #toasts = inject(Toasts);
  readonly #moments = inject(Moments);
  protected readonly text = injectToolsText();
  protected readonly live = inject(BotMode).live;
  protected readonly changing = signal(false);

  protected readonly kept = computed(() => this.live.value()?.kept ?? 0);
  protected readonly choices = computed(() => {
    const now = this.live.value();
    return now && modes.map((mode) => ({ mode, ...modeLook[mode], on: mode === now.mode, lacksMessage: mode === 'emergency' && this.message()?.saved === undefined }));
  });
  protected readonly since = computed(() => {
    const { since, by } = this.live.value() ?? {};
    if (since === undefined) return '';
    const when = this.#moments.moment(since);
    return by ? this.text('mode.since.by', { when, name: by.name }) : this.text('mode.since', { when });
  });

  protected async begin(mode: Mode): Promise<void> {
    const now = this.live.value();
    if (now === undefined) return;
    const name = this.text(`mode.${mode}`);
    const consequences = consequencesOf(mode, now, this.message()?.saved?.text, this.text);
    const question = { title: this.text('confirm.title', { name }), consequences, action: this.text('mode.begin.named', { name }), danger: mode !== 'complete' };
    if (consequences.length > 0 && !(await this.#confirm.ask(question))) return;
    this.changing.set(true);
    const changed = await this.#attempts.run(this.#api.changeMode(mode));
    this.changing.set(false);
    await this.live.reload();
    if (changed) this.#toasts.show({ icon: modeLook[mode].icon, words: this.text('changed', { name }) });
  }
}
