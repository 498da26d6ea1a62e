import type { BookCustomer, BookPlan, BookService, CustomerBook } from '../../../domain/customer-book.js';
import { addDays, instantAt } from './dates.js';
import { idOf } from './ids.js';
import { streets } from './names.js';
import { demoPlans } from './plans.js';
import { chance, type Chance } from './prng.js';
import type { Profile } from './profile.js';
import { profiles } from './profiles.js';

export { wellKnown } from './well-known.js';

const customerCount = 200;
const firstServiceNumber = 100_200;
const firstInvoiceNumber = 41_000;
const monthDays = 30;

/**
 * The demo company's customer book: always the same 200 people, their due dates and connections told from `today`.
 * @param today `YYYY-MM-DD` in the company's time zone
 */
export function demoBook(today: string): CustomerBook {
  const book: CustomerBook = { plans: [...demoPlans], customers: [], services: [], invoices: [] };
  for (const [index, profile] of profiles(customerCount).entries()) {
    // A chance of one's own for each person: a change to one leaves the others as they are.
    const luck = chance(7_919 * (index + 1));
    const customer = customerOf(profile, index + 1, luck);
    book.customers.push(customer);
    for (let nth = 0; nth < profile.services; nth += 1) {
      // Debts and faults are the first service's; a second one is always well.
      const { debt, link } = nth === 0 ? profile : healthy;
      const address = nth === 0 ? customer.address : addressOf(luck).address;
      const plan = luck.pick(demoPlans);
      const making: Making = { book, customer, plan, debt, link, luck, today };
      addInvoices(making, addService(making, address));
    }
  }
  return book;
}

const healthy = { debt: 'none', link: 'online' } as const;

/** One service while its rows are made. */
interface Making extends Pick<Profile, 'debt' | 'link'> {
  book: CustomerBook;
  customer: BookCustomer;
  plan: BookPlan;
  luck: Chance;
  today: string;
}

function customerOf(profile: Profile, number: number, luck: Chance): BookCustomer {
  const { address, postalCode } = addressOf(luck);
  const { name, document, phones } = profile;
  return { id: idOf('customer', number), name, document, phones: [...phones], address, postalCode, email: emailOf(name, number) };
}

function addressOf(luck: Chance): { address: string; postalCode: string } {
  const { name, town, postalCode } = luck.pick(streets);
  const flat = luck.next() < 0.2 ? `, piso ${luck.between(1, 9)} ${luck.pick(['A', 'B', 'C'])}` : '';
  return { address: `${name} ${luck.between(100, 4900)}${flat}, ${town}`, postalCode };
}

/** example.com belongs to nobody (RFC 2606). */
function emailOf(name: string, number: number): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().split(' ');
  return `${plain[0]}.${plain.at(-1)}${number}@example.com`;
}

function addService({ book, customer, plan, debt, link, luck, today }: Making, address: string): BookService {
  const number = book.services.length + 1;
  const isSuspended = debt === 'suspended' || debt === 'paid-suspended';
  const online = !isSuspended && link !== 'offline';
  const tenths = link === 'weak' ? luck.between(275, 295) : luck.between(170, 245);
  const service: BookService = {
    id: idOf('service', number),
    customerId: customer.id,
    planId: plan.id,
    serviceNumber: String(firstServiceNumber + number),
    address,
    status: isSuspended ? 'suspended' : 'active',
    online,
    ...(online ? { signalDbm: -tenths / 10 } : {}),
    since: instantAt(today, link === 'offline' ? -1 : -luck.between(2, 60), luck.between(0, 1439)),
  };
  book.services.push(service);
  return service;
}

/** Two paid months for everybody, and this month's as the person's debt says; who is cut off for it owes two. */
function addInvoices({ book, plan, debt, luck, today }: Making, service: BookService): void {
  const isLate = debt === 'overdue' || debt === 'suspended';
  const lastDueOn = addDays(today, isLate ? -luck.between(5, 25) : luck.between(3, 12));
  const openCount = { none: 0, due: 1, overdue: 1, suspended: 2, 'paid-suspended': 0 }[debt];
  for (let monthsAgo = openCount + 1; monthsAgo >= 0; monthsAgo -= 1) {
    const number = book.invoices.length + 1;
    const dueOn = addDays(lastDueOn, -monthDays * monthsAgo);
    const paidOn = monthsAgo === 0 ? today : addDays(dueOn, -luck.between(1, 6));
    book.invoices.push({
      id: idOf('invoice', number),
      customerId: service.customerId,
      serviceId: service.id,
      number: `0003-${String(firstInvoiceNumber + number).padStart(8, '0')}`,
      issuedOn: addDays(dueOn, -15),
      dueOn,
      amount: plan.price,
      currency: plan.currency,
      ...(monthsAgo < openCount ? {} : { paidOn }),
    });
  }
}
