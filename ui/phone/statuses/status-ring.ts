import { Component, input } from '@angular/core';

/** The ring around an avatar: coloured while there is something that was not seen. */
@Component({
  selector: 'phone-status-ring',
  template: `<ng-content />`,
  styles: `
    :host { display: inline-flex; flex: none; padding: 2px; border-radius: 50%; border: 2px solid transparent; }
    :host(.is-seen) { border-color: var(--hilo-outline); }
    :host(.is-new) { border-color: var(--hilo-primary); }
  `,
  host: { '[class.is-new]': `state() === 'new'`, '[class.is-seen]': `state() === 'seen'` },
})
export class StatusRing {
  readonly state = input.required<'new' | 'seen' | 'none'>();
}
