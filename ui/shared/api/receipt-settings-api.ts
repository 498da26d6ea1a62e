import { Injectable, inject } from '@angular/core';
import type { Frozen } from './frozen';
import { receiptpolicyRead } from './generated/fn/receipt-settings/receiptpolicy-read';
import { receiptpolicySave } from './generated/fn/receipt-settings/receiptpolicy-save';
import type * as api from './generated/models';
import { Http } from './http';

export type ReceiptSettings = Frozen<api.ReceiptSettings>;
export type ReceiptPolicy = ReceiptSettings['policy'];
export type ReceiptTexts = ReceiptSettings['texts'];
export type ReceiptText = keyof ReceiptTexts;
export type ReceiptMode = ReceiptPolicy['mode'];

/** What happens to receipts without a person, and what customers are told. */
@Injectable({ providedIn: 'root' })
export class ReceiptSettingsApi {
  readonly #http = inject(Http);

  read(): Promise<ReceiptSettings> {
    return this.#http.call(receiptpolicyRead, {});
  }

  save(change: Pick<ReceiptSettings, 'version' | 'policy' | 'texts'>): Promise<ReceiptSettings> {
    return this.#http.call(receiptpolicySave, { body: structuredClone(change) as api.ReceiptSettingsChange });
  }
}
