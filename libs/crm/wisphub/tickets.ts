import type { CustomerOrder, OrderResult } from '../../domain/customers.js';
import { localTime } from '../wire/dates.js';
import { readRow } from '../wire/lenient.js';
import { once } from '../wire/once.js';
import { answered, orRefused } from '../wire/refusal.js';
import { NOT_FOUND } from '../wire/vendor-crm.js';
import type { Opened } from './ask.js';
import { ignored, ticketRow, type TicketRow } from './rows.js';

type Order<Kind> = Extract<CustomerOrder, { kind: Kind }>;

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** WispHub takes subjects of a list only. What people say of each, from the more special to the more general. */
const asuntos: readonly (readonly [RegExp, string])[] = [
  [/intermiten|microcorte|se corta|va y viene|inestab/u, 'Internet Intermitente'],
  [/lent[oa]|velocidad|despacio/u, 'Internet Lento'],
  [/reconex|reconect|reactiv|rehabilit/u, 'Reconexión'],
  [/domicilio|mudanza|mudar|traslado/u, 'Cambio de Domicilio'],
  [/contrasena|clave|password/u, 'Cambio de Contraseña'],
  [/retir(?:o|ar)|recolec|devol/u, 'Recolección de Equipos'],
  [/\bbaja\b|cancelar|cancelacion|rescind/u, 'Cancelación'],
  [/sin (?:internet|servicio|conexion|senal)|no (?:tiene|tengo|hay|anda|funciona|navega)|\blos\b|corte/u, 'No Tiene Internet'],
];

/** The subject of WispHub's list that a subject of ours means; undefined for none. */
export function asuntoOf(subject: string): string | undefined {
  const said = plain(subject);
  return (asuntos.find(([, name]) => plain(name) === said) ?? asuntos.find(([words]) => words.test(said)))?.[1];
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
/** Descriptions are shown as HTML in WispHub's panel: what a customer wrote stays text there. */
export const htmlOf = (text: string): string => text.split(/\r?\n/u).map((line) => `<p>${line.replace(/[&<>"']/gu, (sign) => escapes[sign]!)}</p>`).join('');

const DAY_MS = 86_400_000;
/** A ticket that an earlier attempt opened is this young. */
const LOOKED_BACK_DAYS = 3;
const SOLVED_WITHIN_DAYS = 2;
const NORMAL = '2';
const OPEN = '1';
const CLOSED = '4';
const DEPARTMENT = 'Soporte Técnico';

function formOf(fields: Record<string, string | undefined>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) form.set(name, value);
  return form;
}

/** `DD/MM/YYYY HH:mm` */
function latinTime(instant: number, zone: string): string {
  const { day, time } = localTime(instant, zone);
  return `${day.split('-').toReversed().join('/')} ${time.slice(0, 5)}`;
}

function newTicket({ deps, settings }: Opened, order: Order<'open-ticket'>, service: string): FormData {
  const asunto = asuntoOf(order.subject) ?? settings.otherSubject;
  return formOf({
    servicio: service, asunto, asuntos_default: asunto, tecnico: settings.technician, estado: OPEN, prioridad: NORMAL,
    descripcion: htmlOf(`${order.subject}\n${order.body}\n${order.reference}`), departamento: DEPARTMENT, departamentos_default: DEPARTMENT,
    fecha_inicio: latinTime(deps.now(), deps.timeZone), fecha_final: latinTime(deps.now() + SOLVED_WITHIN_DAYS * DAY_MS, deps.timeZone),
  });
}

/** Our reference is the last line of the description: nothing else of a ticket is ours to name. */
const hasReference = (row: TicketRow, reference: string): boolean => (row.descripcion ?? '').endsWith(htmlOf(reference));

export async function openTicket(opened: Opened, order: Order<'open-ticket'>, signal: AbortSignal): Promise<OrderResult> {
  const { people, calls, deps } = opened;
  const person = await people.byId(order.customer, signal);
  const service = person?.find(({ id_servicio: number }) => number === (order.service ?? person[0].id_servicio))?.id_servicio;
  if (service === undefined) return NOT_FOUND;
  const day = (days: number) => localTime(deps.now() + days * DAY_MS, deps.timeZone).day;
  const query = { fecha_creacion_0: day(-LOOKED_BACK_DAYS), fecha_creacion_1: day(1) };
  const find = async (): Promise<OrderResult | undefined> => {
    const rows = await calls.list({ path: '/tickets/', query, signal }, ticketRow);
    const found = rows.find((row) => row.servicio?.id_servicio === service && hasReference(row, order.reference));
    return found ? { ok: true, done: 'already', id: found.id_ticket } : undefined;
  };
  return once(deps, signal, orRefused({
    read: find,
    write: async () => {
      const body = answered(await calls.call({ path: '/tickets/', method: 'POST', body: newTicket(opened, order, service), signal }), '/tickets/');
      const made = ticketRow.safeParse(body);
      return made.success ? { ok: true, done: 'now', id: made.data.id_ticket } : { ok: false, reason: 'unknown' };
    },
  }));
}

const isClosed = (row: TicketRow | undefined): boolean => row !== undefined && (row.estado === CLOSED || plain(row.estado ?? '').startsWith('cerrad'));

/** An echo of a change is no proof here: only reading again is. */
export async function closeTicket({ calls, deps }: Opened, { ticket }: Order<'close-ticket'>, signal: AbortSignal): Promise<OrderResult> {
  if (!/^\d{1,12}$/u.test(ticket)) return NOT_FOUND;
  const path = `/tickets/${ticket}/`;
  const read = async (): Promise<TicketRow | undefined> => {
    const body = await calls.call({ path, signal });
    return body === undefined ? undefined : readRow(deps, '/tickets/{id}/', ticketRow, body, ignored);
  };
  const stand = async (): Promise<OrderResult | undefined> => {
    const row = await read();
    if (!row) return NOT_FOUND;
    return isClosed(row) ? { ok: true, done: 'already', id: ticket } : undefined;
  };
  return once(deps, signal, orRefused({
    read: stand,
    write: async () => {
      answered(await calls.call({ path, method: 'PATCH', body: formOf({ estado: CLOSED }), signal }), '/tickets/{id}/');
      const after = await stand();
      return after?.ok ? { ...after, done: 'now' } : { ok: false, reason: 'unknown' };
    },
  }));
}
