import type { BookCustomer, BookInvoice, BookService } from '../../domain/customer-book.js';
import { htmlPage } from './simulator.js';
import { fieldsOf, formOf, type SimulatedSystem, type SystemAnswer, type SystemRequest } from './system.js';
import { carried, clientRow, formsOfPayment, invoiceRow, isOpen, planDetail, planRow, saldoOf, subjects, ticketRow } from './wisphub-rows.js';
import type { SystemWorld } from './world.js';

/** WispHub as integrations with it describe it (external-apis.md §4, §14). Variants are in the world's notes: see the README. */
const keys = { apiKey: 'Xy12Ab34.clave-api-wisphub' };
const detail = (status: number, words: string): SystemAnswer => ({ status, body: { detail: words } });
const NOT_FOUND = detail(404, 'No encontrado.');
const MOST_ROWS = 300;
const THREE_MONTHS_MS = 93 * 86_400_000;
const TWO_MONTHS_MS = 62 * 86_400_000;

type Row = Record<string, unknown>;
type Filters = Record<string, (row: Row, value: string) => boolean>;

/** A page of rows; what is no filter is silently ignored. `next` is http, whatever the request was. */
function page({ query, base, path, fault }: SystemRequest, rows: readonly Row[], filters: Filters): SystemAnswer {
  const used = fault === 'ignore-filter' ? [] : [...query].filter(([name]) => name in filters);
  const found = rows.filter((row) => used.every(([name, value]) => filters[name]!(row, value)));
  const limit = Math.min(Number(query.get('limit') ?? 25), MOST_ROWS);
  const offset = Number(query.get('offset') ?? 0);
  const next = offset + limit < found.length ? `${base.replace(/^https/u, 'http')}${path}?limit=${limit}&offset=${offset + limit}` : null;
  return { body: { count: found.length, next, previous: null, results: found.slice(offset, offset + limit) } };
}

const same = (field: string) => (row: Row, value: string): boolean => String(row[field]) === value;
const contains = (field: string) => (row: Row, value: string): boolean => String(row[field]).includes(value);

const clientFilters: Filters = {
  cedula: same('cedula'), usuario: same('usuario'), id_servicio: same('id_servicio'), telefono__contains: contains('telefono'), nombre__contains: contains('nombre'),
  estado: (row, value) => ({ Activo: '1', Suspendido: '2', Cancelado: '3', Gratis: '4' })[String(row['estado'])] === value,
};

const invoiceFilters = (): Filters => ({
  estado: (row, value) => ({ 'Pendiente de Pago': '1', Pagada: '2' })[String(row['estado'])] === value,
  cliente: (row, value) => (row['cliente'] as Row)['usuario'] === value,
  fecha_emision__range_0: (row, value) => String(row['fecha_emision']) >= value,
  fecha_emision__range_1: (row, value) => String(row['fecha_emision']) <= value,
});

/** A range that is longer than WispHub allows. */
function tooLong(query: URLSearchParams, from: string, to: string, most: number): SystemAnswer | undefined {
  const [begin, end] = [query.get(from), query.get(to)];
  if (begin === null || end === null || Date.parse(end) - Date.parse(begin) <= most) return undefined;
  return { status: 400, body: { error: ['El rango de fechas es demasiado grande.'] } };
}

const serviceOf = (world: SystemWorld, id: string | undefined): BookService | undefined => world.book.services.find(({ serviceNumber }) => serviceNumber === id);
const customerOf = (world: SystemWorld, service: BookService | undefined): BookCustomer | undefined => world.book.customers.find(({ id }) => id === service?.customerId);

function saldo(world: SystemWorld, id: string | undefined): SystemAnswer {
  const customer = customerOf(world, serviceOf(world, id));
  if (!customer || world.notes.get('saldo-call') === false) return NOT_FOUND;
  const open = world.invoicesOf(customer).filter(isOpen).map((invoice) => invoiceRow(world, invoice));
  const facturas = open.map(({ id_factura, fecha_emision, fecha_vencimiento, total }) => (
    world.notes.get('saldo-ids') === 'id' ? { id: id_factura, fecha_emision, fecha_vencimiento, total } : { id_factura, fecha_emision, fecha_vencimiento, total }));
  return { body: { nombre: customer.name, url_pago: 'https://pagos.example/autologin-secreto', saldo: saldoOf(world, customer.id), facturas } };
}

interface Task {
  polls: number;
  result: unknown;
  done?: () => void;
}
const tasksOf = (world: SystemWorld): Map<string, Task> => {
  const tasks = (world.notes.get('tasks') as Map<string, Task> | undefined) ?? new Map<string, Task>();
  world.notes.set('tasks', tasks);
  return tasks;
};
function addTask(world: SystemWorld, task: Omit<Task, 'polls'>): string {
  const id = `7c1e-task-${tasksOf(world).size + 1}`;
  tasksOf(world).set(id, { ...task, polls: 0 });
  return id;
}

function poll(world: SystemWorld, id: string | undefined): SystemAnswer {
  const task = tasksOf(world).get(id ?? '');
  if (!task) return NOT_FOUND;
  const status = ['PENDING', 'PROCESS', 'SUCCESS'][Math.min(task.polls, 2)];
  task.polls += 1;
  if (status !== 'SUCCESS') return { body: { task: { status, result: null } } };
  task.done?.();
  delete task.done;
  return { body: { task: { status: (world.notes.get('task-status') as string | undefined) ?? status, result: task.result } } };
}

function ping(request: SystemRequest, world: SystemWorld, id: string | undefined): SystemAnswer {
  const service = serviceOf(world, id);
  if (!service) return NOT_FOUND;
  const host = clientRow(world, service).ip;
  const pings = Array.from({ length: Number(fieldsOf(request)['pings'] ?? 4) }, (_, at) => ({ [`ping-${at + 1}`]: { host, status: service.online ? '' : 'timeout', received: service.online ? '1' : '0' } }));
  const broken = world.notes.get('ping') === 'router';
  return { status: 202, body: { task_id: addTask(world, { result: broken ? [{ 'ping-1': 'router inalcanzable' }] : [...pings, { 'ping-exitoso': `${service.online ? pings.length : 0} de ${pings.length}` }] }) } };
}

/** Pays the customer's account and closes the invoice whatever the amount: the rest is carried over. `accion` 1 also reconnects, in a task. */
function registerPayment(request: SystemRequest, world: SystemWorld, invoice: BookInvoice): SystemAnswer {
  const fields = fieldsOf(request);
  const bad = (field: string, words: string): SystemAnswer => ({ status: 400, body: { [field]: [words] } });
  const missing = ['fecha_pago', 'total_cobrado', 'accion', 'forma_pago'].find((name) => fields[name] === undefined);
  if (missing !== undefined) return bad(missing, 'Este campo es requerido.');
  const form = formsOfPayment.find(({ id }) => id === Number(fields['forma_pago']));
  const accion = Number(fields['accion']);
  if (!form || ![0, 1].includes(accion)) return bad(form ? 'accion' : 'forma_pago', 'no es una elección válida.');
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d$/u.test(String(fields['fecha_pago']))) return bad('fecha_pago', 'Fecha/hora con formato erróneo.');
  if (!isOpen(invoice)) return { status: 400, body: { error: ['La factura ya se encuentra pagada.'] } };
  const amount = String(fields['total_cobrado']);
  world.pay({ customer: invoice.customerId, invoice: invoice.id, amount, method: form.nombre, reference: String((fields['referencia'] as string | undefined) ?? ''), paidOn: String(fields['fecha_pago']).slice(0, 10) });
  const before = carried(world).get(invoice.customerId) ?? 0;
  carried(world).set(invoice.customerId, before + Math.round(Number(invoice.amount) * 100) - Math.round(Number(amount) * 100));
  const customer = world.book.customers.find(({ id }) => id === invoice.customerId)!;
  const task = accion === 0 ? null : addTask(world, { result: null, done: () => world.switch(customer, 'active') });
  return { body: { messages: ['Se agrego correctamente el pago'], task_id: task } };
}

async function newTicket(request: SystemRequest, world: SystemWorld): Promise<SystemAnswer> {
  const form = await formOf(request);
  const field = (name: string): string => (typeof form.get(name) === 'string' ? (form.get(name) as string) : '');
  const service = serviceOf(world, field('servicio'));
  const wrong = ['asunto', 'asuntos_default'].find((name) => !subjects.includes(field(name)));
  if (!service || wrong !== undefined) return { status: 400, body: { [wrong ?? 'servicio']: ['no es una elección válida.'] } };
  if (!/^\d\d\/\d\d\/\d{4} \d\d:\d\d$/u.test(field('fecha_inicio'))) return { status: 400, body: { fecha_inicio: ['Fecha/hora con formato erróneo.'] } };
  const ticket = world.openTicket({ customer: service.customerId, subject: field('asunto'), body: field('descripcion') });
  world.notes.set(`ticket-${ticket.id}`, Number(service.serviceNumber));
  return { status: 201, body: ticketRow(world, ticket) };
}

async function oneTicket(request: SystemRequest, world: SystemWorld, id: string | undefined): Promise<SystemAnswer> {
  const ticket = world.ticket(id);
  if (!ticket) return NOT_FOUND;
  if (request.method === 'PATCH' && (await formOf(request)).get('estado') === '4') ticket.closed = 'Cerrado';
  return { body: ticketRow(world, ticket) };
}

function planPages(request: SystemRequest, world: SystemWorld, kind: string | undefined, id: string | undefined): SystemAnswer {
  if (id === undefined) return page(request, [...world.book.plans.map((plan) => planRow(world, plan)), { id: 99, nombre: 'PCQ viejo', tipo: 'PCQ' }], {});
  const plan = world.plan(id);
  return plan && kind === 'pppoe' ? { body: planDetail(plan) } : NOT_FOUND;
}

type Route = (request: SystemRequest, world: SystemWorld, id: string | undefined, more: string | undefined) => SystemAnswer | Promise<SystemAnswer>;

const facturas: Route = (request, world) => tooLong(request.query, 'fecha_emision__range_0', 'fecha_emision__range_1', THREE_MONTHS_MS)
  ?? page(request, world.book.invoices.map((invoice) => invoiceRow(world, invoice)), invoiceFilters());

const routes: readonly (readonly [RegExp, Route])[] = [
  [/^GET \/api\/clientes$/u, (request, world) => page(request, world.book.services.map((service) => clientRow(world, service)), clientFilters)],
  [/^GET \/api\/clientes\/(\d+)\/saldo$/u, (_, world, id) => saldo(world, id)],
  [/^POST \/api\/clientes\/(\d+)\/ping$/u, ping],
  [/^GET \/api\/tasks\/([\w-]+)$/u, (_, world, id) => poll(world, id)],
  [/^GET \/api\/facturas$/u, facturas],
  [/^GET \/api\/facturas\/(\d+)$/u, (_, world, id) => { const invoice = world.invoice(id); return invoice ? { body: invoiceRow(world, invoice) } : NOT_FOUND; }],
  [/^POST \/api\/facturas\/(\d+)\/registrar-pago$/u, (request, world, id) => { const invoice = world.invoice(id); return invoice ? registerPayment(request, world, invoice) : NOT_FOUND; }],
  [/^GET \/api\/formas-de-pago$/u, (request) => page(request, formsOfPayment, {})],
  [/^GET \/api\/plan-internet(?:\/(pppoe|queue)\/(\d+))?$/u, planPages],
  [/^GET \/api\/tickets$/u, (request, world) => tooLong(request.query, 'fecha_creacion_0', 'fecha_creacion_1', TWO_MONTHS_MS) ?? page(request, world.ledger.tickets.map((one) => ticketRow(world, one)), {})],
  [/^POST \/api\/tickets$/u, newTicket],
  [/^(?:GET|PATCH) \/api\/tickets\/(\d+)$/u, oneTicket],
];

/** Trailing slashes are wanted here and refused there. */
const hasWrongSlash = (path: string, world: SystemWorld): boolean => (world.notes.get('slash') === false) === path.endsWith('/');

function answer(request: SystemRequest, world: SystemWorld): SystemAnswer | Promise<SystemAnswer> {
  const { fault, method, path, headers } = request;
  if (fault === 'licence') return htmlPage(200);
  if (fault === 'quota') return detail(429, 'Solicitud fue regulada (throttled).');
  if (fault === 'ok-with-error') return { body: { error: 'No se pudo procesar la solicitud' } };
  if (fault === 'expired-token' || headers['authorization'] !== `Api-Key ${keys.apiKey}`) return detail(403, 'Las credenciales de autenticación no se proveyeron.');
  if (hasWrongSlash(path, world)) return htmlPage(404);
  const line = `${method} ${path.replace(/\/$/u, '')}`;
  const found = routes.find(([pattern]) => pattern.test(line));
  if (!found) return path.startsWith('/api/') ? NOT_FOUND : htmlPage(404);
  const [, id, more] = found[0].exec(line) ?? [];
  return found[1](request, world, id, more);
}

export const wisphub: SimulatedSystem = { id: 'wisphub', keys, answer };
