import { Component, DOCUMENT, computed, inject, linkedSignal, resource, signal } from '@angular/core';
import { type DescribedOperation, type Description, DescriptionsApi } from '../../../shared/api/descriptions-api';
import { Confirm } from '../../../shared/feedback/confirm';
import { Failed, Skeleton } from '../../../shared/feedback/states';
import { Toasts } from '../../../shared/feedback/toasts';
import { type Unsaved, warnBeforeUnload } from '../../../shared/forms/leave-guard';
import { injectDraft } from '../../../shared/forms/live-draft';
import { SaveBar } from '../../../shared/forms/save-bar';
import { Icon } from '../../../shared/icons/icon';
import { injectLive } from '../../../shared/push/live-value';
import { SettingsPage } from '../../settings/settings-page';
import { AccessForm } from './access-form';
import { emptyDraft, importedDraft, withField, withOperation } from './draft';
import { es, type TextKey } from './i18n/es';
import { injectDescriptionText } from './i18n/inject-text';
import { MapForm } from './map-form';
import { OperationForm } from './operation-form';
import { TryPanel } from './try-panel';

/** Where an ISP's technician describes a system that Hilo does not know, and tries each operation of it. */
@Component({
  selector: 'integrations-description',
  imports: [AccessForm, Failed, Icon, MapForm, OperationForm, SaveBar, SettingsPage, Skeleton, TryPanel],
  templateUrl: './description-page.html',
  styleUrls: ['./forms.css', './description-page.css'],
})
export class DescriptionPage implements Unsaved {
  readonly #api = inject(DescriptionsApi);
  readonly #confirm = inject(Confirm);
  readonly #toasts = inject(Toasts);
  readonly #document = inject(DOCUMENT);
  protected readonly text = injectDescriptionText();
  protected readonly read = injectLive(() => this.#read(), () => false);
  protected readonly language = computed(() => this.read.value()?.language);
  protected readonly draft = injectDraft(this.read, (read) => read?.saved.description ?? emptyDraft, (now, saved) => (JSON.stringify(now) === JSON.stringify(saved) ? [] : ['changed' as const]));
  protected readonly hasSecret = computed(() => this.read.value()?.saved.hasSecret ?? false);
  protected readonly url = linkedSignal(() => this.read.value()?.saved.url ?? '');
  protected readonly secret = signal('');
  protected readonly chosen = signal('findByPhone');
  readonly #check = resource({ params: () => (this.language() ? this.draft.value() : undefined), loader: ({ params }) => this.#api.check(params) });
  readonly #problems = linkedSignal<readonly { at: string; code: string }[] | undefined, readonly { at: string; code: string }[]>({
    source: () => (this.#check.hasValue() ? this.#check.value().problems : undefined), computation: (now, before) => now ?? before?.value ?? [],
  });
  protected readonly problems = computed(() => this.#problems().map(({ at, code }) => this.#problemWords(at, code)));
  protected readonly isEmpty = computed(() => Object.keys(this.draft.value().operations).length === 0);
  protected readonly changes = computed(() => this.draft.changed().map((part) => this.text(part)));
  protected readonly facts = computed(() => this.language()?.operations.find(({ name }) => name === this.chosen()));
  protected readonly operation = computed(() => this.draft.value().operations[this.chosen()]);
  protected readonly entities = computed(() => {
    const entity = this.facts()?.entity;
    const wanted: readonly (string | undefined)[] = entity === 'customer' ? ['customer', 'service'] : [entity];
    return (this.language()?.entities ?? []).filter(({ name }) => wanted.includes(name));
  });

  constructor() {
    warnBeforeUnload(this);
  }

  isChanged(): boolean {
    return this.draft.isChanged();
  }

  protected nameOf(operation: string): string {
    return this.text(`op.${operation}` as TextKey);
  }

  protected stateOf(operation: string): 'off' | 'wrong' | 'on' {
    if (!this.draft.value().operations[operation]) return 'off';
    return this.#problems().some(({ at }) => at === `operations.${operation}` || at.startsWith(`operations.${operation}.`)) ? 'wrong' : 'on';
  }

  protected choose(operation: string): void {
    this.chosen.set(operation);
    this.#document.getElementById('description-operation')?.focus();
  }

  protected change(part: Partial<Description>): void {
    this.draft.value.update((draft) => ({ ...draft, ...part }));
  }

  protected putOperation(operation: DescribedOperation | undefined): void {
    this.draft.value.update((draft) => withOperation(draft, this.chosen(), operation));
  }

  protected describe(): void {
    this.putOperation({ method: this.facts()?.changes ? 'POST' : 'GET', path: '/' });
  }

  protected putField(entity: string, { field, value }: { field: string; value: Description['map'][string][string] | undefined }): void {
    this.draft.value.update((draft) => withField(draft, entity, field, value));
  }

  protected async begin(select: HTMLSelectElement): Promise<void> {
    const preset = this.language()?.presets.find(({ id }) => id === select.value);
    select.value = '';
    if (!preset || !(await this.#mayReplace())) return;
    this.#load(preset.description);
    if (preset.url && this.url() === '') this.url.set(preset.url);
  }

  protected async import(files: HTMLInputElement): Promise<void> {
    const file = files.files?.[0];
    files.value = '';
    if (!file || !(await this.#mayReplace())) return;
    const draft = file.size < 1_000_000 ? importedDraft(await file.text()) : undefined;
    if (draft) this.#load(draft);
    else this.#toasts.show({ icon: 'alert', words: this.text('import.wrong') });
  }

  protected export(): void {
    const link = this.#document.createElement('a');
    link.href = URL.createObjectURL(new Blob([JSON.stringify(this.draft.value(), null, 2)], { type: 'application/json' }));
    link.download = `${this.draft.value().name.replace(/[^\p{L}\p{N}]+/gu, '-')}.json`;
    link.click();
    URL.revokeObjectURL(link.href);
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    const isSaved = await this.draft.save(async (draft) => {
      await this.#api.save(draft);
      return this.#read();
    });
    if (isSaved) this.#toasts.show({ icon: 'check', words: this.text('saved') });
  }

  async #read() {
    return { language: await this.#api.language(), saved: await this.#api.saved() };
  }

  #load(description: Description): void {
    this.draft.value.set(description);
    this.chosen.set(Object.keys(description.operations)[0] ?? 'findByPhone');
    this.#toasts.show({ icon: 'info', words: this.text('import.done', { name: description.name }) });
  }

  async #mayReplace(): Promise<boolean> {
    if (!this.isChanged()) return true;
    return this.#confirm.ask({ title: this.text('start.replace'), consequences: [{ icon: 'alert', words: this.text('start.replace.lost') }], action: this.text('start.replace.yes'), danger: true });
  }

  /** "Registrar un pago · path: la ruta empieza con una sola barra" */
  #problemWords(at: string, code: string): string {
    const [part = '', name = '', ...rest] = at.split('.');
    const key = (words: string) => (words in es ? this.text(words as TextKey, { needs: this.#needsOf(name) }) : undefined);
    const place = part === 'operations' ? [key(`op.${name}`) ?? name, ...rest] : part === 'map' ? [key(`entity.${name}`) ?? name, ...rest] : [part, name, ...rest];
    return this.text('problem', { place: place.filter((one) => one !== '').join(' · '), what: key(`code.${code}`) ?? this.text('code.other') });
  }

  #needsOf(name: string): string {
    return (this.language()?.operations.find((one) => one.name === name)?.needs ?? []).map((one) => this.nameOf(one)).join(', ');
  }
}
