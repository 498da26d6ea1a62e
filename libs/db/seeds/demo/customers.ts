import type {
  BookCustomer,
  BookInvoice,
  BookPlan,
  BookService,
  CustomerBook,
} from '../../../domain/customer-book.js';
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
      const plan = luck.pick(demoPlans);
      const service = serviceOf(profile, customer, plan, book.services.length + 1, nth, luck, today);
      book.services.push(service);
      addInvoices(book.invoices, nth === 0 ? profile.debt : 'none', service, plan, luck, today);
    }
  }
  return book;
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

function serviceOf(
  profile: Profile,
  customer: BookCustomer,
  plan: BookPlan,
  number: number,
  nth: number,
  luck: Chance,
  today: string,
): BookService {
  const isSuspended = nth === 0 && (profile.debt === 'suspended' || profile.debt === 'paid-suspended');
  const isOffline = nth === 0 && profile.link === 'offline';
  const online = !isSuspended && !isOffline;
  const weak = profile.link === 'weak' && nth === 0;
  const signalDbm = -luck.between(weak ? 275 : 170, weak ? 295 : 245) / 10;
  return {
    id: idOf('service', number),
    customerId: customer.id,
    planId: plan.id,
    serviceNumber: String(firstServiceNumber + number),
    address: nth === 0 ? customer.address : addressOf(luck).address,
    status: isSuspended ? 'suspended' : 'active',
    online,
    ...(online ? { signalDbm } : {}),
    since: instantAt(today, isOffline ? -1 : -luck.between(2, 60), luck.between(0, 1439)),
  };
}

/** Two paid months for everybody, and this month's as the person's debt says; who is cut off owes two. */
function addInvoices(
  invoices: BookInvoice[],
  debt: Profile['debt'],
  service: BookService,
  plan: BookPlan,
  luck: Chance,
  today: string,
): void {
  const lateDays = luck.between(5, 25);
  const isLate = debt === 'overdue' || debt === 'suspended';
  const lastDueOn = addDays(today, isLate ? -lateDays : luck.between(3, 12));
  const openCount = { none: 0, due: 1, overdue: 1, suspended: 2, 'paid-suspended': 0 }[debt];
  for (let monthsAgo = openCount + 1; monthsAgo >= 0; monthsAgo -= 1) {
    const dueOn = addDays(lastDueOn, -monthDays * monthsAgo);
    const issuedOn = addDays(dueOn, -15);
    const paidOn = monthsAgo === 0 ? today : addDays(dueOn, -luck.between(1, 6));
    invoices.push({
      id: idOf('invoice', invoices.length + 1),
      customerId: service.customerId,
      serviceId: service.id,
      number: `0003-${String(41_000 + invoices.length).padStart(8, '0')}`,
      issuedOn,
      dueOn,
      amount: plan.price,
      currency: plan.currency,
      ...(monthsAgo < openCount ? {} : { paidOn }),
    });
  }
}
