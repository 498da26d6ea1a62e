import { Component, computed, input, output } from '@angular/core';
import { injectSharedText } from '../feedback/inject-text';
import { Icon } from '../icons/icon';

/**
 * Under a form, always in sight while something in it is not saved: what changed, Descartar and Guardar, which submits the form around it.
 * `<form (submit)="save($event)"> … <hilo-save-bar [changes]="changes()" [saving]="form().submitting()" (discard)="discard()" /></form>`
 */
@Component({
  selector: 'hilo-save-bar',
  imports: [Icon],
  template: `
    <div role="status">
      @if (changes().length > 0) {<p class="sr">{{ said() }}</p>}
    </div>
    @if (changes().length > 0) {
      <div class="savebar">
        @if (problem(); as words) {<p class="problem" role="alert"><hilo-icon name="alert" /><span>{{ words }}</span></p>}
        @else {<p aria-hidden="true"><span><b>{{ count() }}</b> {{ changes().join(', ') }}</span></p>}
        <button type="button" class="btn btn--text" [disabled]="saving()" (click)="discard.emit()">{{ text('action.discard') }}</button>
        <button type="submit" class="btn btn--primary" [disabled]="saving()">{{ text('action.save') }}</button>
      </div>
    }
  `,
  styles: `
    :host { display: block; position: sticky; bottom: 0; z-index: 3; }
    .savebar { position: static; border: 1px solid var(--hilo-outline-variant); border-radius: var(--hilo-radius-md); box-shadow: var(--hilo-level-2); }
    .savebar b { color: var(--hilo-on-surface); font-weight: 600; }
    .savebar p { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; }
    .savebar .problem { display: flex; gap: 8px; color: var(--hilo-error); }
    @media (max-width: 460px) { .savebar { flex-wrap: wrap; justify-content: flex-end; } .savebar p { flex: 1 0 100%; } }
  `,
})
export class SaveBar {
  /** Names of what differs from what is saved, as the person knows them; nothing: the bar is away. */
  readonly changes = input.required<readonly string[]>();
  readonly saving = input(false);
  /** Why the last attempt was refused, in words. */
  readonly problem = input<string>();
  readonly discard = output();
  protected readonly text = injectSharedText();
  protected readonly count = computed(() =>
    this.changes().length === 1 ? this.text('unsaved.one') : this.text('unsaved.many', { count: this.changes().length }));
  protected readonly said = computed(() => `${this.count()} ${this.changes().join(', ')}`);
}
