import { Component, type ElementRef, computed, inject, output, signal, viewChild } from '@angular/core';
import { Icon } from '../../shared/icons/icon';
import { injectReason } from '../i18n/inject-reason';
import { injectText } from '../i18n/inject-text';
import { SimulatorApi, SimulatorError } from '../simulator/simulator-api';
import { World } from '../simulator/world';
import { digitsOf, isPhoneNumber } from './phone-number';

/** The form that creates a customer, in a dialog. Emits the new one's number. */
@Component({
  selector: 'phone-new-customer',
  imports: [Icon],
  templateUrl: './new-customer.html',
  styles: `:host { display: contents; }`,
})
export class NewCustomer {
  readonly created = output<string>();
  readonly #api = inject(SimulatorApi);
  readonly #world = inject(World);
  readonly #reason = injectReason();
  private readonly dialogElement = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');
  protected readonly text = injectText();
  protected readonly name = signal('');
  protected readonly number = signal('');
  protected readonly hidePhone = signal(false);
  protected readonly ad = signal(false);
  /** Fields that the person has left: only those are judged while typing goes on. */
  protected readonly left = signal<ReadonlySet<'name' | 'number'>>(new Set());
  protected readonly refusal = signal<string | undefined>(undefined);

  protected readonly nameError = computed(() => (this.name().trim() ? undefined : this.text('person.name.missing')));
  protected readonly numberError = computed(() => {
    const digits = digitsOf(this.number());
    const taken = this.#world.people().find(({ number }) => number === digits) ?? this.#world.accounts().find(({ number }) => number === digits);
    if (taken) return this.text('person.number.taken', { name: taken.name ?? this.text('business.unnamed') });
    return isPhoneNumber(digits) ? undefined : this.text('person.number.wrong');
  });
  protected readonly shownNameError = computed(() => (this.left().has('name') ? this.nameError() : undefined));
  protected readonly shownNumberError = computed(() => (this.left().has('number') ? this.numberError() : undefined));

  open(): void {
    this.name.set('');
    this.number.set('');
    this.hidePhone.set(false);
    this.ad.set(false);
    this.left.set(new Set());
    this.refusal.set(undefined);
    this.dialogElement().nativeElement.showModal();
  }

  protected leave(field: 'name' | 'number'): void {
    this.left.update((left) => new Set([...left, field]));
  }

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    this.left.set(new Set(['name', 'number']));
    if (this.nameError() || this.numberError()) return;
    const number = digitsOf(this.number());
    try {
      await this.#api.savePerson(number, { name: this.name().trim(), hidePhone: this.hidePhone(), ad: this.ad() });
    } catch (error) {
      if (!(error instanceof SimulatorError)) throw error;
      this.refusal.set(this.#reason(error));
      return;
    }
    await this.#world.refresh();
    this.dialogElement().nativeElement.close();
    this.created.emit(number);
  }
}
