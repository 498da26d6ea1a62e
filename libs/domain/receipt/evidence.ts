import type { InvoiceSummary } from '../customers.js';

/** Where the company is paid: an account, or an alias or phone of a wallet. */
export interface OwnAccount {
  id: string;
  /** CBU, CVU, CLABE, account or phone: digits. */
  number?: string;
  /** Lower case. */
  alias?: string;
  holder: string;
  /** Digits (CUIT, RUT, RUC, RFC …). */
  document?: string;
}

/** An earlier receipt, of whomever it was. */
export interface Earlier {
  receipt: string;
  /** The same customer sent it, or it was sent for the same customer. */
  isSameCustomer: boolean;
  /** rejected: also one of which a better picture was asked for. */
  state: 'open' | 'accepted' | 'rejected';
}

/** Everything that a receipt is held against; gathered by activities, weighed by `compare` and `judge`. */
export interface Evidence {
  /** Absent while nobody knows whose payment it is. */
  customer?: { name: string; /** Earliest due date first. */ open: readonly InvoiceSummary[]; /** Names that have paid for them before. */ knownPayers: readonly string[]; accepted: number };
  /** The ISP's system did not answer: whose payment it is, or what is due, is not known now. */
  unavailable?: true;
  file?: 'image' | 'pdf';
  accounts: readonly OwnAccount[];
  /** The same bytes, the same picture (after re-encoding, cropping, a new screenshot), the same operation, one that differs by confusable letters. */
  earlier: { file?: Earlier; picture?: Earlier; reference?: Earlier; confusable?: Earlier };
  /** What the bank's statement or the payment platform says. `amount` differs: mismatch. */
  verified: 'confirmed' | 'not-yet' | 'mismatch' | 'no-source';
  /** Confirmed by amount, day and payer, without a number: whoever knows who paid can have such a receipt made. */
  onlyByPayer?: true;
  /** Its payment is registered, or on its way, for another receipt or for a link: of this customer, or of somebody else. */
  settled?: 'customer' | 'other';
  /** A payment of this customer, amount and day was accepted that nothing proves: it may be this one, under another of its numbers. */
  alike?: true;
  /** `YYYY-MM-DD` where the company is. */
  today: string;
}
