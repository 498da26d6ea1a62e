import { Component, computed, input, linkedSignal, output, signal } from '@angular/core';
import type { DescribedOperation, OperationFacts } from '../../../shared/api/descriptions-api';
import { extrasText, pairsIn, pairsText, withExtras } from './draft';
import { injectDescriptionText } from './i18n/inject-text';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** How one operation is asked for. Each change is told at once; what is no JSON yet waits in its box. */
@Component({ selector: 'description-operation', templateUrl: './operation-form.html', styleUrl: './forms.css' })
export class OperationForm {
  readonly facts = input.required<OperationFacts>();
  readonly operation = input.required<DescribedOperation>();
  readonly changed = output<DescribedOperation>();
  protected readonly text = injectDescriptionText();
  protected readonly methods = methods;
  readonly #name = computed(() => this.facts().name);
  /** As typed: it follows the operation only when another one is shown, so that a half-written line stays. */
  protected readonly query = linkedSignal({ source: this.#name, computation: () => pairsText(this.operation().query) });
  protected readonly extras = linkedSignal({ source: this.#name, computation: () => extrasText(this.operation()) });
  protected readonly extrasWrong = signal(false);
  protected readonly values = computed(() => this.facts().values.map((value) => `{{${value}}}`).join(' '));

  protected put(part: Partial<DescribedOperation>): void {
    this.changed.emit({ ...this.operation(), ...part });
  }

  protected putQuery(text: string): void {
    this.query.set(text);
    const { query: _, ...rest } = this.operation();
    const pairs = pairsIn(text);
    this.changed.emit(Object.keys(pairs).length > 0 ? { ...rest, query: pairs } : rest);
  }

  protected putList(text: string): void {
    const { list: _, ...rest } = this.operation();
    this.changed.emit(text.trim() === '' ? rest : { ...rest, list: text.trim() });
  }

  protected putBody(type: string): void {
    const { body, ...rest } = this.operation();
    this.changed.emit(type === 'json' || type === 'form' ? { ...rest, body: { type, content: body?.content ?? '{}' } } : rest);
  }

  protected putContent(content: string): void {
    this.put({ body: { type: this.operation().body?.type ?? 'json', content } });
  }

  protected putExtras(text: string): void {
    this.extras.set(text);
    const changed = withExtras(this.operation(), text);
    this.extrasWrong.set(!changed);
    if (changed) this.changed.emit(changed);
  }
}
