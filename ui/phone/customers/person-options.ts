import { Component, type ElementRef, computed, inject, viewChild } from '@angular/core';
import { Icon } from '../../shared/icons/icon';
import { Chat } from '../chat/chat';
import { Reading } from '../chat/reading';
import { injectText } from '../i18n/inject-text';
import { Toasts } from '../layout/toast';
import { SimulatorApi } from '../simulator/simulator-api';
import type { PersonSettings } from '../simulator/types';
import { World } from '../simulator/world';
import { newLid } from './new-lid';

/** What can be changed about the chosen customer: how the network names them, what their phone does. Each change counts at once. */
@Component({
  selector: 'phone-person-options',
  imports: [Icon],
  templateUrl: './person-options.html',
  styles: `
    :host { display: contents; }
    .entry { display: flex; align-items: center; gap: 12px; width: 100%; min-height: 44px; padding: 4px 8px; margin: 0 -8px; border-radius: var(--hilo-radius-sm); font: var(--hilo-body-sm); }
    .entry:hover { background: var(--hilo-hover); }
    .check { min-height: 32px; }
  `,
})
export class PersonOptions {
  readonly #api = inject(SimulatorApi);
  readonly #toasts = inject(Toasts);
  readonly #reading = inject(Reading);
  readonly #world = inject(World);
  readonly #chat = inject(Chat);
  private readonly dialogElement = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');
  protected readonly text = injectText();
  protected readonly person = this.#world.person;
  protected readonly group = this.#world.group;
  protected readonly reads = computed(() => {
    const pair = this.#chat.pair();
    return pair === undefined || this.#reading.isOn(pair);
  });

  open(): void {
    this.dialogElement().nativeElement.showModal();
  }

  protected async read(on: boolean): Promise<void> {
    const pair = this.#chat.pair();
    if (pair) await this.#reading.set(pair, on);
  }

  protected async change(change: Partial<PersonSettings>): Promise<void> {
    const person = this.person();
    if (person) await this.#done(this.#api.savePerson(person.number, { name: person.name, ...change }));
  }

  protected async changeLid(): Promise<void> {
    await this.change({ lid: newLid() });
    this.#close(this.text('options.lid.done', { name: this.person()?.name ?? '' }));
  }

  protected async reinstall(): Promise<void> {
    const person = this.person();
    if (person && (await this.#done(this.#api.reinstall(person.number)))) this.#close(this.text('options.reinstall.done', { name: person.name }));
  }

  protected async call(video: boolean): Promise<void> {
    const pair = this.#chat.pair();
    if (pair) await this.#done(this.#api.call(pair.person, { to: pair.account, video }));
    this.dialogElement().nativeElement.close();
  }

  async #done(call: Promise<unknown>): Promise<boolean> {
    const worked = await this.#toasts.attempt(call);
    await this.#world.refresh();
    return worked;
  }

  #close(sentence: string): void {
    this.dialogElement().nativeElement.close();
    this.#toasts.show(sentence);
  }
}
