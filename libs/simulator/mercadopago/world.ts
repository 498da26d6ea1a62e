/** What a simulated MercadoPago remembers: one seller's links and payments. Amounts are numbers, as on its wire. */

export interface SimulatedAccount {
  accessToken: string;
  /** Of the webhooks. */
  secret: string;
  userId: number;
  nickname: string;
  site: string;
  currency: string;
}

/** The account that demos and tests use, until another is put. */
export const simulatedAccount: SimulatedAccount = {
  accessToken: 'APP_USR-simulado-3f1c', secret: 'secreto-de-webhooks-simulado', userId: 458901234, nickname: 'LITORALFIBRA', site: 'MLA', currency: 'ARS',
};

export interface Preference {
  id: string;
  external_reference?: string;
  notification_url?: string;
  title: string;
  unit_price: number;
  currency_id: string;
  expiresAt?: string;
  idempotencyKey: string;
}

export interface Payment {
  id: number;
  status: string;
  status_detail: string;
  date_created: string;
  date_approved: string | null;
  date_last_updated: string;
  transaction_amount: number;
  transaction_amount_refunded: number;
  currency_id: string;
  external_reference: string | null;
  collector_id: number;
  operation_type: string;
  payment_type_id: string;
  payment_method_id: string;
  payer: { first_name?: string; last_name?: string; email?: string; identification?: { type: string; number: string } };
  transaction_details: { transaction_id: string | null; payment_method_reference_id: string | null; net_received_amount: number };
  /** Of its link; absent from answers. */
  notification_url?: string;
}

export type Outcome = 'approved' | 'pending' | 'rejected';
const details: Readonly<Record<string, string>> = {
  approved: 'accredited', pending: 'pending_waiting_payment', rejected: 'cc_rejected_insufficient_amount', cancelled: 'expired', refunded: 'refunded', charged_back: 'settled',
  in_mediation: 'pending', in_process: 'pending_review_manual',
};

export class MercadoPagoWorld {
  readonly preferences: Preference[] = [];
  readonly payments: Payment[] = [];
  account: SimulatedAccount = simulatedAccount;
  /** Ids grow with the clock, so that those of a simulator that was started again are not used twice. */
  #next: number;

  constructor(readonly now: () => number = Date.now) {
    this.#next = Math.floor(now() / 1_000) * 100;
  }

  /** The same key gives the same link, whatever else it is asked with. */
  prefer(asked: Omit<Preference, 'id'>): Preference {
    const known = this.preferences.find(({ idempotencyKey }) => idempotencyKey === asked.idempotencyKey);
    if (known) return known;
    const preference = { id: `${this.account.userId}-${this.#id()}`, ...asked };
    this.preferences.push(preference);
    return preference;
  }

  isOver({ expiresAt }: Preference): boolean {
    return expiresAt !== undefined && Date.parse(expiresAt) <= this.now();
  }

  pay(preference: Preference, outcome: Outcome, amount = preference.unit_price): Payment {
    return this.#add({
      status: outcome, transaction_amount: amount, currency_id: preference.currency_id, external_reference: preference.external_reference ?? null, operation_type: 'regular_payment',
      payment_type_id: outcome === 'pending' ? 'ticket' : 'credit_card', payment_method_id: outcome === 'pending' ? 'rapipago' : 'visa', payer: { email: 'quien-paga@example.com' },
      ...(preference.notification_url === undefined ? {} : { notification_url: preference.notification_url }),
    });
  }

  /** Somebody transfers to the account without any link. */
  transfer({ amount, name, document, reference, at }: { amount: number; name?: string | undefined; document?: string | undefined; reference?: string | undefined; at?: string | undefined }): Payment {
    const [first, ...rest] = (name ?? '').split(' ');
    const payment = this.#add({
      status: 'approved', transaction_amount: amount, currency_id: this.account.currency, external_reference: null, operation_type: 'money_transfer', payment_type_id: 'bank_transfer', payment_method_id: 'cvu',
      payer: { ...(name === undefined ? {} : { first_name: first!, last_name: rest.join(' ') }), ...(document === undefined ? {} : { identification: { type: 'CUIT', number: document } }) },
    });
    payment.transaction_details.transaction_id = reference ?? null;
    if (at !== undefined) Object.assign(payment, { date_created: at, date_approved: at });
    return payment;
  }

  /** Moves a payment on, also back: what MercadoPago does it does. `refund`: only so much goes back, and it stays approved. */
  change(payment: Payment, status: string, refund?: number): void {
    const at = new Date(this.now()).toISOString();
    payment.date_last_updated = at;
    if (refund !== undefined) {
      payment.transaction_amount_refunded += refund;
      payment.status_detail = 'partially_refunded';
      return;
    }
    Object.assign(payment, { status, status_detail: details[status] ?? status });
    if (status === 'approved') payment.date_approved ??= at;
    if (status === 'refunded') payment.transaction_amount_refunded = payment.transaction_amount;
  }

  #id(): number {
    return (this.#next += 1);
  }

  #add(parts: Omit<Payment, 'id' | 'status_detail' | 'date_created' | 'date_approved' | 'date_last_updated' | 'collector_id' | 'transaction_details' | 'transaction_amount_refunded'>): Payment {
    const at = new Date(this.now()).toISOString();
    const payment: Payment = {
      id: this.#id(), status_detail: details[parts.status] ?? parts.status, date_created: at, date_approved: parts.status === 'approved' ? at : null, date_last_updated: at, collector_id: this.account.userId,
      transaction_amount_refunded: 0, transaction_details: { transaction_id: null, payment_method_reference_id: null, net_received_amount: parts.transaction_amount }, ...parts,
    };
    this.payments.push(payment);
    return payment;
  }
}
