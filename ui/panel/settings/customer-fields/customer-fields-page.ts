import { type CdkDragDrop, DragDropModule } from '@angular/cdk/drag-drop';
import { Component, computed, inject, linkedSignal, signal } from '@angular/core';
import { type CustomerField, type CustomerGroup, SettingsApi } from '../../../shared/api/settings-api';
import { ApiProblem } from '../../../shared/api/problem';
import { injectProblemText } from '../../../shared/feedback/inject-problem';
import { Failed, Skeleton } from '../../../shared/feedback/states';
import { Toasts } from '../../../shared/feedback/toasts';
import { type Unsaved, warnBeforeUnload } from '../../../shared/forms/leave-guard';
import { SaveBar } from '../../../shared/forms/save-bar';
import { Icon } from '../../../shared/icons/icon';
import { injectLive } from '../../../shared/push/live-value';
import { SettingsPage } from '../settings-page';
import { type ArrangedGroup, arrangementOf, changesOf, layoutOf, moved } from './arrangement';
import { injectFieldsText } from './i18n/inject-text';

interface Draft {
  readonly saved: readonly CustomerGroup[];
  readonly groups: readonly ArrangedGroup[];
}
const nothing: Draft = { saved: [], groups: [] };
const isChanged = ({ saved, groups }: Draft): boolean => {
  const { order, groups: inside } = changesOf(layoutOf(groups), saved);
  return order || inside.length > 0;
};

/** Info Cliente: what of a customer agents see beside the chat, dragged or moved by buttons, with how it will look. */
@Component({
  selector: 'settings-customer-fields',
  imports: [DragDropModule, Failed, Icon, SaveBar, SettingsPage, Skeleton],
  templateUrl: './customer-fields-page.html',
  styleUrl: './customer-fields-page.css',
})
export class CustomerFieldsPage implements Unsaved {
  readonly #api = inject(SettingsApi);
  readonly #toasts = inject(Toasts);
  readonly #problemText = injectProblemText();
  protected readonly text = injectFieldsText();
  protected readonly fields = injectLive(() => this.#api.customerFields(), ({ topic }) => topic === 'company');
  /** Follows the server only as long as nothing was changed here. */
  protected readonly draft = linkedSignal<ReturnType<typeof this.fields.value>, Draft>({
    source: this.fields.value,
    computation: (read, before) => (before && isChanged(before.value) ? before.value : read ? { saved: read.layout, groups: arrangementOf(read) } : nothing),
  });
  protected readonly shown = computed(() => layoutOf(this.draft().groups).filter(({ fields }) => fields.length > 0));
  protected readonly changes = computed(() => {
    const { order, groups } = changesOf(layoutOf(this.draft().groups), this.draft().saved);
    return [...(order ? [this.text('order')] : []), ...groups.map((group) => this.text(`group.${group}`))];
  });
  protected readonly saving = signal(false);
  /** Why the last attempt was refused; what is changed since may be right. */
  protected readonly problem = linkedSignal<unknown, string | undefined>({ source: this.draft, computation: () => undefined });

  constructor() {
    warnBeforeUnload(this);
  }

  isChanged(): boolean {
    return isChanged(this.draft());
  }

  protected isFixed(field: CustomerField): boolean {
    return this.fields.value()?.fixed.includes(field) ?? false;
  }

  protected moveGroup(from: number, to: number): void {
    this.draft.update((draft) => ({ ...draft, groups: moved(draft.groups, from, to) }));
  }

  protected moveField(group: number, from: number, to: number): void {
    this.#inGroup(group, (fields) => moved(fields, from, to));
  }

  protected show(group: number, field: CustomerField, shown: boolean): void {
    this.#inGroup(group, (fields) => fields.map((one) => (one.field === field ? { field, shown } : one)));
  }

  #inGroup(index: number, change: (fields: ArrangedGroup['fields']) => ArrangedGroup['fields']): void {
    this.draft.update((draft) => ({ ...draft, groups: draft.groups.map((one, i) => (i === index ? { ...one, fields: change(one.fields) } : one)) }));
  }

  protected droppedGroup({ previousIndex, currentIndex }: CdkDragDrop<unknown>): void {
    this.moveGroup(previousIndex, currentIndex);
  }

  protected droppedField(group: number, { previousIndex, currentIndex }: CdkDragDrop<unknown>): void {
    this.moveField(group, previousIndex, currentIndex);
  }

  protected discard(): void {
    const read = this.fields.value();
    this.problem.set(undefined);
    if (read) this.draft.set({ saved: read.layout, groups: arrangementOf(read) });
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    if (this.saving()) return;
    this.saving.set(true);
    this.problem.set(undefined);
    try {
      const saved = await this.#api.saveCustomerFields(layoutOf(this.draft().groups));
      this.draft.set({ saved: saved.layout, groups: arrangementOf(saved) });
      this.fields.change(() => saved);
      this.#toasts.show({ icon: 'check', words: this.text('saved') });
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.problem.set(this.#problemText(error));
    } finally {
      this.saving.set(false);
    }
  }
}
