/**
 * The embedded customer book: the rows that Hilo keeps for an ISP that has no system of its own.
 * The tables of `libs/db` have these columns; the demo's seed is written in these types.
 */

export interface BookPlan {
  id: string;
  name: string;
  downMbps: number;
  upMbps: number;
  /** A month, decimal string. */
  price: string;
  /** ISO 4217. */
  currency: string;
  description: string;
}

export interface BookCustomer {
  id: string;
  /** As the company counts its customers; given when the row is made, so absent before. */
  number?: string;
  /** Letters and digits only (DNI, CUIT, RUC …). */
  document: string;
  /** First name first. */
  name: string;
  /** E.164 digits without `+`; may be empty, may be shared with another customer. */
  phones: string[];
  address: string;
  postalCode: string;
  email?: string;
}

export interface BookService {
  id: string;
  customerId: string;
  planId: string;
  /** As printed on the invoice; digits. */
  serviceNumber: string;
  address: string;
  status: 'active' | 'suspended';
  online: boolean;
  /** Optical power at the modem; absent while it gets no light. */
  signalDbm?: number;
  /** Begin of the present connection state: ISO instant. */
  since: string;
}

export interface BookInvoice {
  id: string;
  customerId: string;
  serviceId?: string;
  number: string;
  /** `YYYY-MM-DD` */
  issuedOn: string;
  /** `YYYY-MM-DD` */
  dueOn: string;
  /** Decimal string. */
  amount: string;
  currency: string;
  /** `YYYY-MM-DD`; absent while it is open. */
  paidOn?: string;
}

export interface CustomerBook {
  plans: BookPlan[];
  customers: BookCustomer[];
  services: BookService[];
  invoices: BookInvoice[];
}
