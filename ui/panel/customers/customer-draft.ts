import type { BookCustomer, NewCustomer } from '../../shared/api/customers-api';
import { showNumber } from '../link/phone-digits';

/** What is in the form of a customer, as it is typed. */
export interface CustomerDraft {
  name: string;
  number: string;
  document: string;
  /** Separated by commas. */
  phones: string;
  address: string;
  postalCode: string;
  email: string;
  taxCondition: string;
  notes: string;
}

export const customerDraftOf = (customer: BookCustomer | undefined): CustomerDraft => ({
  name: customer?.name ?? '', number: customer?.number ?? '', document: customer?.document ?? '', phones: customer?.phones.map(showNumber).join(', ') ?? '', address: customer?.address ?? '',
  postalCode: customer?.postalCode ?? '', email: customer?.email ?? '', taxCondition: customer?.taxCondition ?? '', notes: customer?.notes ?? '',
});

/** As the API takes it; a number that is not given is the next. */
export function customerBodyOf({ phones, number, ...draft }: CustomerDraft): NewCustomer {
  return { ...draft, ...(number.trim() === '' ? {} : { number: number.trim() }), phones: phones.split(/[,;\n]/u).map((phone) => phone.trim()).filter((phone) => phone !== '') };
}
