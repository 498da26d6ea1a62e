import type { CustomerOrder, OrderResult } from '../../domain/customers.js';
import { phoneCountryOf } from '../../domain/phone.js';
import { localTimeOf } from '../../domain/time/local-time.js';
import { CrmFailure } from '../wire/crm-failure.js';
import { once } from '../wire/once.js';
import { madeOf, paymentOf, type GenericPayment } from './answers.js';
import { askOnce, askRows, customerById, NotThere, readable, serviceOfCustomer, type Asked } from './asking.js';
import type { OperationName } from './operations.js';
import { readPath } from './path.js';
import { phoneValues } from './phones.js';
import { invoicesOf } from './queries.js';
import type { TemplateValues } from './template.js';

type Of<K extends CustomerOrder['kind']> = Extract<CustomerOrder, { kind: K }>;

const done = (how: 'now' | 'already', id?: string): OrderResult => ({ ok: true, done: how, ...(id === undefined ? {} : { id }) });
const UNKNOWN = { ok: false, reason: 'unknown' } as const;
/** Refused at the door: nothing was changed. */
const AT_THE_DOOR: readonly string[] = ['auth', 'forbidden', 'rate-limited', 'quota', 'licence'];

/** The one call that changes something. @throws CrmFailure where it may have had its effect, or did not get there */
async function change(system: Asked, name: OperationName, values: TemplateValues, signal: AbortSignal): Promise<OrderResult> {
  const { verdict } = await askOnce(system, name, values, signal);
  if (verdict.kind === 'not-found') return { ok: false, reason: 'not-found' };
  if (verdict.kind === 'rejected') return { ok: false, reason: 'rejected', why: verdict.why };
  if (verdict.kind === 'fault') throw new CrmFailure(verdict.fault, '', AT_THE_DOOR.includes(verdict.fault) ? 'none' : 'answered');
  const [row] = readPath(system.description.operations[name]?.list ?? '$', verdict.json ?? null);
  return done('now', readable(madeOf(system.description, Array.isArray(row) ? row[0] : row)).id);
}

/** Nothing where the system says that there is nothing. */
async function unlessNotThere<T>(look: Promise<T>): Promise<T | undefined> {
  try {
    return await look;
  } catch (problem) {
    if (problem instanceof NotThere) return undefined;
    throw problem;
  }
}

/** A "yes" that reading does not confirm is not believed; neither is a reading that fails. */
async function confirmed(said: OrderResult, look: () => Promise<OrderResult | undefined>): Promise<OrderResult> {
  if (!said.ok) return said;
  try {
    return (await look()) ?? UNKNOWN;
  } catch (problem) {
    if (problem instanceof CrmFailure) return { ...UNKNOWN, fault: problem.fault };
    throw problem;
  }
}

type Payment = Pick<Of<'pay'>, 'customer' | 'invoice' | 'reference'>;
const keysOf = ({ customer, invoice, reference }: Payment): TemplateValues => ({ id: customer, invoice: invoice ?? '', reference });

/** The payment that carries our reference, a standing one first; each row is checked, as a filter may be ignored. */
async function findPayment(system: Asked, order: Payment, signal: AbortSignal): Promise<GenericPayment | undefined> {
  const rows = (await unlessNotThere(askRows(system, 'findPayment', keysOf(order), signal))) ?? [];
  const own = rows.map((row) => readable(paymentOf(system.description, row)))
    .filter(({ reference, customer }) => reference === order.reference && (customer === undefined || customer === order.customer));
  return own.find(({ reversed }) => !reversed) ?? own[0];
}

/** More than anybody has open. */
const MOST_INVOICES = 100;

/** Whether an invoice is another customer's, or nobody's; only asked where the system can tell. */
async function isSomebodyElses(system: Asked, { customer, invoice }: Payment, signal: AbortSignal): Promise<boolean> {
  if (invoice === undefined || !system.description.operations.invoices) return false;
  const own = (await unlessNotThere(invoicesOf(system, customer, MOST_INVOICES, signal))) ?? [];
  return !own.some((one) => one.invoice.id === invoice);
}

/** Reads, pays, reads again: once for each reference, whatever happens to the call between. */
export async function pay(system: Asked, order: Of<'pay'>, signal: AbortSignal): Promise<OrderResult> {
  if (await isSomebodyElses(system, order, signal)) return { ok: false, reason: 'not-found' };
  const { amount, method, paidAt, reactivate } = order;
  const look = async (how: 'now' | 'already'): Promise<OrderResult | undefined> => {
    const standing = await findPayment(system, order, signal);
    return standing && !standing.reversed ? done(how, standing.id) : undefined;
  };
  const values = {
    ...keysOf(order), amount: amount.amount, currency: amount.currency, method, paidAt, reactivate: String(reactivate),
    'paidAt.date': localTimeOf(Date.parse(paidAt), system.deps.timeZone).slice(0, 10),
  };
  return once(system.deps, signal, {
    read: () => look('already'),
    write: async () => confirmed(await change(system, 'pay', values, signal), () => look('now')),
  });
}

export function reversePayment(system: Asked, order: Of<'reverse-payment'>, signal: AbortSignal): Promise<OrderResult> {
  let standing: GenericPayment | undefined;
  const look = async (how: 'now' | 'already'): Promise<OrderResult | undefined> => {
    const found = await findPayment(system, order, signal);
    standing = found ?? standing;
    return !found || found.reversed ? done(how, standing?.id) : undefined;
  };
  return once(system.deps, signal, {
    read: () => look('already'),
    write: async () => {
      const values = { ...keysOf(order), payment: standing?.id ?? order.reference, reason: order.reason };
      return confirmed(await change(system, 'reversePayment', values, signal), () => look('now'));
    },
  });
}

/** Switches a customer, or one service, on or off, unless it is so already; a doubt is settled by looking. */
export function switchService(system: Asked, { customer, service, kind }: Of<'reactivate'> | Of<'suspend'>, signal: AbortSignal): Promise<OrderResult> {
  const wanted = kind === 'reactivate' ? 'active' : 'suspended';
  return once(system.deps, signal, {
    read: async () => {
      const { profile } = service === undefined ? await customerById(system, customer, signal) : await serviceOfCustomer(system, customer, service, signal);
      const services = profile.services.filter(({ id, status }) => (service === undefined ? status !== 'cancelled' : id === service));
      return services.length > 0 && services.every(({ status }) => status === wanted) ? done('already') : undefined;
    },
    write: () => change(system, kind, { id: customer, service: service ?? '' }, signal),
  });
}

/** Makes what carries our reference. Where the description cannot look for it, a doubt stays one. */
function makeOnce(system: Asked, name: 'openTicket' | 'prospect', look: 'findTicket' | 'findProspect', values: TemplateValues, signal: AbortSignal): Promise<OrderResult> {
  const canLook = system.description.operations[look] !== undefined;
  return once(system.deps, signal, {
    read: async () => {
      const rows = canLook ? (await unlessNotThere(askRows(system, look, values, signal))) ?? [] : [];
      const found = rows.map((row) => readable(madeOf(system.description, row))).find(({ reference }) => reference === values['reference']);
      return found && done('already', found.id);
    },
    write: async () => {
      try {
        return await change(system, name, values, signal);
      } catch (problem) {
        if (canLook || !(problem instanceof CrmFailure) || problem.effect === 'none') throw problem;
        throw new CrmFailure(problem.fault, problem.detail, 'maybe');
      }
    },
  });
}

export const openTicket = (system: Asked, { customer, service, subject, body, reference }: Of<'open-ticket'>, signal: AbortSignal): Promise<OrderResult> =>
  makeOnce(system, 'openTicket', 'findTicket', { id: customer, service: service ?? '', subject, body, reference }, signal);

export async function closeTicket(system: Asked, { ticket, reason }: Of<'close-ticket'>, signal: AbortSignal): Promise<OrderResult> {
  try {
    return await change(system, 'closeTicket', { ticket, reason }, signal);
  } catch (problem) {
    if (!(problem instanceof CrmFailure)) throw problem;
    return { ok: false, reason: problem.effect === 'none' ? 'unavailable' : 'unknown', fault: problem.fault };
  }
}

export async function prospect(system: Asked, order: Of<'prospect'>, signal: AbortSignal): Promise<OrderResult> {
  const { name, phone, email = '', address = '', note = '', reference } = order;
  const spelled = phoneValues(phone, phoneCountryOf(system.deps.defaultCountry));
  if (!spelled) return { ok: false, reason: 'rejected', why: 'El teléfono no es un número.' };
  return makeOnce(system, 'prospect', 'findProspect', { ...spelled.values, name, email, address, note, reference }, signal);
}
