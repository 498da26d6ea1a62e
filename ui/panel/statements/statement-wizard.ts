import { Component, computed, inject, output, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { StatementsApi, type StatementDraft, type StatementMapping, type StatementPreview } from '../../shared/api/statements-api';
import { Attempts } from '../../shared/feedback/attempts';
import { Empty, Failed, Skeleton } from '../../shared/feedback/states';
import { Toasts } from '../../shared/feedback/toasts';
import { Icon } from '../../shared/icons/icon';
import { injectLive } from '../../shared/push/live-value';
import { Moments } from '../../shared/time/moments';
import { BookFormat } from '../customers/book-format';
import { injectStatementText } from './i18n/inject-text';
import { ReturnsList } from './returns-list';

const MOST_BYTES = 10_000_000;
/** In the order in which people look for them. */
const fields = ['on', 'amount', 'credit', 'debit', 'kind', 'currency', 'description', 'detail', 'reference', 'payerName', 'payerDocument'] as const;
type Field = (typeof fields)[number];
const counts = ['fresh', 'known', 'alike', 'debits', 'problems'] as const;

/** A bank's file: of which account, what its columns are, what is understood of it, and only then confirmed. */
@Component({
  selector: 'statement-wizard',
  imports: [Empty, Failed, Icon, ReturnsList, RouterLink, Skeleton],
  templateUrl: './statement-wizard.html',
  styleUrls: ['../people/list-page.css', '../customers/book.css', './statements.css'],
  styles: ':host { flex: none; display: flex; flex-direction: column; gap: 20px; }',
})
export class StatementWizard {
  readonly done = output();
  readonly #api = inject(StatementsApi);
  readonly #attempts = inject(Attempts);
  readonly #toasts = inject(Toasts);
  readonly #router = inject(Router);
  protected readonly moments = inject(Moments);
  protected readonly format = inject(BookFormat);
  protected readonly text = injectStatementText();
  protected readonly fields = fields;
  protected readonly counts = counts;
  protected readonly accounts = injectLive(() => this.#api.accounts(), ({ topic }) => topic === 'payment-method');
  readonly #chosen = signal<string | undefined>(undefined);
  protected readonly account = computed(() => this.#chosen() ?? this.accounts.value()?.[0]?.id);
  protected readonly draft = signal<StatementDraft | undefined>(undefined);
  protected readonly mapping = signal<StatementMapping | undefined>(undefined);
  protected readonly preview = signal<StatementPreview | undefined>(undefined);
  protected readonly withAlike = signal(false);
  /** Share of the file that has left; undefined: none is leaving. */
  protected readonly sent = signal<number | undefined>(undefined);
  protected readonly busy = signal(false);
  protected readonly problem = signal('');
  protected readonly width = computed(() => Array.from({ length: this.draft()?.top[0]?.length ?? 0 }, (_, at) => at));
  protected readonly isUsable = computed(() => {
    const columns = this.mapping()?.columns;
    return columns?.on !== undefined && (columns.amount !== undefined || columns.credit !== undefined);
  });
  protected readonly coming = computed(() => {
    const seen = this.preview();
    return seen ? seen.counts.fresh + (this.withAlike() ? seen.counts.alike : 0) : 0;
  });

  protected choose(account: string): void {
    this.#chosen.set(account);
    this.restart();
  }

  protected restart(): void {
    this.problem.set('');
    this.draft.set(undefined);
    this.mapping.set(undefined);
    this.preview.set(undefined);
    this.withAlike.set(false);
  }

  protected async put(input: HTMLInputElement): Promise<void> {
    const [[file], account] = [input.files ?? [], this.account()];
    if (!file || account === undefined) return;
    this.restart();
    if (file.size > MOST_BYTES) this.problem.set(this.text('tooLarge'));
    else {
      this.sent.set(0);
      const uploaded = await this.#attempts.run(this.#api.upload(account, file, { progress: (share) => this.sent.set(share), signal: new AbortController().signal }));
      this.sent.set(undefined);
      if (uploaded) {
        this.draft.set(uploaded.done);
        this.mapping.set(uploaded.done.mapping);
        if (this.isUsable()) await this.show();
      }
    }
    input.value = '';
  }

  /** As people tell columns apart: by their name, and by what is in the first row below. */
  protected columnName(column: number): string {
    const [top, header] = [this.draft()?.top ?? [], this.mapping()?.header ?? -1];
    const name = header < 0 ? '' : (top[header]?.[column] ?? '');
    return [name || this.text('column', { nth: column + 1 }), top[header + 1]?.[column] ?? ''].filter((one) => one !== '').join(' · ');
  }

  protected map(field: Field, column: string): void {
    const { [field]: _, ...others } = this.mapping()!.columns;
    this.change({ columns: column === '' ? others : { ...others, [field]: Number(column) } });
  }

  protected change(part: Partial<StatementMapping>): void {
    this.mapping.set({ ...this.mapping()!, ...part });
    this.preview.set(undefined);
  }

  protected async show(): Promise<void> {
    const [draft, mapping] = [this.draft(), this.mapping()];
    if (!draft || !mapping) return;
    this.busy.set(true);
    const seen = await this.#attempts.run(this.#api.preview(draft.id, { mapping, withAlike: this.withAlike() }));
    this.busy.set(false);
    if (seen) this.preview.set(seen.done);
  }

  protected async addAlike(add: boolean): Promise<void> {
    this.withAlike.set(add);
    await this.show();
  }

  protected async confirm({ counts: { fresh, alike } }: StatementPreview): Promise<void> {
    const [draft, mapping] = [this.draft(), this.mapping()];
    if (!draft || !mapping) return;
    this.busy.set(true);
    const made = await this.#attempts.run(this.#api.confirm(draft.id, { mapping, withAlike: this.withAlike(), seen: { fresh, alike } }));
    this.busy.set(false);
    this.done.emit();
    if (!made) return;
    this.restart();
    this.#toasts.show({ icon: 'check', words: this.text('done', { count: made.done.lines }) });
    await this.#router.navigate(['/receipts/statements', made.done.id]);
  }
}
