import { Component, computed, inject, input } from '@angular/core';
import { ContactsApi, type ContactMerge } from '../../../shared/api/contacts-api';
import { Attempts } from '../../../shared/feedback/attempts';
import { Confirm } from '../../../shared/feedback/confirm';
import { Toasts } from '../../../shared/feedback/toasts';
import { Icon } from '../../../shared/icons/icon';
import { injectLive } from '../../../shared/push/live-value';
import { CurrentSession } from '../../../shared/session/current-session';
import { Moments } from '../../../shared/time/moments';
import { injectOmniText } from '../i18n/inject-text';
import { OpenTicket } from '../tickets/open-ticket';
import { PhoneNumbers } from './phone-numbers';

/** With whom this contact was merged, for those who may take them apart. Nothing where nobody was. */
@Component({
  selector: 'panel-contact-merges',
  imports: [Icon],
  template: `
    @if (merges().length) {
      <section>
        <h3>{{ text('merges') }}</h3>
        <ul class="lines">
          @for (merge of merges(); track merge.id) {
            <li>
              <span class="icon-16"><hilo-icon name="user" /></span>
              <span class="grow"><b class="ellip">{{ text('merges.with', { name: nameOf(merge) }) }}</b><span class="caption">{{ text(reasons[merge.reason]) }} · {{ moments.day(merge.at) }}@if (merge.by; as by) { · {{ by.name }}}</span></span>
              <button type="button" class="btn btn--text btn--sm" [attr.aria-label]="text('merges.undo.of', { name: nameOf(merge) })" (click)="undo(merge)">{{ text('merges.undo') }}</button>
            </li>
          }
        </ul>
      </section>
    }
  `,
  styles: `
    :host { display: contents; }
    h3 { font: var(--hilo-label-sm); color: var(--hilo-on-surface-variant); margin-bottom: 6px; }
    .lines { border: 1px solid var(--hilo-outline-variant); border-radius: 8px; }
    li { display: flex; align-items: center; gap: 10px; padding: 7px 8px 7px 12px; font: var(--hilo-body-sm); min-width: 0; }
    li + li { border-top: 1px solid var(--hilo-outline-variant); }
    li b { display: block; font: var(--hilo-label); }
    li .caption { display: block; }
    .grow { min-width: 0; }
  `,
})
export class ContactMerges {
  readonly contact = input.required<string>();
  readonly #api = inject(ContactsApi);
  readonly #session = inject(CurrentSession);
  readonly #confirm = inject(Confirm);
  readonly #attempts = inject(Attempts);
  readonly #toasts = inject(Toasts);
  readonly #open = inject(OpenTicket);
  readonly #phones = inject(PhoneNumbers);
  protected readonly moments = inject(Moments);
  protected readonly text = injectOmniText();
  protected readonly reasons = { envelope: 'merges.envelope', spelling: 'merges.spelling', 'by-hand': 'merges.byHand' } as const;
  /** Read again when the contact's ticket changes: who merged or parted them changed that, too. */
  readonly #live = injectLive<readonly ContactMerge[]>(
    async () => (this.#session.can('contacts.merge') ? this.#api.merges(this.contact()) : []),
    ({ topic, subject }) => topic === 'ticket' && subject === this.#open.item()?.id,
  );
  protected readonly merges = computed(() => this.#live.value()?.filter(({ undoneAt }) => undoneAt === undefined) ?? []);

  /** Whoever hides their number has none to be told by. */
  protected nameOf({ contact, addresses }: ContactMerge): string {
    const phone = addresses.find((address) => address.phone !== undefined)?.phone;
    const number = phone === undefined ? this.text('merges.hidden') : this.#phones.text(phone);
    return contact.name.startsWith('+') ? number : `${contact.name} (${number})`;
  }

  protected async undo(merge: ContactMerge): Promise<void> {
    const name = this.nameOf(merge);
    const wanted = await this.#confirm.ask({
      title: this.text('merges.ask', { name }),
      consequences: [{ icon: 'user', words: this.text('merges.ask.apart') }, { icon: 'rotate', words: this.text('merges.ask.messages') }],
      action: this.text('merges.ask.action'),
    });
    if (!wanted || !(await this.#attempts.run(this.#api.undo(merge.id)))) return;
    this.#toasts.show({ icon: 'check', words: this.text('merges.undone', { name }) });
    await this.#live.reload();
  }
}
