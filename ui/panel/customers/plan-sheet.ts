import { Component, inject, input, linkedSignal, signal } from '@angular/core';
import { form, required, submit, validate } from '@angular/forms/signals';
import { Router } from '@angular/router';
import { type BookPlan, CustomersApi } from '../../shared/api/customers-api';
import { ApiProblem } from '../../shared/api/problem';
import { injectProblemText } from '../../shared/feedback/inject-problem';
import { injectSharedText } from '../../shared/feedback/inject-text';
import { Toasts } from '../../shared/feedback/toasts';
import { formPieces } from '../../shared/forms/field';
import { type Unsaved, warnBeforeUnload } from '../../shared/forms/leave-guard';
import { SideSheet } from '../../shared/list/side-sheet';
import { amountOf, typedAmount } from './amounts';
import { injectBookText } from './i18n/inject-text';

interface Draft {
  name: string;
  down: string;
  up: string;
  price: string;
  description: string;
  active: boolean;
}

const draftOf = (plan: BookPlan | undefined): Draft => ({
  name: plan?.name ?? '', down: plan ? String(plan.downMbps) : '', up: plan ? String(plan.upMbps) : '', price: plan ? typedAmount(plan.price) : '', description: plan?.description ?? '', active: plan?.active ?? true,
});
const isSpeed = (typed: string): boolean => /^\d{0,6}$/u.test(typed.trim()) && Number(typed) <= 100_000;

/** A new plan, or another price or speed of one. */
@Component({
  selector: 'customers-plan-sheet',
  imports: [...formPieces, SideSheet],
  template: `
    <hilo-side-sheet [title]="id() === 'new' ? text('plan.new') : (plan()?.name ?? '')" (closed)="close()">
      @if (id() === 'new' || plan()) {
        <form class="whole" novalidate (submit)="save($event)">
          <div class="side__body form">
            <hilo-field [of]="form.name" [label]="text('name')"><input class="input" autocomplete="off" [formField]="form.name"></hilo-field>
            <hilo-field [of]="form.price" [label]="text('price')" [help]="text('price.help')"><input class="input" inputmode="decimal" autocomplete="off" [formField]="form.price"></hilo-field>
            <hilo-field [of]="form.down" [label]="text('down')"><input class="input" inputmode="numeric" autocomplete="off" [formField]="form.down"></hilo-field>
            <hilo-field [of]="form.up" [label]="text('up')"><input class="input" inputmode="numeric" autocomplete="off" [formField]="form.up"></hilo-field>
            <hilo-field [of]="form.description" [label]="text('description')"><input class="input" autocomplete="off" [formField]="form.description"></hilo-field>
            <label class="check"><input type="checkbox" [formField]="form.active">{{ text('plan.onSale') }}</label>
          </div>
          <div class="side__foot">
            <button type="button" class="btn btn--text" (click)="close()">{{ shared('action.cancel') }}</button>
            <button type="submit" class="btn btn--primary" [disabled]="form().submitting()">{{ shared('action.save') }}</button>
          </div>
        </form>
      }
    </hilo-side-sheet>
  `,
  styleUrl: '../people/sheet.css',
})
export class PlanSheet implements Unsaved {
  /** Of the plan, or `new`. */
  readonly id = input.required<string>();
  readonly #api = inject(CustomersApi);
  readonly #router = inject(Router);
  readonly #toasts = inject(Toasts);
  readonly #problemText = injectProblemText();
  protected readonly text = injectBookText();
  protected readonly shared = injectSharedText();
  protected readonly plan = signal<BookPlan | undefined>(undefined);
  protected readonly draft = linkedSignal<Draft>(() => draftOf(this.plan()));
  protected readonly form = form(this.draft, (path) => {
    required(path.name, { message: () => this.text('name.missing') });
    validate(path.price, ({ value }) => (amountOf(value()) ? undefined : { kind: 'amount', message: this.text('amount.wrong') }));
    validate(path.down, ({ value }) => (isSpeed(value()) ? undefined : { kind: 'speed', message: this.text('speed.wrong') }));
    validate(path.up, ({ value }) => (isSpeed(value()) ? undefined : { kind: 'speed', message: this.text('speed.wrong') }));
  });
  #isDone = false;

  constructor() {
    warnBeforeUnload(this);
    queueMicrotask(() => void this.#load());
  }

  async #load(): Promise<void> {
    if (this.id() !== 'new') this.plan.set((await this.#api.plans()).find(({ id }) => id === this.id()));
  }

  isChanged(): boolean {
    return !this.#isDone && JSON.stringify(this.draft()) !== JSON.stringify(draftOf(this.plan()));
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    await submit(this.form, async (field) => {
      try {
        const { down, up, price, ...rest } = this.draft();
        const body = { ...rest, price: amountOf(price)!, downMbps: Number(down), upMbps: Number(up) };
        const plan = this.plan();
        await (plan ? this.#api.changePlan(plan.id, { ...body, version: plan.version }) : this.#api.createPlan(body));
        this.#isDone = true;
        this.#toasts.show({ icon: 'check', words: this.text('saved') });
        this.close();
        return undefined;
      } catch (error) {
        if (!(error instanceof ApiProblem)) throw error;
        return { kind: 'server', message: this.#problemText(error), fieldTree: field.name };
      }
    });
  }

  protected close(): void {
    void this.#router.navigate(['/customers/plans']);
  }
}
