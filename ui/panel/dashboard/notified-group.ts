import { Component, computed, inject, input } from '@angular/core';
import { type Channel, ChannelsApi, type Group } from '../../shared/api/channels-api';
import { Attempts } from '../../shared/feedback/attempts';
import { Failed, Skeleton } from '../../shared/feedback/states';
import { Toasts } from '../../shared/feedback/toasts';
import { Icon } from '../../shared/icons/icon';
import { injectLive } from '../../shared/push/live-value';
import { injectDashboardText } from './i18n/inject-text';

/** Which WhatsApp group hears of a number's new tickets. Groups come and go on the phone, so that one may look again. */
@Component({
  selector: 'panel-notified-group',
  imports: [Failed, Icon, Skeleton],
  template: `
    <section class="card kpi" [attr.aria-labelledby]="id() + '-title'">
      <h2 class="kpi__label" [id]="id() + '-title'"><hilo-icon class="icon-16" name="users" />{{ text('group') }}@if (named()) {&ngsp;· {{ channel().name }}}</h2>
      @if (groups.value(); as all) {
        <div class="row">
          @if (all.length) {
            <div class="field">
              <label [for]="id()">{{ text('group.which') }}</label>
              <select #list class="input" [id]="id()" [attr.aria-describedby]="id() + '-how'" (change)="choose(list)">
                <option value="" [selected]="notified() === ''">{{ text('group.none') }}</option>
                @for (group of all; track group.id) {<option [value]="group.id" [selected]="group.notified">{{ text('group.members', { name: nameOf(group), count: group.members }) }}</option>}
              </select>
            </div>
          } @else {<p class="grow small">{{ text('group.in.none') }}</p>}
          <button type="button" class="btn btn--outline" [disabled]="groups.loading()" (click)="groups.reload()"><hilo-icon name="refresh" />{{ text('group.again') }}</button>
        </div>
        <p class="kpi__foot" [id]="id() + '-how'">{{ text('group.how') }}</p>
      } @else if (groups.problem(); as problem) {
        <hilo-failed [problem]="problem" (retry)="groups.reload()" />
      } @else {<hilo-skeleton [lines]="2" />}
    </section>
  `,
  styles: `
    :host { display: block; min-width: 0; }
    .row { display: flex; flex-wrap: wrap; gap: 8px; align-items: flex-end; }
    .field { flex: 1 1 220px; max-width: 480px; }
    select { width: 100%; }
  `,
})
export class NotifiedGroup {
  readonly channel = input.required<Channel>();
  /** Whether the card says which number it is of: there are several. */
  readonly named = input(false);
  readonly #api = inject(ChannelsApi);
  readonly #attempts = inject(Attempts);
  readonly #toasts = inject(Toasts);
  protected readonly text = injectDashboardText();
  readonly #channelId = computed(() => this.channel().id);
  protected readonly id = computed(() => `notified-group-${this.#channelId()}`);
  protected readonly groups = injectLive<readonly Group[]>(() => this.#api.groups(this.#channelId()), ({ topic }) => topic === 'channel');
  protected readonly notified = computed(() => this.groups.value()?.find(({ notified }) => notified)?.id ?? '');
  /** Choices are kept one after the other: the last one is what stays. */
  #keeping: Promise<unknown> = Promise.resolve();

  protected nameOf({ name }: Group): string {
    return name || this.text('group.unnamed');
  }

  /** Kept at once; what was refused goes back to what is. */
  protected choose(list: HTMLSelectElement): void {
    const chosen = this.groups.value()?.find(({ id }) => id === list.value);
    this.#keeping = this.#keeping.then(() => this.#keep(list, chosen));
  }

  async #keep(list: HTMLSelectElement, chosen: Group | undefined): Promise<void> {
    const kept = await this.#attempts.run(this.#api.notifyGroup(this.#channelId(), chosen?.id ?? null));
    if (!kept) return void (list.value = this.notified());
    this.groups.change(() => kept.done);
    this.#toasts.show({ icon: 'check', words: chosen ? this.text('group.saved', { name: this.nameOf(chosen) }) : this.text('group.saved.none') });
  }
}
