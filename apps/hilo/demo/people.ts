import type { BookCustomer, BookInvoice, BookService, CustomerBook } from '../../../libs/domain/customer-book.js';

/** Somebody to be in the simulated phone: the simulator serves this list at `/demo-people.json`. */
export interface ExamplePerson {
  /** E.164 digits. */
  number: string;
  name: string;
  /** What makes this person worth trying, in Spanish. */
  note: string;
}

/** Everything of one customer. */
interface Case {
  customer: BookCustomer;
  services: BookService[];
  open: BookInvoice[];
  /** Others have one of this customer's phones, too. */
  sharesPhone: boolean;
}

function casesOf(book: CustomerBook): Case[] {
  const holders = Map.groupBy(book.customers.flatMap((customer) => customer.phones), (phone) => phone);
  const services = Map.groupBy(book.services, (service) => service.customerId);
  const open = Map.groupBy(book.invoices.filter((invoice) => invoice.paidOn === undefined), (invoice) => invoice.customerId);
  return book.customers
    .filter((customer) => customer.phones.length > 0)
    .map((customer) => ({
      customer,
      services: services.get(customer.id) ?? [],
      open: open.get(customer.id) ?? [],
      sharesPhone: customer.phones.some((phone) => (holders.get(phone)?.length ?? 0) > 1),
    }));
}

const suspended = ({ services }: Case) => services.some((service) => service.status === 'suspended');
const offline = ({ services }: Case) => services.some((service) => service.status === 'active' && !service.online);
const plain = (one: Case) => one.services.length === 1 && !one.sharesPhone && !suspended(one) && !offline(one);

/** @param today `YYYY-MM-DD` in the company's time zone */
function situations(today: string): [note: string, fits: (one: Case) => boolean][] {
  const overdue = ({ open }: Case) => open.some((invoice) => invoice.dueOn < today);
  return [
    ['Al día', (one) => plain(one) && one.open.length === 0],
    ['Con una factura por vencer', (one) => plain(one) && one.open.length === 1 && !overdue(one)],
    ['Con una factura vencida', (one) => plain(one) && overdue(one)],
    ['Suspendido por falta de pago', (one) => suspended(one) && !one.sharesPhone],
    ['Sin conexión', (one) => offline(one) && !suspended(one) && !one.sharesPhone],
    ['Con dos servicios', (one) => one.services.length > 1 && !one.sharesPhone],
    ['Comparte el teléfono con otra persona', (one) => one.sharesPhone],
  ];
}

/** Somebody who is in no book: the newcomer's number is free in every seed. */
export const NEWCOMER: ExamplePerson = { number: '5493415550199', name: 'Vecina nueva', note: 'No es cliente' };

/**
 * One customer for each situation that the demo's flows tell apart, and a newcomer.
 * @param today `YYYY-MM-DD` in the company's time zone
 */
export function examplePeople(book: CustomerBook, today: string): ExamplePerson[] {
  const cases = casesOf(book);
  const taken = new Set<string>();
  const people = situations(today).flatMap(([note, fits]) => {
    const found = cases.find((one) => !taken.has(one.customer.id) && fits(one));
    if (!found) return [];
    taken.add(found.customer.id);
    return [{ number: found.customer.phones[0]!, name: found.customer.name, note }];
  });
  return [...people, NEWCOMER];
}
