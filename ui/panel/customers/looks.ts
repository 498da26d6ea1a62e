import type { BookInvoice, ListedCustomer } from '../../shared/api/customers-api';
import type { IconName } from '../../shared/icons/icon-names';

interface Look {
  readonly icon: IconName;
  readonly tone: string;
}

/** How a customer's or a service's state looks. */
export const customerLook: Record<ListedCustomer['status'], Look> = {
  active: { icon: 'check', tone: 'state--ok' }, suspended: { icon: 'pause', tone: 'state--warn' }, cancelled: { icon: 'slash', tone: '' },
};

export type InvoiceLook = BookInvoice['state'] | 'overdue';

/** How an invoice's state looks; one that is owed past its day is overdue. */
export const invoiceLook: Record<InvoiceLook, Look> = {
  open: { icon: 'clock', tone: '' }, overdue: { icon: 'alert', tone: 'state--bad' }, 'in-review': { icon: 'eye', tone: 'state--warn' }, paid: { icon: 'check', tone: 'state--ok' }, cancelled: { icon: 'slash', tone: '' },
};

export const stateOf = ({ state, overdue }: Pick<BookInvoice, 'state' | 'overdue'>): InvoiceLook => (overdue ? 'overdue' : state);
