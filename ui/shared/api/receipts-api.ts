import { Injectable, inject } from '@angular/core';
import type { Frozen } from './frozen';
import { receiptsApprove } from './generated/fn/receipts/receipts-approve';
import { receiptsAskAnother } from './generated/fn/receipts/receipts-ask-another';
import { receiptsCorrect } from './generated/fn/receipts/receipts-correct';
import { receiptsExport } from './generated/fn/receipts/receipts-export';
import { receiptsFile } from './generated/fn/receipts/receipts-file';
import { type ReceiptsList$Params, receiptsList } from './generated/fn/receipts/receipts-list';
import { receiptsOutlook } from './generated/fn/receipts/receipts-outlook';
import { receiptsRead } from './generated/fn/receipts/receipts-read';
import { receiptsReject } from './generated/fn/receipts/receipts-reject';
import { receiptsSearch } from './generated/fn/receipts/receipts-search';
import { receiptsStart } from './generated/fn/receipts/receipts-start';
import { receiptsUpload } from './generated/fn/receipts/receipts-upload';
import { settlementsResolve } from './generated/fn/settlements/settlements-resolve';
import type * as api from './generated/models';
import { Http } from './http';

export type Receipt = Frozen<api.Receipt>;
export type ListedReceipt = Frozen<api.ListedReceipt>;
export type ReceiptState = Receipt['state'];
export type ReceiptPage = Frozen<api.ReceiptPage>;
export type ReceiptFilter = keyof ReceiptPage['counts'];
export type ReceiptCode = Receipt['reasons'][number];
export type ReceiptComparison = Receipt['comparisons'][number];
export type ReceiptOutlook = Frozen<api.ReceiptOutlook>;
export type ReceiptCorrection = Frozen<api.ReceiptCorrection>;
export type ReceiptPayment = NonNullable<Receipt['payment']>;
export type FoundPayers = Frozen<api.FoundPayers>;
export type ReceiptUpload = Frozen<api.ReceiptUpload>;
export type Resolution = api.SettlementResolution['how'];
export type NewReceipt = Frozen<api.NewReceipt>;

/** Proofs of payment. Expected refusals: `receipt-decided`, `receipt-paid`, `receipt-alike`, `receipt-needs-customer`, `receipt-needs-amount`, `receipt-needs-reason`, `receipt-reversing`. */
@Injectable({ providedIn: 'root' })
export class ReceiptsApi {
  readonly #http = inject(Http);

  list(query: Frozen<ReceiptsList$Params>): Promise<ReceiptPage> {
    return this.#http.call(receiptsList, { ...query, q: query.q || undefined });
  }

  /** Where a browser finds the list as a CSV file, of all its pages. */
  exportUrl({ filter, q, from, to, sort }: Frozen<ReceiptsList$Params>): string {
    const wanted = Object.entries({ filter, q, from, to, sort }).filter((one): one is [string, string] => !!one[1]);
    return `${receiptsExport.PATH}?${new URLSearchParams(wanted).toString()}`;
  }

  read(id: string): Promise<Receipt> {
    return this.#http.call(receiptsRead, { id });
  }

  outlook(id: string): Promise<ReceiptOutlook> {
    return this.#http.call(receiptsOutlook, { id });
  }

  customers(q: string): Promise<FoundPayers> {
    return this.#http.call(receiptsSearch, { q });
  }

  /** @param despite although its payment, or its number, is another's */
  approve(id: string, why?: string, despite = false): Promise<Receipt> {
    return this.#http.call(receiptsApprove, { id, body: { despite, ...(why ? { why } : {}) } });
  }

  reject(id: string, why: string): Promise<Receipt> {
    return this.#http.call(receiptsReject, { id, body: { why } });
  }

  askAnother(id: string, why: string): Promise<Receipt> {
    return this.#http.call(receiptsAskAnother, { id, body: { why } });
  }

  correct(id: string, correction: ReceiptCorrection): Promise<Receipt> {
    return this.#http.call(receiptsCorrect, { id, body: correction });
  }

  /** Settles what a payment is stuck on. */
  async resolve(settlement: string, how: Resolution, why: string): Promise<void> {
    await this.#http.call(settlementsResolve, { id: settlement, body: { how, why } });
  }

  /** Puts a picture or PDF up, to be read as somebody's receipt within a day. */
  upload(file: File): Promise<ReceiptUpload> {
    return this.#http.call(receiptsUpload, { name: file.name.slice(-200), body: file });
  }

  /** @returns its id */
  async start(receipt: NewReceipt): Promise<string> {
    return (await this.#http.call(receiptsStart, { body: receipt })).id;
  }

  /** Where a browser finds its picture or PDF. */
  fileUrl(id: string): string {
    return receiptsFile.PATH.replace('{id}', id);
  }
}
