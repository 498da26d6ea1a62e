import { Injectable, inject } from '@angular/core';
import type { Frozen } from './frozen';
import { paymentmethodsChange } from './generated/fn/payments/paymentmethods-change';
import { paymentmethodsChangeAddress } from './generated/fn/payments/paymentmethods-change-address';
import { paymentmethodsCreate } from './generated/fn/payments/paymentmethods-create';
import { paymentmethodsForget } from './generated/fn/payments/paymentmethods-forget';
import { paymentmethodsOrder } from './generated/fn/payments/paymentmethods-order';
import { paymentmethodsRead } from './generated/fn/payments/paymentmethods-read';
import { paymentmethodsRemove } from './generated/fn/payments/paymentmethods-remove';
import { paymentmethodsSave } from './generated/fn/payments/paymentmethods-save';
import { paymentmethodsTest } from './generated/fn/payments/paymentmethods-test';
import type * as api from './generated/models';
import { Http } from './http';

export type PaymentMethods = Frozen<api.PaymentMethods>;
export type PaymentMethod = Frozen<api.PaymentMethod>;
export type PaymentPlatform = Frozen<api.PaymentPlatform>;
export type PaymentPlatformTest = Frozen<api.PaymentPlatformTest>;
export type PaymentPlatformKeys = api.PaymentPlatformKeys;

/** How customers can pay. Keys go in, and are never read back. */
@Injectable({ providedIn: 'root' })
export class PaymentsApi {
  readonly #http = inject(Http);

  read(): Promise<PaymentMethods> {
    return this.#http.call(paymentmethodsRead, {});
  }

  create(method: api.NewPaymentMethod): Promise<PaymentMethod> {
    return this.#http.call(paymentmethodsCreate, { body: method });
  }

  change(id: string, method: api.PaymentMethodChange): Promise<PaymentMethod> {
    return this.#http.call(paymentmethodsChange, { id, body: method });
  }

  remove(id: string): Promise<unknown> {
    return this.#http.call(paymentmethodsRemove, { id });
  }

  order(ids: string[]): Promise<unknown> {
    return this.#http.call(paymentmethodsOrder, { body: { ids } });
  }

  saveMercadoPago(keys: PaymentPlatformKeys): Promise<PaymentPlatform> {
    return this.#http.call(paymentmethodsSave, { body: keys });
  }

  testMercadoPago(keys: PaymentPlatformKeys): Promise<PaymentPlatformTest> {
    return this.#http.call(paymentmethodsTest, { body: keys });
  }

  /** Notices come to another address; the former one is taken for some days. */
  changeMercadoPagoAddress(): Promise<PaymentPlatform> {
    return this.#http.call(paymentmethodsChangeAddress, {});
  }

  forgetMercadoPago(): Promise<unknown> {
    return this.#http.call(paymentmethodsForget, {});
  }
}
