import { cents, fromCents } from '../money.js';
import { addDays, dayOf, daysIn, firstDay, lastDay, monthAfter } from './month.js';

/** day-of-month: the 10th of the month that is invoiced, or of the next where that is past · days-after: so many days after it is issued. */
export interface DueRule {
  kind: 'day-of-month' | 'days-after';
  value: number;
}

export interface InvoicingRules {
  due: DueRule;
  /** Whether a service installed within the month pays only the days that it was there. */
  prorate: boolean;
}

/** A service as it is invoiced. */
export interface BilledService {
  id: string;
  customer: string;
  /** As printed. */
  number: string;
  plan: string;
  /** A month; its own price where it has one, else the plan's. */
  price: string;
  /** `YYYY-MM-DD`; unknown: it was there all month. */
  installedOn?: string;
}

export interface ProposedInvoice {
  service: string;
  customer: string;
  amount: string;
  /** What is printed as its line. */
  line: string;
  /** Days of the month that are paid, where not all of them are. */
  days?: number;
}

/** When an invoice issued on a day for a month is due, `YYYY-MM-DD`: never before it is issued. */
export function dueDateOf({ kind, value }: DueRule, month: string, issuedOn: string): string {
  if (kind === 'days-after') return addDays(issuedOn, value);
  const own = dayOf(month, value);
  if (own >= issuedOn) return own;
  const here = dayOf(issuedOn.slice(0, 7), value);
  return here >= issuedOn ? here : dayOf(monthAfter(issuedOn.slice(0, 7)), value);
}

/** A month's price for some of its days, rounded to the nearest hundredth. */
export function prorated(price: string, days: number, month: string): string {
  const all = BigInt(daysIn(month));
  return fromCents((cents(price) * BigInt(days) * 2n + all) / (all * 2n));
}

const names = ['enero', 'febrero', 'marzo', 'abril', 'mayo', 'junio', 'julio', 'agosto', 'septiembre', 'octubre', 'noviembre', 'diciembre'];

/** "2026-11" → "noviembre de 2026", as customers read it. */
export const monthName = (month: string): string => `${names[Number(month.slice(5)) - 1]} de ${month.slice(0, 4)}`;

/**
 * What the services of a company pay for a month: one invoice a service; none for what was installed later or costs nothing.
 * @param services those that are active and not invoiced for this month yet
 */
export function invoicesFor(services: readonly BilledService[], month: string, { prorate }: Pick<InvoicingRules, 'prorate'>): ProposedInvoice[] {
  return services.flatMap((service) => {
    const { installedOn, price, plan, number } = service;
    if (installedOn !== undefined && installedOn > lastDay(month)) return [];
    const isPart = prorate && installedOn !== undefined && installedOn > firstDay(month);
    const days = isPart ? daysIn(month) - Number(installedOn.slice(8)) + 1 : undefined;
    const amount = days === undefined ? fromCents(cents(price)) : prorated(price, days, month);
    if (cents(amount) <= 0n) return [];
    const line = `${plan} · servicio ${number} · ${monthName(month)}${days === undefined ? '' : ` (${days} de ${daysIn(month)} días)`}`;
    return [{ service: service.id, customer: service.customer, amount, line, ...(days === undefined ? {} : { days }) }];
  });
}

/** "0001", 42 → "0001-00000042" */
export const invoiceNumber = (prefix: string, nth: number): string => `${prefix}-${String(nth).padStart(8, '0')}`;
