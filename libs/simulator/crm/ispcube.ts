import type { BookCustomer, BookService } from '../../domain/customer-book.js';
import { billRow, billUrl, codeOf, connectionIdOf, connectionRow, customerRow, debtOf, entities, ipOf, paymentRow, planRow, ticketCategories, ticketRow } from './ispcube-rows.js';
import { htmlPage } from './simulator.js';
import { fieldsOf, type SimulatedSystem, type SystemAnswer, type SystemRequest } from './system.js';
import type { SystemWorld } from './world.js';

/**
 * ISPCube as its published Postman collection and public integrations describe it (external-apis.md §2, §14). What differs from installation to
 * installation is in the world's notes, so that specs can choose it: see the README.
 */
const keys = { user: 'hilo-api', password: 'clave-api-ispcube', apiKey: 'api-key-ispcube', clientId: '77' };

const refused = (status: number, message: string): SystemAnswer => ({ status, body: { status: false, message } });
const NOT_FOUND = refused(404, 'Not Found');
const tokensOf = (world: SystemWorld): Set<string> => {
  const tokens = (world.notes.get('tokens') as Set<string> | undefined) ?? new Set();
  world.notes.set('tokens', tokens);
  return tokens;
};

const MISSING_ORDER = ['api-key', 'client-id', 'login-type', 'username'] as const;

/** A header that is missing is named, even when the bearer is valid. */
function missingHeader({ headers }: SystemRequest, wanted: readonly string[]): SystemAnswer | undefined {
  const missing = wanted.find((name) => (headers[name] ?? '') === '');
  if (missing !== undefined) return refused(400, `${missing} requerido`);
  return headers['api-key'] === keys.apiKey && headers['client-id'] === keys.clientId ? undefined : refused(401, 'api-key invalida');
}

function login(request: SystemRequest, world: SystemWorld): SystemAnswer {
  const { username, password } = fieldsOf(request);
  const missing = missingHeader(request, MISSING_ORDER.slice(0, 3));
  if (missing) return missing;
  if (username !== keys.user || password !== keys.password) return refused(401, 'Credenciales incorrectas');
  const token = `${tokensOf(world).size + 5}|UdaQdRYxaOQfVSinqLbZIlUtuDinqt60WwWUGf`;
  tokensOf(world).add(token);
  const shapes: Record<string, SystemAnswer> = { bare: { body: token }, nested: { body: { data: { token } } }, access: { body: { access_token: token } } };
  return shapes[String(world.notes.get('token-shape'))] ?? { body: { token } };
}

/** One row is answered as an object, several as a list; some installations always answer a list. */
function oneOrMore(world: SystemWorld, rows: readonly object[]): SystemAnswer {
  if (rows.length === 0) return NOT_FOUND;
  return { body: rows.length === 1 && world.notes.get('always-list') !== true ? rows[0]! : rows };
}

const bare = (written: string): string => written.replace(/\D/gu, '');

/** The customers whom a question means; `undefined` where it asks for nobody. Filters that are there are all meant. */
function meant({ query, fault }: SystemRequest, world: SystemWorld): BookCustomer[] {
  if (fault === 'ignore-filter') return world.book.customers;
  const filters: ((customer: BookCustomer) => boolean)[] = [];
  const filter = (name: string, fits: (customer: BookCustomer, value: string) => boolean): void => {
    const value = query.get(name) ?? '';
    if (value !== '') filters.push((customer) => fits(customer, value));
  };
  filter('customer_id', (customer, value) => world.customer(value) === customer);
  filter('code', (customer, value) => codeOf(world, customer) === value);
  filter('doc_number', (customer, value) => customer.document === value);
  filter('phone_number', (customer, value) => customerRow(world, customer).phones.some(({ number }) => bare(number) === bare(value)));
  return filters.length === 0 ? [] : world.book.customers.filter((customer) => filters.every((fits) => fits(customer)));
}

const legacyList = ({ query }: SystemRequest, world: SystemWorld): SystemAnswer => {
  const q = query.get('q') ?? '';
  const rows = world.book.customers.map((customer) => customerRow(world, customer));
  const found = rows.filter((row) => [row.code, row.name, row.doc_number, ...row.phones.map(({ number }) => number)].some((value) => value.includes(q)));
  const limit = Number(query.get('limit') ?? 25);
  return { body: found.slice((Number(query.get('page') ?? 1) - 1) * limit).slice(0, limit) };
};

const billsOf = (request: SystemRequest, world: SystemWorld) => meant(request, world).flatMap((customer) => world.invoicesOf(customer))
  .toSorted((one, other) => other.issuedOn.localeCompare(one.issuedOn) || other.dueOn.localeCompare(one.dueOn)).slice(0, 6);

const sixBills = (request: SystemRequest, world: SystemWorld): SystemAnswer => ({ body: billsOf(request, world).map((invoice) => billRow(world, invoice, request.base)) });

function lastBill(request: SystemRequest, world: SystemWorld): SystemAnswer {
  const [newest] = billsOf(request, world);
  if (!newest) return NOT_FOUND;
  const row = billRow(world, newest, request.base);
  const shapes: Record<string, SystemAnswer> = { list: { body: [row] }, row: { body: row } };
  return shapes[String(world.notes.get('bill-shape'))] ?? { body: billUrl(request.base, row.id) };
}

const connectionsOf = ({ query }: SystemRequest, world: SystemWorld): BookService[] => world.book.services.filter((service) => (
  (query.get('connection_id') ?? '') === String(connectionIdOf(service)) || world.customer(query.get('customer_id'))?.id === service.customerId));

function online({ path }: SystemRequest, world: SystemWorld): SystemAnswer {
  if (world.notes.get('radius') === false) return NOT_FOUND;
  const [, attribute, value] = /\/online_user\/(\w+)\/(.+)$/u.exec(path) ?? [];
  const service = world.book.services.find((one) => (attribute === 'framedipaddress' ? ipOf(one) : `abonado${one.serviceNumber}`) === value);
  if (!service?.online) return world.notes.get('offline-shape') === 'empty' ? { body: [] } : NOT_FOUND;
  return { body: [{ username: `abonado${service.serviceNumber}`, framedipaddress: ipOf(service), nasipaddress: '10.0.0.1', acctstarttime: service.since }] };
}

const paymentsOf = (request: SystemRequest, world: SystemWorld): SystemAnswer => {
  const who = new Set(meant(request, world).map(({ id }) => id));
  return { body: world.ledger.payments.filter(({ customer }) => who.has(customer)).toReversed().slice(0, 6).map((payment) => paymentRow(world, payment)) };
};

/** Applies to the account. The collection names three fields; whether a `comment` is kept differs. */
function paymentSave(request: SystemRequest, world: SystemWorld): SystemAnswer {
  const { customer_id: number, amount, destiny_id: destiny, comment } = fieldsOf(request);
  const customer = world.customer(number);
  const entity = entities.find(({ id, receive }) => id === Number(destiny) && receive === 1);
  if (!customer) return NOT_FOUND;
  if (!entity || !(Number(amount) > 0)) return refused(422, entity ? 'amount invalido' : 'destiny_id invalido');
  debtOf(world, customer);
  const reference = world.notes.get('comments') === false || typeof comment !== 'string' ? '' : comment;
  const payment = world.pay({ customer: customer.id, amount: String(amount), method: entity.name, reference, paidOn: new Date(world.now()).toISOString().slice(0, 10) });
  if (debtOf(world, customer) <= 0) world.switch(customer, 'active');
  return { body: { status: true, message: 'Cobranza registrada', data: { id: 7000 + payment.seq } } };
}

const ticketsOf = ({ query }: SystemRequest, world: SystemWorld): SystemAnswer => {
  const id = query.get('ticket_id');
  const customer = world.customer(query.get('customer_id'));
  const found = world.ledger.tickets.filter((ticket) => (id === null ? ticket.customer === customer?.id : ticket.id === Number(id)));
  return { body: found.map((ticket) => ticketRow(world, ticket)) };
};

function newTicket(request: SystemRequest, world: SystemWorld): SystemAnswer {
  const { item_content: body, customer_id: number, ...rest } = fieldsOf(request);
  const customer = world.customer(number);
  const category = ticketCategories.find(({ id }) => id === Number(rest['ticket_category_id']));
  if (!customer || !category || typeof body !== 'string') return refused(422, 'Datos invalidos');
  const ticket = world.openTicket({ customer: customer.id, subject: category.name, body });
  world.notes.set(`ticket-${ticket.id}`, rest);
  return { status: 201, body: { status: true, data: { id: ticket.id } } };
}

function editTicket(request: SystemRequest, world: SystemWorld): SystemAnswer {
  const ticket = world.ticket(/(\d+)$/u.exec(request.path)?.[1]);
  const fields = fieldsOf(request);
  if (!ticket) return NOT_FOUND;
  const before = ticketRow(world, ticket) as Record<string, unknown>;
  const left = ['ticket_category_id', 'ticket_area_id', 'ticket_priority_id', 'customer_id'].find((name) => String(fields[name]) !== String(before[name]));
  if (left !== undefined) return refused(422, `${left} requerido`);
  if (Number(fields['ticket_status_id']) === 3) ticket.closed = typeof fields['new_item_content'] === 'string' ? fields['new_item_content'] : '';
  return { body: { status: true } };
}

type Route = (request: SystemRequest, world: SystemWorld) => SystemAnswer;
const customers: Route = (request, world) => oneOrMore(world, meant(request, world).map((customer) => customerRow(world, customer)));
const routes: readonly (readonly [RegExp, Route])[] = [
  [/^POST \/api\/status$/u, () => ({ body: { status: true, message: 'API operativa', version: '3.4' } })],
  [/^GET \/api\/customer$/u, customers],
  [/^GET \/api\/bills\/bills_last_six_months$/u, sixBills],
  [/^GET \/api\/bills\/last_bill_api$/u, lastBill],
  [/^GET \/api\/connection$/u, (request, world) => oneOrMore(world, connectionsOf(request, world).map((service) => connectionRow(world, service)))],
  [/^GET \/api\/plans\/plans_list$/u, (_, world) => ({ body: world.book.plans.map((plan) => planRow(world, plan)) })],
  [/^GET \/api\/radius\/online_user\//u, online],
  [/^GET \/api\/radius\/lost_carrier_users\/\d+$/u, (_, world) => (world.notes.get('radius') === false ? NOT_FOUND : { body: [] })],
  [/^GET \/api\/cash\/cash_last_six_monts$/u, paymentsOf],
  [/^GET \/api\/cash\/entities_list$/u, () => ({ body: entities })],
  [/^POST \/api\/cash\/payment_save$/u, paymentSave],
  [/^GET \/api\/tickets$/u, ticketsOf],
  [/^GET \/api\/tickets\/category_list$/u, () => ({ body: ticketCategories })],
  [/^POST \/api\/ticket\/new_ticket$/u, newTicket],
  [/^PUT \/api\/ticket\/\d+$/u, editTicket],
];

const pdf = (path: string): SystemAnswer => ({ headers: { 'content-type': 'application/pdf' }, body: `%PDF-1.4\n% factura ${path}\n%%EOF\n` });

function answer(request: SystemRequest, world: SystemWorld): SystemAnswer {
  world.notes.set('requests', Number(world.notes.get('requests') ?? 0) + 1); // metered: what a month costs
  const { fault, method, path, headers } = request;
  if (fault === 'licence') return htmlPage(200);
  if (fault === 'quota') return refused(429, 'Limite de consultas excedido');
  if (fault === 'ok-with-error') return refused(200, 'No se pudo procesar la consulta');
  if (/^\/public\/bills\/\d+\.pdf$/u.test(path)) return pdf(path);
  if (!path.startsWith('/api/')) return NOT_FOUND;
  if (`${method} ${path}` === 'POST /api/sanctum/token') return login(request, world);
  if (headers['api-token'] !== undefined) return legacy(request, world);
  const missing = missingHeader(request, MISSING_ORDER);
  if (missing) return missing;
  const token = (headers['authorization'] ?? '').replace(/^Bearer /u, '');
  if (fault === 'expired-token') tokensOf(world).delete(token);
  if (!tokensOf(world).has(token)) return { status: 401, body: { message: 'Unauthenticated.' } };
  return routes.find(([line]) => line.test(`${method} ${path}`))?.[1](request, world) ?? NOT_FOUND;
}

/** Older installations: two headers, no login, one list. */
function legacy(request: SystemRequest, world: SystemWorld): SystemAnswer {
  const { headers, method, path } = request;
  if (headers['api-key'] !== keys.apiKey || headers['api-token'] !== keys.password) return refused(401, 'Token invalido');
  return `${method} ${path}` === 'GET /api/customers' ? legacyList(request, world) : NOT_FOUND;
}

export const ispcube: SimulatedSystem = { id: 'ispcube', keys, answer };
