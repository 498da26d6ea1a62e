import { Component, computed, inject, signal } from '@angular/core';
import { Icon } from '../../shared/icons/icon';
import { initialsOf, showNumber } from '../customers/phone-number';
import { injectText } from '../i18n/inject-text';
import { Toasts } from '../layout/toast';
import { SimulatorApi } from '../simulator/simulator-api';
import { World } from '../simulator/world';
import { statusColours } from './colours';
import { StatusRing } from './status-ring';
import { StatusViewer } from './status-viewer';
import { Statuses } from './statuses';

/** The screen "Estados" of the customer's phone: whose there are, with what was not seen yet; and a place to post one's own. */
@Component({
  selector: 'phone-status-screen',
  imports: [Icon, StatusRing, StatusViewer],
  templateUrl: './status-screen.html',
  styleUrl: './status-screen.css',
})
export class StatusScreen {
  readonly #api = inject(SimulatorApi);
  readonly #toasts = inject(Toasts);
  protected readonly statuses = inject(Statuses);
  protected readonly world = inject(World);
  protected readonly text = injectText();
  protected readonly initials = initialsOf;
  protected readonly colours = statusColours;
  protected readonly written = signal('');
  protected readonly colour = signal<string>(statusColours[0]);
  /** Whose statuses are looked at. */
  protected readonly opened = signal<string | undefined>(undefined);

  protected readonly viewed = computed(() => this.statuses.byBusiness().find(({ account }) => account === this.opened()));
  protected readonly business = computed(() => {
    const account = this.world.account();
    return account ? (account.name ?? showNumber(account.number)) : '';
  });

  protected async post(event: Event): Promise<void> {
    event.preventDefault();
    const [person, account, text] = [this.world.person(), this.world.account(), this.written().trim()];
    if (!person || !account || !text) return;
    const status = { to: account.number, text, backgroundColor: this.colour() };
    if (!(await this.#toasts.attempt(this.#api.postStatus(person.number, status)))) return;
    this.written.set('');
    this.#toasts.show(this.text('status.posted', { name: this.business() }));
  }
}
