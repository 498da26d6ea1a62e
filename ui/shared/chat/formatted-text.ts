import { Component, computed, input } from '@angular/core';
import { readFormat } from './whatsapp-format';

/** A message's text as WhatsApp shows it. Built from text nodes only: nothing that a person wrote becomes markup. */
@Component({
  selector: 'hilo-formatted-text',
  template: `@for (run of runs(); track $index) {@if (run.mono) {<code>{{ run.text }}</code>} @else {<span
        [style.font-weight]="run.bold ? 600 : null" [style.font-style]="run.italic ? 'italic' : null"
        [style.text-decoration]="run.strike ? 'line-through' : null">{{ run.text }}</span>}}`,
})
export class FormattedText {
  readonly text = input.required<string>();
  protected readonly runs = computed(() => readFormat(this.text()));
}
