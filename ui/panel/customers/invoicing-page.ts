import { Component, inject, linkedSignal, signal } from '@angular/core';
import { InvoicingApi, type InvoicingPreview, type InvoicingRun, type InvoicingSettings } from '../../shared/api/invoicing-api';
import { Attempts } from '../../shared/feedback/attempts';
import { Confirm } from '../../shared/feedback/confirm';
import { Toasts } from '../../shared/feedback/toasts';
import { Icon } from '../../shared/icons/icon';
import { injectLive } from '../../shared/push/live-value';
import { Moments } from '../../shared/time/moments';
import { injectPageTitle } from '../shell/page-title';
import { BookFormat, today } from './book-format';
import { BookNav } from './book-nav';
import { injectBookText } from './i18n/inject-text';

type Rules = Pick<InvoicingSettings, 'dueKind' | 'dueValue' | 'prorate' | 'invoicePrefix'>;

/** Of a long preview only so many rows are drawn. */
const MOST_SHOWN = 200;

/** A month's invoicing: seen first, made once, undone as long as nobody paid. */
@Component({
  selector: 'customers-invoicing-page',
  imports: [BookNav, Icon],
  templateUrl: './invoicing-page.html',
  styleUrls: ['../people/list-page.css', './book.css'],
})
export class InvoicingPage {
  readonly #api = inject(InvoicingApi);
  readonly #attempts = inject(Attempts);
  readonly #confirm = inject(Confirm);
  readonly #toasts = inject(Toasts);
  protected readonly format = inject(BookFormat);
  protected readonly moments = inject(Moments);
  protected readonly text = injectBookText();
  protected readonly most = MOST_SHOWN;
  protected readonly period = signal(today().slice(0, 7));
  protected readonly dueOn = signal('');
  protected readonly preview = signal<InvoicingPreview | undefined>(undefined);
  protected readonly busy = signal(false);
  protected readonly runs = injectLive(() => this.#api.runs(), ({ topic }) => topic === 'customer');
  protected readonly settings = injectLive(() => this.#api.settings(), () => false);
  protected readonly draft = linkedSignal((): Rules => {
    const settings = this.settings.value();
    return { dueKind: settings?.dueKind ?? 'day-of-month', dueValue: settings?.dueValue ?? 10, prorate: settings?.prorate ?? true, invoicePrefix: settings?.invoicePrefix ?? '0001' };
  });

  constructor() {
    injectPageTitle(() => this.text('invoicing'));
  }

  /** Another month or day is another preview. */
  protected choose(period: string, dueOn: string): void {
    this.period.set(period);
    this.dueOn.set(dueOn);
    this.preview.set(undefined);
  }

  protected async look(event: Event): Promise<void> {
    event.preventDefault();
    this.busy.set(true);
    const seen = await this.#attempts.run(this.#api.preview(this.period(), this.dueOn() || undefined));
    this.busy.set(false);
    if (seen) this.preview.set(seen.done);
  }

  protected async confirm(preview: InvoicingPreview): Promise<void> {
    const wanted = await this.#confirm.ask({
      title: this.text('run.title', { month: this.format.month(preview.period) }), action: this.text('run.confirm'),
      consequences: [
        { icon: 'receipt', words: this.text('run.count', { count: preview.invoices.length, total: this.format.money(preview.total, preview.currency) }) },
        { icon: 'calendar', words: this.text('run.due', { day: this.format.day(preview.dueOn) }) },
        { icon: 'undo', words: this.text('run.undoable') },
      ],
    });
    if (!wanted) return;
    this.busy.set(true);
    const made = await this.#attempts.run(this.#api.confirm(preview));
    this.busy.set(false);
    this.preview.set(undefined);
    if (made) this.#toasts.show({ icon: 'check', words: this.text('run.done', { count: made.done.invoices }) });
    await this.runs.reload();
  }

  protected async undo(run: InvoicingRun): Promise<void> {
    const wanted = await this.#confirm.ask({
      title: this.text('run.undo.title', { month: this.format.month(run.period) }), action: this.text('run.undo'), danger: true,
      consequences: [{ icon: 'slash', words: this.text('run.undo.then', { count: run.invoices }) }],
    });
    if (wanted && (await this.#attempts.run(this.#api.undoRun(run.id)))) this.#toasts.show({ icon: 'undo', words: this.text('run.undone') });
    await this.runs.reload();
  }

  protected rule(change: Partial<Rules>): void {
    this.draft.update((rules) => ({ ...rules, ...change }));
  }

  protected async saveRules(event: Event): Promise<void> {
    event.preventDefault();
    const saved = await this.#attempts.run(this.#api.saveSettings(this.draft()));
    if (!saved) return;
    this.preview.set(undefined);
    this.#toasts.show({ icon: 'check', words: this.text('saved') });
    await this.settings.reload();
  }
}
