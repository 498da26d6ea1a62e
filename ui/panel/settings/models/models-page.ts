import { Component, computed, inject, linkedSignal, signal } from '@angular/core';
import { form, required, submit, validate } from '@angular/forms/signals';
import { type ModelFault, ModelsApi, type ModelTried } from '../../../shared/api/models-api';
import { Attempts } from '../../../shared/feedback/attempts';
import { Confirm } from '../../../shared/feedback/confirm';
import { Failed, Skeleton } from '../../../shared/feedback/states';
import { Toasts } from '../../../shared/feedback/toasts';
import { formPieces } from '../../../shared/forms/field';
import { type Unsaved, warnBeforeUnload } from '../../../shared/forms/leave-guard';
import { injectDraft } from '../../../shared/forms/live-draft';
import { SaveBar } from '../../../shared/forms/save-bar';
import { SecretField } from '../../../shared/forms/secret-field';
import { Icon } from '../../../shared/icons/icon';
import { injectLive } from '../../../shared/push/live-value';
import { Moments } from '../../../shared/time/moments';
import { SettingsPage } from '../settings-page';
import { changedParts, changeOf, type Draft, draftOf, isWithin, typedOf } from './draft';
import { injectModelsText } from './i18n/inject-text';

const blank: Draft = { version: 0, baseUrl: '', visionModel: '', key: null, api: 'responses', structured: 'json_schema', seconds: '', maxTokens: '', budgetDay: '', enabled: true };

/** Inteligencia artificial: the model that looks at receipts, its test and its limits. */
@Component({
  selector: 'settings-models',
  imports: [...formPieces, Failed, Icon, SaveBar, SecretField, SettingsPage, Skeleton],
  templateUrl: './models-page.html',
  styleUrl: './models-page.css',
})
export class ModelsPage implements Unsaved {
  readonly #api = inject(ModelsApi);
  readonly #attempts = inject(Attempts);
  readonly #confirm = inject(Confirm);
  readonly #toasts = inject(Toasts);
  protected readonly moments = inject(Moments);
  protected readonly text = injectModelsText();
  protected readonly choices = { apis: ['responses', 'chat'], forms: ['json_schema', 'json_object', 'prompt'] } as const;
  protected readonly model = injectLive(() => this.#api.read(), () => false);
  protected readonly draft = injectDraft(this.model, (read) => (read ? draftOf(read) : blank), changedParts);
  protected readonly form = form(this.draft.value, (path) => {
    validate(path.baseUrl, ({ value }) => (/^https?:\/\/\S+$/u.test(value().trim()) ? undefined : { kind: 'url', message: this.text('baseUrl.invalid') }));
    required(path.visionModel, { message: () => this.text('visionModel.missing') });
    validate(path.seconds, ({ value }) => this.#range(value(), this.#seconds()));
    validate(path.maxTokens, ({ value }) => this.#range(value(), this.model.value()?.ranges.maxTokens));
    validate(path.budgetDay, ({ value }) => (value().trim() === '' ? undefined : this.#range(value(), this.model.value()?.ranges.budgetDay)));
  });
  protected readonly changes = computed(() => this.draft.changed().map((part) => this.text(`change.${part}`)));
  /** What the last test said of what was typed then. */
  protected readonly tried = linkedSignal<unknown, ModelTried | undefined>({ source: this.draft.value, computation: () => undefined });
  protected readonly testing = signal(false);

  constructor() {
    warnBeforeUnload(this);
  }

  isChanged(): boolean {
    return this.draft.isChanged();
  }

  protected discard(): void {
    this.draft.discard();
    this.form().reset();
  }

  protected why(fault: ModelFault): string {
    return this.text(`fault.${fault}`);
  }

  protected verdict({ ok, fault, ms }: ModelTried): string {
    if (ok) return this.text('test.ok', { seconds: (ms / 1_000).toFixed(1) });
    const words = fault === undefined ? this.text('test.blind') : this.why(fault);
    return words.charAt(0).toUpperCase() + words.slice(1);
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    await submit(this.form, async () => {
      if (!(await this.draft.save((draft) => this.#api.save(changeOf(draft))))) return undefined;
      this.form().reset();
      this.#toasts.show({ icon: 'check', words: this.text('saved') });
      return undefined;
    });
  }

  protected async test(): Promise<void> {
    this.form().markAsTouched();
    if (this.form().invalid() || this.testing()) return;
    this.testing.set(true);
    this.tried.set(undefined);
    const tried = await this.#attempts.run(this.#api.test(this.isChanged() || !this.model.value()?.settings?.enabled ? typedOf(this.draft.value()) : undefined));
    this.testing.set(false);
    if (tried) this.tried.set(tried.done);
  }

  protected async remove(): Promise<void> {
    const isWanted = await this.#confirm.ask({ title: this.text('remove.title'), action: this.text('remove'), danger: true, consequences: [{ icon: 'trash', words: this.text('remove.what') }] });
    const removed = isWanted && (await this.#attempts.run(this.#api.remove()));
    if (!removed) return;
    this.model.change(() => removed.done);
    this.draft.discard();
    this.form().reset();
    this.#toasts.show({ icon: 'trash', words: this.text('removed') });
  }

  #seconds() {
    const range = this.model.value()?.ranges.timeoutMs;
    return range && { least: range.least / 1_000, most: range.most / 1_000 };
  }

  #range(typed: string, range: { readonly least: number; readonly most: number } | undefined) {
    if (!range || isWithin(typed, range)) return undefined;
    return { kind: 'range', message: this.text('number.invalid', { least: range.least, most: range.most }) };
  }
}
