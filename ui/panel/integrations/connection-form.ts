import { Component, computed, inject, input, linkedSignal, output, signal } from '@angular/core';
import { form, submit, validate, validateTree, type FieldTree } from '@angular/forms/signals';
import { RouterLink } from '@angular/router';
import { IntegrationsApi, type ConnectionTest, type Integration, type SystemField } from '../../shared/api/integrations-api';
import { ApiProblem } from '../../shared/api/problem';
import { injectProblemText } from '../../shared/feedback/inject-problem';
import { Toasts } from '../../shared/feedback/toasts';
import { formPieces } from '../../shared/forms/field';
import { SaveBar } from '../../shared/forms/save-bar';
import { SecretField } from '../../shared/forms/secret-field';
import { Icon } from '../../shared/icons/icon';
import { changeOf, changedIn, draftOf, lineNumbers, optionalNumbers, secretFields, typedFields, type ConnectionDraft, type LineNumber } from './draft';
import type { TextKey } from './i18n/es';
import { injectIntegrationsText } from './i18n/inject-text';
import { choiceOf, helpOf, labelOf, testWords } from './words';

/** How one system is reached: its address and keys, as its adapter asks for them, then the certificate and the limits; tried before it is saved. */
@Component({
  selector: 'integrations-connection',
  imports: [...formPieces, Icon, RouterLink, SaveBar, SecretField],
  templateUrl: './connection-form.html',
  styleUrl: './connection-form.css',
})
export class ConnectionForm {
  readonly #api = inject(IntegrationsApi);
  readonly #toasts = inject(Toasts);
  readonly #problemText = injectProblemText();
  readonly system = input.required<Integration>();
  /** What is set up of all, after it was saved. */
  readonly saved = output<Integration[]>();
  protected readonly text = injectIntegrationsText();
  protected readonly numbers: readonly LineNumber[] = ['seconds', 'perSecond', 'atOnce', 'budgetDay', 'budgetMonth', 'monthStartsOn'];
  protected readonly typedFields = computed(() => typedFields(this.system().fields));
  protected readonly secretFields = computed(() => secretFields(this.system().fields));
  protected readonly isDescribed = computed(() => this.system().fields.some(({ kind }) => kind === 'structure'));

  readonly #saved = computed(() => draftOf(this.system()));
  /** What is in the form; follows the server only as long as nothing was changed here, and begins anew with another system. */
  protected readonly draft = linkedSignal<{ system: string; saved: ConnectionDraft }, ConnectionDraft>({
    source: () => ({ system: this.system().system, saved: this.#saved() }),
    computation: ({ system, saved }, before) =>
      before && before.source.system === system && changedIn(before.value, before.source.saved).length > 0 ? before.value : saved,
  });
  /** What the server said of fields, by their name; it holds for what was sent, and for nothing that is typed after. */
  readonly #refused = linkedSignal<ConnectionDraft, Readonly<Record<string, string>>>({ source: this.draft, computation: () => ({}) });
  protected readonly form = form(this.draft, (path) => {
    validateTree(path, () => [...this.typedFields(), ...this.secretFields()].filter(({ name }) => name in this.#refused()).map((field) => (
      { kind: 'server', message: this.#refused()[field.name]!, fieldTree: field.kind === 'secret' ? this.secretOf(field) : this.valueOf(field) }
    )));
    for (const key of this.numbers) {
      validate(path[key], ({ value }) => {
        const { least, most } = lineNumbers[key];
        const isFine = (value().trim() === '' && optionalNumbers.has(key)) || (/^\d+$/.test(value().trim()) && Number(value()) >= least && Number(value()) <= most);
        return isFine ? undefined : { kind: 'number', message: this.text('number.wrong', { least, most }) };
      });
    }
    validate(path.pem, ({ value }) => (this.draft().tls !== 'pinned' || /-----BEGIN CERTIFICATE-----/.test(value()) ? undefined : { kind: 'pem', message: this.text('tls.pem.help') }));
  });
  protected readonly changes = computed(() => changedIn(this.draft(), this.#saved()).map((name) => this.#nameOf(name)));
  protected readonly problem = signal<string | undefined>(undefined);
  protected readonly testing = signal(false);
  readonly #name = computed(() => this.system().system);
  /** Of the last try, until another system is shown. The source is a signal: a plain function would drop the result with each piece of news of this system. */
  protected readonly result = linkedSignal<string, { test: ConnectionTest; words: string } | undefined>({ source: this.#name, computation: () => undefined });

  isChanged(): boolean {
    return this.changes().length > 0;
  }

  protected valueOf({ name }: SystemField): FieldTree<string> {
    return this.form.values[name] as FieldTree<string>;
  }

  protected secretOf({ name }: SystemField): FieldTree<string | null> {
    return this.form.secrets[name] as FieldTree<string | null>;
  }

  protected label = (field: SystemField): string => labelOf(this.text, field);
  protected help = (field: SystemField): string | undefined => helpOf(this.text, field);
  protected choice = (field: SystemField, one: string): string => choiceOf(this.text, field, one);
  protected lineHelp = (key: LineNumber): string | undefined => (key === 'seconds' ? this.text('seconds.help') : optionalNumbers.has(key) ? this.text('budget.help') : undefined);

  protected discard(): void {
    this.problem.set(undefined);
    this.form().reset(this.#saved());
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    await this.#send(async () => {
      const all = await this.#api.save({ ...changeOf(this.system(), this.draft()), system: this.system().system as Exclude<Integration['system'], 'embedded'> });
      const mine = all.find(({ system }) => system === this.system().system)!;
      this.draft.set(draftOf(mine));
      this.form().reset(draftOf(mine));
      this.saved.emit(all);
      this.#toasts.show({ icon: 'check', words: this.text('saved', { system: mine.name }) });
    });
  }

  /** Tries what is in the form; nothing is saved. */
  protected async try(): Promise<void> {
    this.testing.set(true);
    this.result.set(undefined);
    await this.#send(async () => {
      const { system, name } = this.system();
      const isTyped = this.isChanged() || !this.system().connection;
      const test = await this.#api.test(system, isTyped ? changeOf(this.system(), this.draft()) : undefined);
      this.#fillIn(test.found);
      this.result.set({ test, words: testWords(this.text, system, name, test) });
    });
    this.testing.set(false);
  }

  /** Settings that the test found out are typed for the person, who saves them. */
  #fillIn(found: Readonly<Record<string, string>> | undefined): void {
    const known = Object.entries(found ?? {}).filter(([name]) => name in this.draft().values);
    if (known.length > 0) this.draft.update((draft) => ({ ...draft, values: { ...draft.values, ...Object.fromEntries(known) } }));
  }

  /** Runs what the server may refuse, and ties its refusal to the fields that it names. */
  async #send(work: () => Promise<void>): Promise<void> {
    this.problem.set(undefined);
    await submit(this.form, async () => {
      try {
        await work();
      } catch (error) {
        if (!(error instanceof ApiProblem)) throw error;
        this.problem.set(this.#problemText(error));
        this.#refused.set(this.#refusals(error));
      }
      return undefined;
    });
  }

  #refusals({ code, fields }: ApiProblem): Record<string, string> {
    const named = Array.isArray(fields['fields']) ? (fields['fields'] as string[]) : [];
    return Object.fromEntries(named.map((name) => [name, this.text(this.#refusal(code, name))]));
  }

  #refusal(code: string, name: string): TextKey {
    if (code === 'secret-elsewhere') return 'secret.again';
    const { values, secrets } = this.draft();
    return (values[name] ?? secrets[name] ?? '').trim() === '' ? 'required' : 'server.wrong';
  }

  #nameOf(name: string): string {
    const field = this.system().fields.find((one) => one.name === name);
    if (field) return this.label(field);
    return this.text(name === 'pem' ? 'tls.pem' : (name as 'tls' | LineNumber));
  }
}
