import type { PaymentActivities } from '../../activities/payments.js';
import type { LinkLook, PaymentLook } from '../../activities/payments/looking.js';

/** A payment at the platform, without one. */
export interface ScriptedPayment {
  /** What each look finds, one after the other; the last one stands. */
  says: PaymentLook[];
  looks: number;
  /** Causes of what was taken back. */
  reversed: string[];
}

export interface ScriptedLink {
  state: LinkLook['state'];
  /** Numbers of payments that the platform knows of it. */
  payments: string[];
  looks: number;
}

/** Payments and links in memory for specs of their workflows; a payment that is there pays its link. */
export class ScriptedPayments {
  readonly #payments = new Map<string, ScriptedPayment>();
  readonly #links = new Map<string, ScriptedLink>();
  #next = 5_000;

  /** Answers its number. */
  add(...says: PaymentLook[]): string {
    const payment = String(this.#next++);
    this.#payments.set(payment, { says, looks: 0, reversed: [] });
    return payment;
  }

  addLink(link: string): ScriptedLink {
    const added: ScriptedLink = { state: 'open', payments: [], looks: 0 };
    this.#links.set(link, added);
    return added;
  }

  of(payment: string): ScriptedPayment {
    return this.#payments.get(payment)!;
  }

  readonly activities: PaymentActivities = {
    lookAtPlatformPayment: ({ payment }) => {
      const one = this.of(payment);
      one.looks += 1;
      const found = one.says.length > 1 ? one.says.shift()! : one.says[0]!;
      const link = found.link === undefined ? undefined : this.#links.get(found.link);
      if (link && found.money === 'paid') link.state = 'paid';
      return Promise.resolve(found);
    },
    lookAtLink: ({ link }) => {
      const one = this.#links.get(link)!;
      one.looks += 1;
      return Promise.resolve({ state: one.state, platform: 'mercadopago', payments: one.state === 'open' ? one.payments : [] });
    },
    reverseSettlement: ({ settlement, cause }) => {
      for (const one of this.#payments.values()) if (one.says.some(({ reverse }) => reverse?.settlement === settlement)) one.reversed.push(cause);
      return Promise.resolve();
    },
  };
}
