import type { Booking } from '../domain/settlement/allocate.js';
import type { CrmSystemId } from './registry.js';

export interface PaymentManner {
  booking: Booking;
  /** It keeps our reference with a payment, so that an order whose outcome is in doubt may be given again: the adapter finds the first one. */
  tellsReference: boolean;
}

/**
 * How each system takes payments. ISPCube's call has no field for a reference: ours stands in a comment that not every installation keeps.
 * research/external-apis.md §1–§4.
 */
export const paymentManners: Readonly<Record<CrmSystemId, PaymentManner>> = {
  embedded: { booking: 'covering', tellsReference: true },
  mikrowisp: { booking: 'invoices', tellsReference: true },
  wisphub: { booking: 'invoices', tellsReference: true },
  ispcube: { booking: 'account', tellsReference: false },
  ispbrain: { booking: 'invoices', tellsReference: false },
  generic: { booking: 'invoices', tellsReference: true },
};
