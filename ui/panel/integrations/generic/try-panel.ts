import { Component, computed, inject, input, linkedSignal, signal } from '@angular/core';
import { type Description, DescriptionsApi, type OperationFacts, type TriedOperation } from '../../../shared/api/descriptions-api';
import { ApiProblem } from '../../../shared/api/problem';
import { Confirm } from '../../../shared/feedback/confirm';
import { injectProblemText } from '../../../shared/feedback/inject-problem';
import { Icon } from '../../../shared/icons/icon';
import { samplesFor } from './draft';
import type { TextKey } from './i18n/es';
import { injectDescriptionText } from './i18n/inject-text';

/** Tries one operation: what went out, what came, what was understood, side by side. */
@Component({ selector: 'description-try', imports: [Icon], templateUrl: './try-panel.html', styleUrl: './forms.css' })
export class TryPanel {
  readonly facts = input.required<OperationFacts>();
  readonly description = input.required<Description>();
  readonly url = input.required<string>();
  readonly secret = input.required<string>();
  readonly #api = inject(DescriptionsApi);
  readonly #confirm = inject(Confirm);
  readonly #problemText = injectProblemText();
  protected readonly text = injectDescriptionText();
  readonly #name = computed(() => this.facts().name);
  protected readonly title = computed(() => this.text(`op.${this.#name()}` as TextKey));
  protected readonly samples = computed(() => samplesFor(this.facts().values));
  protected readonly typed = signal<Readonly<Record<string, string>>>({});
  protected readonly running = signal(false);
  protected readonly tried = linkedSignal<string, TriedOperation | undefined>({ source: this.#name, computation: () => undefined });
  protected readonly problem = linkedSignal<string, string | undefined>({ source: this.#name, computation: () => undefined });
  protected readonly isWell = computed(() => this.tried()?.outcome === 'answer' && !this.tried()!.problems.some(({ fatal }) => fatal));
  protected readonly request = computed(() => {
    const request = this.tried()?.request;
    if (!request) return undefined;
    const headers = Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`);
    return [`${request.method} ${request.url}`, ...headers, ...(request.body === undefined ? [] : ['', request.body])].join('\n');
  });
  protected readonly outcome = computed(() => {
    const tried = this.tried();
    if (!tried) return '';
    if (tried.outcome === 'fault') return this.text('outcome.fault', { fault: this.text(`fault.${tried.fault ?? 'unavailable'}` as TextKey) });
    const isWrong = tried.outcome === 'answer' && !this.isWell();
    return this.text(isWrong ? 'outcome.wrong' : `outcome.${tried.outcome}`, { ms: Math.round(tried.ms), rows: tried.rows ?? 0, why: tried.why ?? '' });
  });
  protected readonly problems = computed(() => (this.tried()?.problems ?? []).map(({ entity, field, from, row, problem, said = '' }) => {
    const what = this.text(`problem.${problem}` as TextKey, { from: from.join(', '), said });
    const place = `${entity}.${field}`;
    return row === undefined ? this.text('problem', { place, what }) : this.text('problem.row', { row: row + 1, place, what });
  }));

  protected type(sample: string, value: string): void {
    this.typed.update((typed) => ({ ...typed, [sample]: value }));
  }

  protected async run(event: Event): Promise<void> {
    event.preventDefault();
    if (this.url().trim() === '') return this.problem.set(this.text('try.url'));
    if (this.facts().changes && !(await this.#isMeant())) return;
    this.running.set(true);
    this.problem.set(undefined);
    const operation = this.#name();
    const sample = Object.fromEntries(this.samples().flatMap((name) => (this.typed()[name] ? [[name, this.typed()[name]!]] : [])));
    try {
      const tried = await this.#api.tryOut({ url: this.url().trim(), ...(this.secret() === '' ? {} : { secret: this.secret() }), description: this.description(), operation, sample });
      if (operation === this.#name()) this.tried.set(tried);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.problem.set(this.#problemText(error));
    } finally {
      this.running.set(false);
    }
  }

  #isMeant(): Promise<boolean> {
    return this.#confirm.ask({
      title: this.text('try.confirm', { name: this.title() }), consequences: [{ icon: 'alert', words: this.text('try.confirm.changes') }], action: this.text('try'), danger: true,
    });
  }
}
