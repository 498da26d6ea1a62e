import { Component, type ElementRef, computed, inject, input, linkedSignal, output, viewChild } from '@angular/core';
import { form, required, submit, validate } from '@angular/forms/signals';
import { ApiProblem } from '../../shared/api/problem';
import { type EmergencyMessage, ToolsApi } from '../../shared/api/tools-api';
import { FormattedText } from '../../shared/chat/formatted-text';
import { injectProblemText } from '../../shared/feedback/inject-problem';
import { injectSharedText } from '../../shared/feedback/inject-text';
import { Toasts } from '../../shared/feedback/toasts';
import { formPieces } from '../../shared/forms/field';
import { Moments } from '../../shared/time/moments';
import { injectToolsText } from './i18n/inject-text';

/** What customers are told in an emergency: the text, how long it is, and how they will see it. */
@Component({
  selector: 'tools-emergency-message',
  imports: [...formPieces, FormattedText],
  templateUrl: './emergency-message.html',
  styleUrl: './emergency-message.css',
})
export class EmergencyMessageForm {
  readonly message = input.required<EmergencyMessage>();
  readonly saved = output();
  readonly #api = inject(ToolsApi);
  readonly #toasts = inject(Toasts);
  readonly #moments = inject(Moments);
  readonly #problemText = injectProblemText();
  private readonly area = viewChild.required<ElementRef<HTMLTextAreaElement>>('area');
  protected readonly text = injectToolsText();
  protected readonly shared = injectSharedText();

  readonly #savedText = computed(() => this.message().saved?.text ?? '');
  readonly #draft = linkedSignal(() => ({ text: this.#savedText() }));
  protected readonly form = form(this.#draft, (path) => {
    validate(path.text, ({ value }) => (value().trim() === '' ? { kind: 'missing', message: this.text('message.missing') } : undefined));
    validate(path.text, ({ value }) =>
      value().trim().length > this.message().longest ? { kind: 'long', message: this.text('message.tooLong', { longest: this.message().longest }) } : undefined);
    required(path.text, { message: () => this.text('message.missing') });
  });
  protected readonly written = computed(() => this.#draft().text.trim());
  protected readonly length = computed(() => this.text('message.length', { count: this.written().length, longest: this.message().longest }));
  protected readonly isTooLong = computed(() => this.written().length > this.message().longest);
  protected readonly version = computed(() => {
    const saved = this.message().saved;
    if (!saved) return this.text('message.none');
    const values = { version: saved.version, when: this.#moments.moment(saved.at) };
    return saved.by ? this.text('message.version.by', { ...values, name: saved.by.name }) : this.text('message.version', values);
  });

  isChanged(): boolean {
    return this.written() !== this.#savedText();
  }

  /** Puts the cursor where the message is written. */
  focus(): void {
    this.area().nativeElement.focus();
    this.area().nativeElement.scrollIntoView({ block: 'center' });
  }

  protected discard(): void {
    this.form().reset({ text: this.#savedText() });
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    await submit(this.form, async (field) => {
      try {
        await this.#api.saveEmergencyMessage(this.written());
      } catch (error) {
        if (!(error instanceof ApiProblem)) throw error;
        return { kind: 'server', message: this.#problemText(error), fieldTree: field.text };
      }
      this.#toasts.show({ icon: 'check', words: this.text('message.saved') });
      this.saved.emit();
      return undefined;
    });
  }
}
