import { Component, computed, inject, signal } from '@angular/core';
import { type ImportBatch, type ImportDraft, type ImportMapping, type ImportPreview, InvoicingApi } from '../../shared/api/invoicing-api';
import { Attempts } from '../../shared/feedback/attempts';
import { Confirm } from '../../shared/feedback/confirm';
import { Toasts } from '../../shared/feedback/toasts';
import { Icon } from '../../shared/icons/icon';
import { Pager } from '../../shared/list/pager';
import { injectLive } from '../../shared/push/live-value';
import { Moments } from '../../shared/time/moments';
import { injectPageTitle } from '../shell/page-title';
import { BookNav } from './book-nav';
import { injectBookText } from './i18n/inject-text';
import { fieldName, importFields, problemName, type ImportField } from './import-fields';
import { pageOfAnswer } from './page-of-answer';

const MOST_BYTES = 10_000_000;
const onlys = ['all', 'problems', 'error'] as const;

/** A list of customers from a spreadsheet: put up, matched, seen row by row, and only then written. */
@Component({
  selector: 'customers-import-page',
  imports: [BookNav, Icon, Pager],
  templateUrl: './import-page.html',
  styleUrls: ['../people/list-page.css', './book.css'],
})
export class ImportPage {
  readonly #api = inject(InvoicingApi);
  readonly #attempts = inject(Attempts);
  readonly #confirm = inject(Confirm);
  readonly #toasts = inject(Toasts);
  protected readonly moments = inject(Moments);
  protected readonly text = injectBookText();
  protected readonly fields = importFields;
  protected readonly onlys = onlys;
  protected readonly draft = signal<ImportDraft | undefined>(undefined);
  protected readonly mapping = signal<ImportMapping>({});
  protected readonly existing = signal<'update' | 'skip'>('update');
  protected readonly preview = signal<ImportPreview | undefined>(undefined);
  protected readonly only = signal<(typeof onlys)[number]>('all');
  protected readonly size = signal(20);
  protected readonly number = signal(1);
  /** Share of the file that has left; undefined: none is leaving. */
  protected readonly sent = signal<number | undefined>(undefined);
  protected readonly busy = signal(false);
  protected readonly problem = signal('');
  protected readonly batches = injectLive(() => this.#api.imports(), ({ topic }) => topic === 'customer');
  protected readonly done = computed(() => this.batches.value()?.filter(({ state }) => state !== 'draft') ?? []);
  protected readonly page = computed(() => pageOfAnswer(this.preview()?.rows ?? [], this.preview()?.total ?? 0, { page: this.number(), size: this.size() }));
  protected readonly wouldDo = computed(() => {
    const counts = this.preview()?.counts;
    return counts !== undefined && counts.create + counts.update + counts.services > 0;
  });

  constructor() {
    injectPageTitle(() => this.text('import'));
  }

  protected nameOf(field: ImportField): string {
    return this.text(fieldName(field));
  }

  protected problemOf(code: string): string {
    return this.text(problemName(code));
  }

  protected async choose(input: HTMLInputElement): Promise<void> {
    const [file] = input.files ?? [];
    input.value = '';
    if (!file) return;
    this.restart();
    if (file.size > MOST_BYTES) return this.problem.set(this.text('import.tooLarge'));
    this.sent.set(0);
    const uploaded = await this.#attempts.run(this.#api.upload(file, { progress: (share) => this.sent.set(share), signal: new AbortController().signal }));
    this.sent.set(undefined);
    if (!uploaded) return;
    this.draft.set(uploaded.done);
    this.mapping.set(uploaded.done.guesses);
  }

  protected restart(): void {
    this.problem.set('');
    this.draft.set(undefined);
    this.preview.set(undefined);
  }

  protected map(field: ImportField, column: string): void {
    const { [field]: _, ...others } = this.mapping();
    this.mapping.set(column === '' ? others : { ...others, [field]: Number(column) });
    this.preview.set(undefined);
  }

  protected async show({ page = 1, only = this.only() }: { page?: number; only?: (typeof onlys)[number] } = {}): Promise<void> {
    const draft = this.draft();
    if (!draft) return;
    this.number.set(page);
    this.only.set(only);
    this.busy.set(true);
    const seen = await this.#attempts.run(this.#api.previewImport(draft.id, { mapping: this.mapping(), existing: this.existing(), only, page, size: this.size() }));
    this.busy.set(false);
    if (seen) this.preview.set(seen.done);
  }

  protected async confirm({ counts }: ImportPreview): Promise<void> {
    const draft = this.draft();
    if (!draft) return;
    this.busy.set(true);
    const made = await this.#attempts.run(this.#api.confirmImport(draft.id, { mapping: this.mapping(), existing: this.existing(), seen: counts }));
    this.busy.set(false);
    if (!made) return this.preview.set(undefined);
    this.restart();
    this.#toasts.show({ icon: 'check', words: this.text('import.done', { count: counts.create + counts.update }) });
    await this.batches.reload();
  }

  protected async undo(batch: ImportBatch): Promise<void> {
    const wanted = await this.#confirm.ask({
      title: this.text('import.undo.title', { name: batch.fileName }), action: this.text('import.undo'), danger: true,
      consequences: [{ icon: 'trash', words: this.text('import.undo.then') }, { icon: 'info', words: this.text('import.undo.touched') }],
    });
    if (wanted && (await this.#attempts.run(this.#api.undoImport(batch.id)))) this.#toasts.show({ icon: 'undo', words: this.text('import.undone') });
    await this.batches.reload();
  }
}
