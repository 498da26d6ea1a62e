import type { TextKey } from './i18n/es';

const names: Readonly<Record<string, TextKey>> = {
  'customer.created': 'did.customer.created', 'customer.changed': 'did.customer.changed', 'customer.cancelled': 'did.customer.cancelled', 'customer.restored': 'did.customer.restored',
  'service.created': 'did.service.created', 'service.changed': 'did.service.changed', 'service.suspended': 'did.service.suspended', 'service.reactivated': 'did.service.reactivated',
  'service.cancelled': 'did.service.cancelled', 'invoice.issued': 'did.invoice.issued', 'invoice.cancelled': 'did.invoice.cancelled', 'payment.registered': 'did.payment.registered',
  'payment.reversed': 'did.payment.reversed',
};

/** What an entry of the audit log says of a customer; undefined for one that is no customer's. */
export const activityName = (action: string): TextKey | undefined => names[action];
