import { Injectable, inject } from '@angular/core';
import type { Frozen } from './frozen';
import { customerimportsConfirm } from './generated/fn/customer-imports/customerimports-confirm';
import { customerimportsList } from './generated/fn/customer-imports/customerimports-list';
import { customerimportsPreview } from './generated/fn/customer-imports/customerimports-preview';
import { customerimportsUndo } from './generated/fn/customer-imports/customerimports-undo';
import { customerimportsUpload } from './generated/fn/customer-imports/customerimports-upload';
import { invoicingConfirm } from './generated/fn/invoicing/invoicing-confirm';
import { invoicingPreview } from './generated/fn/invoicing/invoicing-preview';
import { invoicingRuns } from './generated/fn/invoicing/invoicing-runs';
import { invoicingSave } from './generated/fn/invoicing/invoicing-save';
import { invoicingSettings } from './generated/fn/invoicing/invoicing-settings';
import { invoicingUndo } from './generated/fn/invoicing/invoicing-undo';
import type * as api from './generated/models';
import { Http } from './http';
import type { Watch } from './watch';

export type InvoicingSettings = Frozen<api.InvoicingSettings>;
export type InvoicingPreview = Frozen<api.InvoicingPreview>;
export type InvoicingRun = Frozen<api.InvoicingRun>;
export type ImportDraft = Frozen<api.ImportDraft>;
export type ImportPreview = Frozen<api.ImportPreview>;
export type ImportBatch = Frozen<api.ImportBatch>;
export type ImportMapping = Frozen<api.ImportOptions>['mapping'];

/** A month's invoicing, and lists of customers that come from elsewhere: each is previewed, confirmed and may be undone. */
@Injectable({ providedIn: 'root' })
export class InvoicingApi {
  readonly #http = inject(Http);

  settings(): Promise<InvoicingSettings> {
    return this.#http.call(invoicingSettings, {});
  }

  saveSettings(body: Frozen<api.InvoicingSettingsChange>): Promise<InvoicingSettings> {
    return this.#http.call(invoicingSave, { body });
  }

  preview(period: string, dueOn?: string): Promise<InvoicingPreview> {
    return this.#http.call(invoicingPreview, { body: { period, dueOn } });
  }

  /** @throws ApiProblem `invoicing-changed` where it would not make what the preview showed */
  confirm({ period, dueOn, invoices, total }: InvoicingPreview): Promise<InvoicingRun> {
    return this.#http.call(invoicingConfirm, { body: { period, dueOn, seen: { invoices: invoices.length, total } } });
  }

  runs(): Promise<readonly InvoicingRun[]> {
    return this.#http.call(invoicingRuns, {});
  }

  undoRun(id: string): Promise<InvoicingRun> {
    return this.#http.call(invoicingUndo, { id });
  }

  imports(): Promise<readonly ImportBatch[]> {
    return this.#http.call(customerimportsList, {});
  }

  upload(file: File, watch: Watch): Promise<ImportDraft> {
    return this.#http.send(customerimportsUpload, { fileName: file.name, body: new Blob([file], { type: 'application/octet-stream' }) }, watch);
  }

  previewImport(id: string, body: Frozen<api.ImportOptions>): Promise<ImportPreview> {
    return this.#http.call(customerimportsPreview, { id, body });
  }

  confirmImport(id: string, body: Frozen<api.ImportConfirmed>): Promise<ImportBatch> {
    return this.#http.call(customerimportsConfirm, { id, body });
  }

  undoImport(id: string): Promise<ImportBatch> {
    return this.#http.call(customerimportsUndo, { id });
  }
}
