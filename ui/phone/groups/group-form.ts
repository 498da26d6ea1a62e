import { Component, type ElementRef, computed, inject, output, signal, viewChild } from '@angular/core';
import { Icon } from '../../shared/icons/icon';
import { showNumber } from '../customers/phone-number';
import { injectReason } from '../i18n/inject-reason';
import { injectText } from '../i18n/inject-text';
import { SimulatorApi, SimulatorError } from '../simulator/simulator-api';
import type { Group } from '../simulator/types';
import { World } from '../simulator/world';

/** Makes a group, or changes one: its subject and who is in it. Emits it as it then is. */
@Component({
  selector: 'phone-group-form',
  imports: [Icon],
  templateUrl: './group-form.html',
  styles: `
    :host { display: contents; }
    .members { display: flex; flex-direction: column; gap: 4px; max-height: 240px; overflow: auto; padding: 4px; border: 0; }
    legend { font: var(--hilo-label); padding: 0; margin-bottom: 4px; }
  `,
})
export class GroupForm {
  readonly saved = output<Group>();
  readonly #api = inject(SimulatorApi);
  readonly #world = inject(World);
  readonly #reason = injectReason();
  private readonly dialogElement = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');
  protected readonly text = injectText();
  protected readonly group = signal<Group | undefined>(undefined);
  protected readonly subject = signal('');
  protected readonly chosen = signal<ReadonlySet<string>>(new Set());
  protected readonly tried = signal(false);
  protected readonly refusal = signal<string | undefined>(undefined);

  /** Customers first: the first member makes the group. */
  protected readonly candidates = computed(() => [
    ...this.#world.people().map(({ number, name }) => ({ number, name, isBusiness: false })),
    ...this.#world.accounts().map(({ number, name }) => ({ number, name: name ?? showNumber(number), isBusiness: true })),
  ]);
  protected readonly problem = computed(() => {
    if (!this.subject().trim()) return this.text('groups.subject.missing');
    const hasPerson = this.candidates().some(({ number, isBusiness }) => !isBusiness && this.chosen().has(number));
    return hasPerson ? undefined : this.text('groups.members.missing');
  });

  open(group?: Group): void {
    this.group.set(group);
    this.subject.set(group?.subject ?? '');
    this.chosen.set(new Set(group?.members.map(({ number }) => number) ?? this.#world.accounts().map(({ number }) => number)));
    this.tried.set(false);
    this.refusal.set(undefined);
    this.dialogElement().nativeElement.showModal();
  }

  protected choose(number: string, on: boolean): void {
    this.chosen.update((chosen) => new Set(on ? [...chosen, number] : [...chosen].filter((other) => other !== number)));
  }

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    this.tried.set(true);
    if (this.problem()) return;
    try {
      const saved = await this.#save();
      await this.#world.refresh();
      this.dialogElement().nativeElement.close();
      this.saved.emit(saved);
    } catch (error) {
      if (!(error instanceof SimulatorError)) throw error;
      this.refusal.set(this.#reason(error));
    }
  }

  #save(): Promise<Group> {
    const subject = this.subject().trim();
    const members = this.candidates().flatMap(({ number }) => (this.chosen().has(number) ? [number] : []));
    const group = this.group();
    if (!group) return this.#api.createGroup({ subject, members });
    const before = new Set(group.members.map(({ number }) => number));
    return this.#api.changeGroup(group.id, {
      subject,
      add: members.filter((number) => !before.has(number)),
      remove: [...before].filter((number) => !members.includes(number)),
    });
  }
}
