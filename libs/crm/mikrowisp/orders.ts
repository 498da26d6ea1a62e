import type { CustomerOrder, OrderResult } from '../../domain/customers.js';
import { localTime } from '../wire/dates.js';
import { once } from '../wire/once.js';
import { NOT_FOUND, type VendorAdapter } from '../wire/vendor-crm.js';
import { refusal } from './commands.js';
import { stateOf, statusOf } from './map.js';
import { clientById, invoiceById, type Opened } from './queries.js';
import { ticketsIn, type InvoiceRow } from './rows.js';

type Order<Kind> = Extract<CustomerOrder, { kind: Kind }>;

const ALREADY: OrderResult = { ok: true, done: 'already' };
const rejected = (why: string): OrderResult => ({ ok: false, reason: 'rejected', why });

/** Whether one of these texts has our reference, as a word of its own. */
const carries = (reference: string, texts: readonly (string | undefined)[]): boolean => texts.some((text) => text?.split(/\s+/u).includes(reference));
const isOurs = ({ formapago, idtransaccion, nota }: InvoiceRow, reference: string): boolean => carries(reference, [formapago, idtransaccion, nota]);

/** Gives a command; a refusal is an answer, unless the thing is done all the same: then the error was about something else. */
async function command({ commands }: Opened, name: string, body: Record<string, unknown>, { signal, read, id }: {
  signal: AbortSignal; read(): Promise<OrderResult | undefined>; id?: string;
}): Promise<OrderResult> {
  const answer = await commands.call(name, body, signal);
  if (!answer.ok) {
    const after = await read();
    return after?.ok ? { ...after, done: 'now' } : rejected(refusal(answer.words));
  }
  const made = id === undefined ? undefined : answer.fields[id];
  return { ok: true, done: 'now', ...(typeof made === 'string' || typeof made === 'number' ? { id: String(made) } : {}) };
}

/**
 * A paid invoice is never paid again, whoever paid it. `idtransaccion` takes our reference, but no answer is known to give it back; `formapago` gives
 * back `pasarela`, the text that MikroWisp shows as the way of payment: so the reference stands in both. A suspended customer is switched on by
 * MikroWisp itself.
 */
async function pay(opened: Opened, order: Order<'pay'>, signal: AbortSignal): Promise<OrderResult> {
  const { invoice, customer, reference, method, amount, paidAt } = order;
  if (invoice === undefined) return { ok: false, reason: 'unsupported' };
  const find = () => invoiceById(opened, customer, invoice, signal);
  if (!(await find())) return NOT_FOUND;
  const read = async (): Promise<OrderResult | undefined> => {
    const row = await find();
    const state = row && stateOf(row);
    if (!row || state === undefined) return rejected('MikroWisp no dice el estado de la factura');
    if (state === 'open') return undefined;
    if (state === 'paid' && isOurs(row, reference)) return ALREADY;
    return rejected(state === 'paid' ? `La factura ya figura pagada${row.fechapago === undefined ? '' : ` el ${row.fechapago}`}` : 'La factura está anulada');
  };
  const { day, time } = localTime(paidAt, opened.deps.timeZone);
  const body = {
    idfactura: Number(invoice), pasarela: `${method} ${reference}`, cantidad: amount.amount, idtransaccion: reference, fecha: `${day} ${time}`, nota: `Hilo ${reference}`,
  };
  return once(opened.deps, signal, { read, write: () => command(opened, 'PaidInvoice', body, { signal, read }) });
}

/** Only a payment that carries our reference is taken back: another one is somebody else's. */
async function reversePayment(opened: Opened, { invoice, customer, reference }: Order<'reverse-payment'>, signal: AbortSignal): Promise<OrderResult> {
  if (invoice === undefined) return { ok: false, reason: 'unsupported' };
  const find = () => invoiceById(opened, customer, invoice, signal);
  if (!(await find())) return NOT_FOUND;
  const read = async (): Promise<OrderResult | undefined> => {
    const row = await find();
    if (row && stateOf(row) === 'open') return ALREADY;
    return row && isOurs(row, reference) ? undefined : rejected('El pago que figura en la factura no es este');
  };
  return once(opened.deps, signal, { read, write: () => command(opened, 'DeleteTransaccion', { idfactura: Number(invoice) }, { signal, read }) });
}

/** MikroWisp switches a customer with all services. */
async function turn(opened: Opened, { kind, customer, service }: Order<'reactivate' | 'suspend'>, signal: AbortSignal): Promise<OrderResult> {
  const row = await clientById(opened, customer, signal);
  if (!row || (service !== undefined && !row.services.some(({ id }) => id === service))) return NOT_FOUND;
  if (service !== undefined && row.services.length > 1) return rejected('MikroWisp activa y suspende al cliente con todos sus servicios');
  const [wanted, name] = kind === 'reactivate' ? ['active', 'ActiveService'] as const : ['suspended', 'SuspendService'] as const;
  const read = async (): Promise<OrderResult | undefined> => {
    const now = await clientById(opened, customer, signal);
    if (now && statusOf(now) === wanted) return ALREADY;
    return now && statusOf(now) !== 'cancelled' ? undefined : rejected('El cliente está dado de baja');
  };
  return once(opened.deps, signal, { read, write: () => command(opened, name, { idcliente: Number(customer) }, { signal, read }) });
}

const escaped = (text: string): string => text.replace(/&/gu, '&amp;').replace(/</gu, '&lt;').replace(/>/gu, '&gt;').replace(/\r?\n/gu, '<br>');

/** The reference ends the subject: of a ticket, no more than that is known to come back. */
async function openTicket(opened: Opened, { customer, subject, body, reference }: Order<'open-ticket'>, signal: AbortSignal): Promise<OrderResult> {
  const { commands, deps, settings } = opened;
  if (!(await clientById(opened, customer, signal))) return NOT_FOUND;
  const read = async (): Promise<OrderResult | undefined> => {
    const answer = await commands.call('ListTicket', { idcliente: Number(customer) }, signal);
    const found = answer.ok ? ticketsIn(deps, answer.fields).find(({ asunto }) => carries(reference, [asunto])) : undefined;
    const id = found?.id ?? found?.idticket;
    return found && { ok: true, done: 'already', ...(id === undefined ? {} : { id }) };
  };
  const fields = {
    idcliente: Number(customer), dp: settings.ticketDepartment, asunto: `${subject} ${reference}`, contenido: escaped(body),
    fechavisita: localTime(deps.now(), deps.timeZone).day, turno: 'MAÑANA', agendado: 'RED SOCIAL',
  };
  return once(deps, signal, { read, write: () => command(opened, 'NewTicket', fields, { signal, read, id: 'idticket' }) });
}

/** A ticket cannot be read by its number alone; closing it again changes nothing. */
async function closeTicket({ commands }: Opened, { ticket, reason }: Order<'close-ticket'>, signal: AbortSignal): Promise<OrderResult> {
  if (!/^\d{1,18}$/u.test(ticket)) return NOT_FOUND;
  const answer = await commands.call('CloseTicket', { idticket: Number(ticket), motivo_cierre: reason }, signal);
  if (answer.ok) return { ok: true, done: 'now', id: ticket };
  if (/cerrado/iu.test(answer.words)) return { ok: true, done: 'already', id: ticket };
  return /no (?:se )?(?:exist|encontr)/iu.test(answer.words) ? NOT_FOUND : rejected(refusal(answer.words));
}

/** Fields of NewPreRegistro as several integrations send them; which are required is not documented. */
async function prospect(opened: Opened, order: Order<'prospect'>, signal: AbortSignal): Promise<OrderResult> {
  const { name, phone, email = '', address = '', note = '', reference } = order;
  const read = async (): Promise<OrderResult | undefined> => {
    const answer = await opened.commands.call('ListInstall', {}, signal);
    const rows = answer.ok ? Object.values(answer.fields).flatMap((value) => Array.isArray(value) ? value as unknown[] : []) : [];
    const found = rows.some((row) => typeof row === 'object' && row !== null && carries(reference, Object.values(row).map((value) => typeof value === 'string' ? value : undefined)));
    return found ? ALREADY : undefined;
  };
  const body = { cliente: name, cedula: '', direccion: address, telefono: '', movil: phone, email, notas: `${note} ${reference}`.trim() };
  return once(opened.deps, signal, { read, write: () => command(opened, 'NewPreRegistro', body, { signal, read }) });
}

export function mikrowispOrders(opened: Opened): VendorAdapter['orders'] {
  return {
    pay: (order, signal) => pay(opened, order, signal),
    'reverse-payment': (order, signal) => reversePayment(opened, order, signal),
    reactivate: (order, signal) => turn(opened, order, signal),
    suspend: (order, signal) => turn(opened, order, signal),
    'open-ticket': (order, signal) => openTicket(opened, order, signal),
    'close-ticket': (order, signal) => closeTicket(opened, order, signal),
    prospect: (order, signal) => prospect(opened, order, signal),
  };
}
