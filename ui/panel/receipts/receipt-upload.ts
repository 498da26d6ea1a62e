import { Component, computed, inject, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { ApiProblem } from '../../shared/api/problem';
import { type FoundPayers, type ReceiptUpload, ReceiptsApi } from '../../shared/api/receipts-api';
import { injectProblemText } from '../../shared/feedback/inject-problem';
import { injectSharedText } from '../../shared/feedback/inject-text';
import { Toasts } from '../../shared/feedback/toasts';
import { type Unsaved, warnBeforeUnload } from '../../shared/forms/leave-guard';
import { Icon } from '../../shared/icons/icon';
import { CustomerChoice } from './customer-choice';
import { injectReceiptText } from './i18n/inject-text';

type Payer = FoundPayers['items'][number];

/** Puts up a proof of payment that came by another way than a chat: the file, whose it is, and what else is known. */
@Component({
  selector: 'receipts-upload',
  imports: [CustomerChoice, Icon, RouterLink],
  templateUrl: './receipt-upload.html',
  styleUrl: './receipt-upload.css',
})
export class ReceiptUploadPage implements Unsaved {
  readonly #api = inject(ReceiptsApi);
  readonly #router = inject(Router);
  readonly #toasts = inject(Toasts);
  readonly #problemText = injectProblemText();
  protected readonly text = injectReceiptText();
  protected readonly shared = injectSharedText();
  protected readonly fileName = signal('');
  protected readonly uploading = signal(false);
  protected readonly upload = signal<ReceiptUpload | undefined>(undefined);
  protected readonly payer = signal<Payer | undefined>(undefined);
  protected readonly method = signal('');
  protected readonly comment = signal('');
  protected readonly starting = signal(false);
  protected readonly problem = signal<string | undefined>(undefined);
  protected readonly dropping = signal(false);
  readonly #begun = computed(() => this.upload() !== undefined || this.payer() !== undefined || this.comment() !== '');
  #isDone = false;

  constructor() {
    warnBeforeUnload(this);
  }

  isChanged(): boolean {
    return !this.#isDone && this.#begun();
  }

  protected drop(event: DragEvent): void {
    event.preventDefault();
    this.dropping.set(false);
    void this.choose(event.dataTransfer?.files);
  }

  protected async choose(files: FileList | null | undefined): Promise<void> {
    const file = files?.[0];
    if (!file || this.uploading()) return;
    this.problem.set(undefined);
    this.upload.set(undefined);
    this.fileName.set(file.name);
    this.uploading.set(true);
    try {
      this.upload.set(await this.#api.upload(file));
    } catch (error) {
      this.#refused(error);
    } finally {
      this.uploading.set(false);
    }
  }

  protected async start(event: Event): Promise<void> {
    event.preventDefault();
    const [upload, payer] = [this.upload(), this.payer()];
    if (!upload) return this.problem.set(this.text('put-up.file.missing'));
    if (!payer) return this.problem.set(this.text('put-up.customer.missing'));
    if (this.starting()) return;
    this.starting.set(true);
    this.problem.set(undefined);
    const [method, comment] = [this.method().trim(), this.comment().trim()];
    try {
      const id = await this.#api.start({ upload: upload.upload, customer: payer.id, customerName: payer.name, ...(method && { method }), ...(comment && { comment }) });
      this.#isDone = true;
      this.#toasts.show({ icon: 'check', words: this.text('put-up.started') });
      void this.#router.navigate(['/receipts', id], { queryParamsHandling: 'preserve' });
    } catch (error) {
      this.#refused(error);
    } finally {
      this.starting.set(false);
    }
  }

  #refused(error: unknown): void {
    if (!(error instanceof ApiProblem)) throw error;
    this.problem.set(this.#problemText(error));
  }
}
