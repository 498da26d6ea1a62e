import { type CdkDragDrop, DragDropModule } from '@angular/cdk/drag-drop';
import { Component, computed, inject } from '@angular/core';
import { type CustomerField, SettingsApi } from '../../../shared/api/settings-api';
import { Failed, Skeleton } from '../../../shared/feedback/states';
import { Toasts } from '../../../shared/feedback/toasts';
import { type Unsaved, warnBeforeUnload } from '../../../shared/forms/leave-guard';
import { injectDraft } from '../../../shared/forms/live-draft';
import { SaveBar } from '../../../shared/forms/save-bar';
import { Icon } from '../../../shared/icons/icon';
import { injectLive } from '../../../shared/push/live-value';
import { SettingsPage } from '../settings-page';
import { type ArrangedGroup, arrangementOf, changesOf, layoutOf, moved } from './arrangement';
import { injectFieldsText } from './i18n/inject-text';

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
  protected readonly text = injectFieldsText();
  protected readonly fields = injectLive(() => this.#api.customerFields(), ({ topic }) => topic === 'company');
  protected readonly draft = injectDraft(this.fields, (read) => (read ? arrangementOf(read) : []), (now, saved) => {
    const { order, groups } = changesOf(layoutOf(now), layoutOf(saved));
    return [...(order ? ['order' as const] : []), ...groups.map((group) => `group.${group}` as const)];
  });
  protected readonly shown = computed(() => layoutOf(this.draft.value()).filter(({ fields }) => fields.length > 0));
  protected readonly changes = computed(() => this.draft.changed().map((part) => this.text(part)));

  constructor() {
    warnBeforeUnload(this);
  }

  isChanged(): boolean {
    return this.draft.isChanged();
  }

  protected isFixed(field: CustomerField): boolean {
    return this.fields.value()?.fixed.includes(field) ?? false;
  }

  protected moveGroup(from: number, to: number): void {
    this.draft.value.update((groups) => moved(groups, from, to));
  }

  protected moveField(group: number, from: number, to: number): void {
    this.#inGroup(group, (fields) => moved(fields, from, to));
  }

  protected show(group: number, field: CustomerField, shown: boolean): void {
    this.#inGroup(group, (fields) => fields.map((one) => (one.field === field ? { field, shown } : one)));
  }

  #inGroup(index: number, change: (fields: ArrangedGroup['fields']) => ArrangedGroup['fields']): void {
    this.draft.value.update((groups) => groups.map((one, i) => (i === index ? { ...one, fields: change(one.fields) } : one)));
  }

  protected droppedGroup({ previousIndex, currentIndex }: CdkDragDrop<unknown>): void {
    this.moveGroup(previousIndex, currentIndex);
  }

  protected droppedField(group: number, { previousIndex, currentIndex }: CdkDragDrop<unknown>): void {
    this.moveField(group, previousIndex, currentIndex);
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    if (await this.draft.save((groups) => this.#api.saveCustomerFields(layoutOf(groups)))) this.#toasts.show({ icon: 'check', words: this.text('saved') });
  }
}
