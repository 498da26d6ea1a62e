import { Component, computed, effect, inject, input, signal, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import { type Receipt, type ReceiptCorrection, type ReceiptOutlook, type ReceiptPayment, type Resolution, ReceiptsApi } from '../../shared/api/receipts-api';
import { Attempts } from '../../shared/feedback/attempts';
import { Failed, Skeleton } from '../../shared/feedback/states';
import { Toasts } from '../../shared/feedback/toasts';
import { Reasons } from '../../shared/feedback/reason-dialog';
import { Icon } from '../../shared/icons/icon';
import { injectLive } from '../../shared/push/live-value';
import { CurrentSession } from '../../shared/session/current-session';
import { Moments } from '../../shared/time/moments';
import { BookFormat } from '../customers/book-format';
import { CustomerChoice } from './customer-choice';
import { injectReceiptText } from './i18n/inject-text';
import { ReceiptFields } from './receipt-fields';
import { ReceiptList } from './receipt-list';
import { ReceiptPicture, type Zooming } from './receipt-picture';
import { isRepeated } from './words';

export type Decision = 'approve' | 'reject' | 'ask-another';
const decided: readonly Receipt['state'][] = ['accepted', 'rejected', 'other'];

/** One receipt: its picture, what was read of it, what speaks for and against it, and what somebody decides. */
@Component({
  selector: 'receipts-detail',
  imports: [CustomerChoice, Failed, Icon, ReceiptFields, ReceiptPicture, RouterLink, Skeleton],
  templateUrl: './receipt-detail.html',
  styleUrl: './receipt-detail.css',
})
export class ReceiptDetail {
  readonly id = input.required<string>();
  readonly #api = inject(ReceiptsApi);
  readonly #list = inject(ReceiptList);
  readonly #attempts = inject(Attempts);
  readonly #toasts = inject(Toasts);
  readonly #reasons = inject(Reasons);
  protected readonly session = inject(CurrentSession);
  protected readonly moments = inject(Moments);
  protected readonly format = inject(BookFormat);
  protected readonly text = injectReceiptText();
  protected readonly picture = viewChild(ReceiptPicture);
  /** It was opened from a table, to which there is a way back. */
  protected readonly isOfHistory = this.#list.isHistory;
  protected readonly choosing = signal(false);
  protected readonly busy = signal(false);
  protected readonly live = injectLive(() => this.#api.read(this.id()), ({ topic, subject }) => topic === 'settlement' || (topic === 'receipt' && subject === this.id()));
  /** Of this one: the value of the one before stays until the answer comes. */
  protected readonly receipt = computed((): Receipt | undefined => (this.live.value()?.id === this.id() ? this.live.value() : undefined));
  readonly #outlook = signal<{ readonly of: string; readonly says: ReceiptOutlook } | undefined>(undefined);
  protected readonly outlook = computed(() => (this.#outlook()?.of === this.id() ? this.#outlook()!.says : undefined));
  /** What it is asked by: whose it is, while it is open. */
  readonly #asked = computed(() => {
    const receipt = this.receipt();
    return receipt && receipt.state !== 'accepted' ? `${receipt.id}/${receipt.customer ?? ''}` : undefined;
  });
  protected readonly can = computed(() => {
    const state = this.receipt()?.state;
    const may = this.session.can('receipts.decide') && state !== undefined && state !== 'reading';
    return { approve: may && state !== 'accepted', reject: may && state !== 'rejected', 'ask-another': may && state !== 'accepted', correct: may && state !== 'accepted' };
  });

  constructor() {
    effect(() => {
      this.id();
      this.choosing.set(false);
    });
    effect(() => void this.#ask(this.#asked()));
  }

  async #ask(asked: string | undefined): Promise<void> {
    if (asked === undefined) return;
    const of = asked.split('/')[0]!;
    const answer = await this.#attempts.run(this.#api.outlook(of));
    if (answer && this.#asked() === asked) this.#outlook.set({ of, says: answer.done });
  }

  protected verdict({ state, reasons, fault }: Receipt): string {
    if (state !== 'review') return this.text(`verdict.${state}`);
    const why = fault ? this.text('verdict.fault') : reasons[0] ? this.text(`code.${reasons[0]}`).toLocaleLowerCase() : this.text('verdict.plain');
    return this.text('verdict.review', { why });
  }

  protected decidedBy({ decided: by }: Receipt): string {
    if (by?.by === 'policy') return this.text('verdict.policy');
    return by?.name ? this.text('verdict.person', { name: by.name }) : this.text('verdict.someone');
  }

  protected stepTone(state: ReceiptPayment['steps'][number]['state']): string {
    if (state === 'done' || state === 'already') return 'is-done';
    return state === 'failed' || state === 'unknown' ? 'is-bad' : state === 'pending' || state === 'waiting' ? 'is-now' : '';
  }

  /** Asks why where a reason is due, decides, and goes to the next one. */
  async decide(decision: Decision): Promise<void> {
    const receipt = this.receipt();
    if (!receipt || !this.can()[decision] || this.busy()) return;
    const why = await this.#reason(decision, receipt);
    if (why === undefined) return;
    const next = this.#list.beside(receipt.id, 1) ?? this.#list.beside(receipt.id, -1);
    this.busy.set(true);
    const done = await this.#attempts.run(this.#send(decision, receipt, why));
    this.busy.set(false);
    if (!done) return void this.live.reload();
    this.#toasts.show({ icon: decision === 'approve' ? 'check' : decision === 'reject' ? 'x' : 'reply', words: this.text(`done.${decision}`) });
    void this.#list.live.reload();
    if (this.#list.filter() === 'review' && this.id() === receipt.id) this.#list.open(next);
    else void this.live.reload();
  }

  #send(decision: Decision, receipt: Receipt, why: string): Promise<Receipt> {
    if (decision === 'approve') return this.#api.approve(receipt.id, why, isRepeated(receipt));
    return decision === 'reject' ? this.#api.reject(receipt.id, why) : this.#api.askAnother(receipt.id, why);
  }

  /** '' where none is due; undefined: they would rather not. */
  async #reason(decision: Decision, receipt: Receipt): Promise<string | undefined> {
    const action = this.text(decision);
    if (decision === 'approve') {
      const [repeated, overrules] = [isRepeated(receipt), decided.includes(receipt.state)];
      if (!repeated && !overrules) return '';
      const help = [...(repeated ? [this.text('approve.help')] : []), this.text('why.kept')];
      return this.#reasons.ask({ title: this.text(repeated ? 'approve.title' : 'approve.overrule'), help, action, danger: repeated, longest: 500 });
    }
    if (decision === 'ask-another') {
      const usual = [this.text('another.blurred'), this.text('another.cut'), this.text('another.different')];
      return this.#reasons.ask({ title: this.text('another.title'), help: [this.text('why.told')], usual, action, danger: false, longest: 500 });
    }
    const { payment } = receipt;
    const undone = receipt.state === 'accepted' && payment ? [this.text('reject.undo', { rule: this.text(`rule.${payment.onRefusal}`) })] : [];
    return this.#reasons.ask({ title: this.text('reject.title'), help: [this.text('why.told'), ...undone], action, danger: true, longest: 500 });
  }

  /** What somebody may do about a payment that waits for a person. */
  protected resolutionsOf({ state }: ReceiptPayment): readonly Resolution[] {
    if (!this.session.can('receipts.decide')) return [];
    return state === 'stuck' ? ['retry', 'by-hand', 'give-up'] : state === 'kept' ? ['by-hand'] : [];
  }

  protected async resolve({ id }: ReceiptPayment, how: Resolution): Promise<void> {
    if (this.busy()) return;
    const why = await this.#reasons.ask({ title: this.text(`resolve.${how}`), help: [this.text(`resolve.${how}.help`), this.text('why.kept')], action: this.text(`resolve.${how}`), danger: how === 'give-up', longest: 500 });
    if (why === undefined) return;
    this.busy.set(true);
    await this.#attempts.run(this.#api.resolve(id, how, why));
    this.busy.set(false);
    await this.live.reload();
  }

  protected async correct(correction: ReceiptCorrection): Promise<void> {
    this.choosing.set(false);
    if (await this.#attempts.run(this.#api.correct(this.id(), correction))) this.#toasts.show({ icon: 'pencil', words: this.text('done.correct') });
    await this.live.reload();
  }

  zoom(how: Zooming): void {
    this.picture()?.change(how);
  }

  protected close(): void {
    this.#list.open(undefined);
  }
}
