import { Component, computed, inject, input, output, signal } from '@angular/core';
import type { Receipt, ReceiptComparison, ReceiptCorrection } from '../../shared/api/receipts-api';
import { Icon } from '../../shared/icons/icon';
import { amountOf, typedAmount } from '../customers/amounts';
import { BookFormat } from '../customers/book-format';
import { injectReceiptText } from './i18n/inject-text';
import { type Field, fieldOf, fields, readingOf, verdictLook } from './words';

/** What was read, how surely, what each was held against; each can be set right in its place. */
@Component({
  selector: 'receipts-fields',
  imports: [Icon],
  template: `
    <ul>
      @for (row of rows(); track row.field) {
        <li>
          <b class="ref" aria-hidden="true">{{ row.number }}</b>
          <div class="grow">
            <span class="caption">{{ text(row.label) }}</span>
            @if (editing() === row.field) {
              <form (submit)="save($event, row.field, box.value)">
                <input #box class="input input--sm" autocomplete="off" [type]="row.field === 'paidOn' ? 'date' : 'text'" [value]="row.typed" [attr.aria-label]="text(row.label)" [attr.aria-invalid]="wrong() ? 'true' : null" (keydown.escape)="editing.set(undefined)">
                @if (wrong()) {<p class="field__error" role="alert">{{ text(row.field === 'amount' ? 'amount.wrong' : 'value.wrong') }}</p>}
                <div class="row"><button type="submit" class="btn btn--primary btn--sm">{{ text('save') }}</button><button type="button" class="btn btn--text btn--sm" (click)="editing.set(undefined)">{{ text('cancel') }}</button></div>
              </form>
            } @else {
              <div class="val num"><span>{{ row.value || '—' }}</span>@if (canCorrect()) {<button type="button" class="iconbtn iconbtn--sm" [attr.aria-label]="text('correct', { field: text(row.label) })" (click)="edit(row.field)"><hilo-icon class="icon-14" name="pencil" /></button>}</div>
            }
            @for (one of row.found; track one.code) {<span class="cmp" [class]="look[one.verdict].tone"><hilo-icon class="icon-14" [name]="look[one.verdict].icon" />{{ wordsOf(one) }}</span>}
            @if (row.isCorrected) {<span class="cmp is-none"><hilo-icon class="icon-14" name="pencil" />{{ text('corrected') }}</span>}
          </div>
          @if (row.percent !== undefined) {<div class="cf"><span class="conf" [class.is-mid]="row.percent < 90" [class.is-low]="row.percent < 60" aria-hidden="true"><i [style.width.%]="row.percent"></i></span><span class="num caption" [title]="text('confidence', { percent: row.percent })">{{ row.percent }} %</span></div>}
        </li>
      }
    </ul>
    @if (others().length > 0) {<h3>{{ text('others') }}</h3>@for (one of others(); track one.code) {<p class="cmp" [class]="look[one.verdict].tone"><hilo-icon class="icon-14" [name]="look[one.verdict].icon" />{{ wordsOf(one) }}</p>}}
  `,
  styles: `
    li { display: flex; gap: 12px; padding: 8px 0; border-top: 1px solid var(--hilo-outline-variant); } li:first-child { border: 0; }
    .ref { width: 20px; height: 20px; border-radius: 5px; background: var(--hilo-primary); color: var(--hilo-on-primary); font: 600 11px/20px var(--hilo-font); text-align: center; flex: none; margin-top: 2px; }
    .val { display: flex; align-items: center; gap: 4px; font: var(--hilo-title-sm); min-height: 28px; overflow-wrap: anywhere; }
    form { display: flex; flex-direction: column; gap: 6px; padding: 4px 0; }
    .cmp { display: flex; gap: 6px; font: var(--hilo-caption); } .is-ok { color: var(--hilo-success); } .is-warn { color: var(--hilo-warning); } .is-bad { color: var(--hilo-error); } .is-none { color: var(--hilo-on-surface-variant); }
    .cf { display: flex; flex-direction: column; align-items: flex-end; gap: 2px; width: 56px; flex: none; padding-top: 4px; }
    .conf { display: block; width: 56px; height: 4px; border-radius: 2px; background: var(--hilo-surface-container-high); } .conf i { display: block; height: 4px; border-radius: 2px; background: var(--hilo-chart-1); }
    .conf.is-mid i { background: var(--hilo-chart-3); } .conf.is-low i { background: var(--hilo-chart-6); }
    h3 { font: var(--hilo-label-sm); color: var(--hilo-on-surface-variant); margin: 12px 0 6px; }
  `,
})
export class ReceiptFields {
  readonly receipt = input.required<Receipt>();
  readonly canCorrect = input.required<boolean>();
  readonly corrected = output<ReceiptCorrection>();
  readonly #format = inject(BookFormat);
  protected readonly text = injectReceiptText();
  protected readonly look = verdictLook;
  protected readonly editing = signal<Field | undefined>(undefined);
  protected readonly wrong = signal(false);
  protected readonly others = computed(() => this.receipt().comparisons.filter(({ code }) => fieldOf(code) === undefined));
  protected readonly rows = computed(() => fields.map((field, at) => {
    const { read, corrected, comparisons } = this.receipt();
    const sure = read?.confidence[readingOf[field]];
    return {
      field, number: at + 1, label: `field.${field}` as const, ...this.#valueOf(field), found: comparisons.filter(({ code }) => fieldOf(code) === field), isCorrected: corrected.includes(field),
      percent: sure === undefined || corrected.includes(field) ? undefined : Math.round(sure * 100),
    };
  }));

  #valueOf(field: Field): { value: string; typed: string } {
    const { read } = this.receipt();
    const same = (value = '') => ({ value, typed: value });
    switch (field) {
      case 'amount':
        return read?.amount ? { value: this.#format.money(read.amount.amount, read.amount.currency), typed: typedAmount(read.amount.amount) } : same();
      case 'paidOn':
        return read?.paidAt ? { value: [this.#format.day(read.paidAt.on), read.paidAt.at].filter(Boolean).join(', '), typed: read.paidAt.on } : same();
      case 'beneficiaryName':
        return same(read?.beneficiary.name);
      case 'beneficiaryAccount':
        return same(read?.beneficiary.account ?? read?.beneficiary.alias);
      case 'payerName':
        return same(read?.payer.name);
      case 'reference':
        return same(read?.references[0]?.value);
    }
  }

  protected wordsOf({ code }: ReceiptComparison): string {
    const { invoiceNumber, ownAccount } = this.receipt();
    const said = this.text(`code.${code}`);
    if (code === 'amount-equals-invoice' && invoiceNumber) return `${said} · ${this.text('invoice.paid', { number: invoiceNumber })}`;
    return code === 'account-own' && ownAccount ? `${said} · ${ownAccount}` : said;
  }

  protected edit(field: Field): void {
    this.wrong.set(false);
    this.editing.set(field);
  }

  protected save(event: Event, field: Field, typed: string): void {
    event.preventDefault();
    const value = field === 'amount' ? amountOf(typed) : typed.trim();
    this.wrong.set(!value);
    if (!value) return;
    this.editing.set(undefined);
    this.corrected.emit({ [field]: value });
  }
}
