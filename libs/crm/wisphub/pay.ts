import type { CustomerOrder, OrderResult } from '../../domain/customers.js';
import { CrmFailure } from '../wire/crm-failure.js';
import { localTime } from '../wire/dates.js';
import { readRow } from '../wire/lenient.js';
import { once } from '../wire/once.js';
import { answered, orRefused, rejected } from '../wire/refusal.js';
import { NOT_FOUND } from '../wire/vendor-crm.js';
import type { Opened } from './ask.js';
import { isPayable } from './invoices.js';
import { stateOf, type Person } from './map.js';
import { catalogRow, ignored, paidRow, type InvoiceRow } from './rows.js';
import { taskEnd } from './tasks.js';

type Pay = Extract<CustomerOrder, { kind: 'pay' }>;

const plain = (text = ''): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();

/** The form of payment that has the method's name, or the one of the settings. */
async function formOf({ calls, settings }: Opened, method: string, signal: AbortSignal): Promise<string | undefined> {
  const forms = await calls.list({ path: '/formas-de-pago/', signal }, catalogRow);
  const named = (name: string | undefined) => (name === undefined ? undefined : forms.find(({ nombre }) => plain(nombre) === plain(name)));
  return (named(method) ?? named(settings.paymentForm))?.id;
}

/** How many invoices are searched for our reference when an order names none. */
const SEARCHED = 24;

/** The invoice that an order pays: the one that it names or paid before, else the earliest that is owed. */
async function invoiceFor({ invoices }: Opened, person: Person, { invoice, reference }: Pay, signal: AbortSignal): Promise<InvoiceRow | undefined> {
  if (invoice !== undefined) return invoices.one(person, invoice, signal);
  const before = (await invoices.latest(person, SEARCHED, signal)).find(({ referencia }) => referencia === reference);
  return before ?? (await invoices.pending(person, signal))[0];
}

function standOf(row: InvoiceRow | undefined, reference: string): OrderResult | undefined {
  if (!row) return NOT_FOUND;
  if (stateOf(row) === 'paid' && row.referencia === reference) return { ok: true, done: 'already', id: row.id_factura };
  return isPayable(row) ? undefined : rejected(`La factura figura como ${(row.estado ?? 'cerrada').toLowerCase()}`);
}

/** `accion` 1 also reconnects, in a task; 0 only registers. An error of the server may come after the payment was taken. */
async function register({ calls, deps, settings }: Opened, row: InvoiceRow, order: Pay, form: string, signal: AbortSignal): Promise<void> {
  const { day, time } = localTime(order.paidAt, deps.timeZone);
  const body = {
    referencia: order.reference, fecha_pago: `${day} ${time.slice(0, 5)}`, total_cobrado: order.amount.amount, accion: order.reactivate ? 1 : 0, forma_pago: Number(form),
    ...(settings.paymentUser === undefined ? {} : { nombre_user: settings.paymentUser }),
  };
  const answer = await calls.call({ path: `/facturas/${row.id_factura}/registrar-pago/`, method: 'POST', body, signal }).catch((problem: unknown) => {
    const isServer = problem instanceof CrmFailure && problem.fault === 'unavailable' && problem.effect === 'answered';
    throw isServer ? new CrmFailure(problem.fault, problem.detail, 'maybe') : problem;
  });
  const { task_id: task } = readRow(deps, '/facturas/{id}/registrar-pago/', paidRow, answered(answer, 'registrar-pago'), ignored);
  if (task !== undefined) await taskEnd(calls, deps, task, signal);
}

/** Reads the invoice, pays it while it is pending, waits for the task, reads again: only an invoice that carries our reference is ours. */
export async function pay(opened: Opened, order: Pay, signal: AbortSignal): Promise<OrderResult> {
  const { people, invoices, deps } = opened;
  const person = await people.byId(order.customer, signal);
  if (!person) return NOT_FOUND;
  const chosen = await invoiceFor(opened, person, order, signal);
  if (!chosen) return order.invoice === undefined ? rejected('No hay facturas pendientes') : NOT_FOUND;
  const stand = async (): Promise<OrderResult | undefined> => standOf(await invoices.one(person, chosen.id_factura, signal), order.reference);
  return once(deps, signal, orRefused({
    read: stand,
    write: async () => {
      const form = await formOf(opened, order.method, signal);
      if (form === undefined) return rejected('WispHub no tiene una forma de pago para este medio');
      await register(opened, chosen, order, form, signal);
      const after = await stand();
      return after?.ok ? { ...after, done: 'now' } : { ok: false, reason: 'unknown' };
    },
  }));
}
