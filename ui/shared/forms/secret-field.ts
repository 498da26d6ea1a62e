import { Component, type ElementRef, afterNextRender, computed, inject, Injector, input, model, signal, viewChild } from '@angular/core';
import type { FormValueControl } from '@angular/forms/signals';
import { injectSharedText } from '../feedback/inject-text';
import { Icon } from '../icons/icon';
import { Field } from './field';

/**
 * A secret that is replaced and never read back: «configurado ••••1234» with Reemplazar, or the box for a new one.
 * Its value is null while what is saved stays; use it as a control: `[formField]`. A form that is reset to null shows the saved one again.
 */
@Component({
  selector: 'hilo-secret-field',
  imports: [Icon],
  template: `
    @if (isKept()) {
      <div class="kept">
        <span class="state state--ok"><hilo-icon name="lock" />{{ text(saved() ? 'secret.configured' : 'secret.configured.whole', { end: saved() ?? '' }) }}</span>
        <button #replace type="button" class="btn btn--outline btn--sm" [attr.id]="field?.id" [attr.aria-describedby]="field?.describedBy()" (click)="begin()">
          {{ text('secret.replace') }}<span class="sr"> {{ field?.label() }}</span>
        </button>
      </div>
    } @else {
      <div class="row">
        <div class="inputwrap grow">
          <hilo-icon name="lock" />
          <input #box class="input" [type]="shown() ? 'text' : 'password'" autocomplete="off" autocapitalize="none" spellcheck="false" [attr.id]="field?.id"
            [attr.aria-describedby]="field?.describedBy()" [attr.aria-invalid]="field?.error() ? 'true' : null"
            [value]="value() ?? ''" (input)="write(box.value)" (blur)="touched.set(true)">
          <button type="button" class="iconbtn" [attr.aria-label]="text(shown() ? 'secret.hide' : 'secret.show')" [attr.aria-pressed]="shown()" (click)="shown.set(!shown())">
            <hilo-icon [name]="shown() ? 'eyeoff' : 'eye'" />
          </button>
        </div>
        @if (saved() !== undefined) {<button type="button" class="btn btn--text" (click)="keep()">{{ text('action.cancel') }}</button>}
      </div>
    }
  `,
  styles: `.kept { display: flex; align-items: center; flex-wrap: wrap; gap: 8px; min-height: 40px; } .row { flex-wrap: wrap; } .inputwrap { min-width: 200px; }`,
})
export class SecretField implements FormValueControl<string | null> {
  readonly value = model<string | null>(null);
  readonly touched = model(false);
  /** How the saved one ends (its last four, or '' where that would tell too much); undefined: there is none. */
  readonly saved = input<string>();
  protected readonly field = inject(Field, { optional: true });
  protected readonly text = injectSharedText();
  protected readonly shown = signal(false);
  protected readonly isKept = computed(() => this.saved() !== undefined && this.value() === null);
  readonly #injector = inject(Injector);
  private readonly box = viewChild<ElementRef<HTMLInputElement>>('box');
  private readonly replace = viewChild<ElementRef<HTMLButtonElement>>('replace');

  /** Without a saved one, an empty box is no secret. */
  protected write(typed: string): void {
    this.value.set(typed === '' && this.saved() === undefined ? null : typed);
  }

  protected begin(): void {
    this.shown.set(false);
    this.value.set('');
    this.#focus(() => this.box());
  }

  protected keep(): void {
    this.touched.set(false);
    this.value.set(null);
    this.#focus(() => this.replace());
  }

  /** The button that was pressed is gone: what took its place has the focus. */
  #focus(what: () => ElementRef<HTMLElement> | undefined): void {
    afterNextRender(() => what()?.nativeElement.focus(), { injector: this.#injector });
  }
}
