import { Component, Directive, computed, inject, input } from '@angular/core';
import { type FieldTree, FormField } from '@angular/forms/signals';
import { Icon } from '../icons/icon';

let created = 0;

/**
 * Label above, control in it, help under it, and the first error in words once the person has left the field:
 * `<hilo-field [of]="form.name" [label]="text('name')"><input class="input" [formField]="form.name"></hilo-field>`.
 */
@Component({
  selector: 'hilo-field',
  imports: [Icon],
  template: `
    <div class="field">
      <label [for]="id">{{ label() }}</label>
      <ng-content />
      @if (help()) {<p class="field__help" [id]="id + '-help'">{{ help() }}</p>}
      <p class="field__error" [id]="id + '-error'" aria-live="polite">@if (error(); as words) {<hilo-icon name="alert" />{{ words }}}</p>
    </div>
  `,
  styles: `:host { display: block; min-width: 0; } .field__error:empty { display: none; }`,
})
export class Field {
  readonly of = input.required<FieldTree<unknown>>();
  readonly label = input.required<string>();
  readonly help = input<string>();
  readonly id = `field-${++created}`;
  /** What is wrong, if the person has left the field and something is. */
  readonly error = computed(() => {
    const state = this.of()();
    return state.touched() ? state.errors()[0]?.message : undefined;
  });
  readonly describedBy = computed(() => (this.help() ? `${this.id}-help ${this.id}-error` : `${this.id}-error`));
}

/** Ties a control to the label, help and error of the field around it. */
@Directive({
  selector: 'input[formField], textarea[formField], select[formField]',
  host: {
    '[attr.id]': 'field?.id',
    '[attr.aria-describedby]': 'field?.describedBy()',
    '[attr.aria-invalid]': 'field?.error() ? "true" : null',
  },
})
export class FieldControl {
  protected readonly field = inject(Field, { optional: true });
}

/** What a component with a form imports. */
export const formPieces = [Field, FieldControl, FormField] as const;
