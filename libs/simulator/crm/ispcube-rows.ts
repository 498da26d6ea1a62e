import type { BookCustomer, BookInvoice, BookPlan, BookService } from '../../domain/customer-book.js';
import type { LedgerPayment, LedgerTicket, SystemWorld } from './world.js';

/** ISPCube's rows, field by field as the facts page quotes them (§2.2). Each has fields that nobody may keep: passwords, bank and card data. */

const MARK_FORM = /^549?(\d{10})$/u;
/** As people at an ISP type it: without country and the 9 of mobiles. */
const written = (phone: string): string => MARK_FORM.exec(phone)?.[1] ?? phone;

export const codeOf = (world: SystemWorld, customer: BookCustomer): string => customer.number ?? String(world.numberOf('customers', customer.id)).padStart(6, '0');
export const connectionIdOf = (service: BookService): number => Number(service.serviceNumber);

const cents = (amount: string): number => Math.round(Number(amount) * 100);
const decimals = (size: number): string => (size / 100).toFixed(2);
const today = (world: SystemWorld): string => new Date(world.now()).toISOString().slice(0, 10);

/** What each customer owed when the world began. */
function firstDebts(world: SystemWorld): Map<string, number> {
  const known = world.notes.get('first-debts') as Map<string, number> | undefined;
  if (known) return known;
  const debts = new Map(world.book.customers.map((customer) => [
    customer.id, world.invoicesOf(customer).filter(({ paidOn }) => paidOn === undefined).reduce((sum, { amount }) => sum + cents(amount), 0),
  ]));
  world.notes.set('first-debts', debts);
  return debts;
}

export function debtOf(world: SystemWorld, customer: BookCustomer): number {
  const paid = world.ledger.payments.filter((one) => one.customer === customer.id && !one.reversed).reduce((sum, { amount }) => sum + cents(amount), 0);
  return (firstDebts(world).get(customer.id) ?? 0) - paid;
}

const overdueOf = (world: SystemWorld, customer: BookCustomer): number => Math.max(0, Math.min(debtOf(world, customer),
  world.invoicesOf(customer).filter(({ paidOn, dueOn }) => paidOn === undefined && dueOn < today(world)).reduce((sum, { amount }) => sum + cents(amount), 0)));

/** ISPCube cuts off customers, not services. */
export const isBlocked = (world: SystemWorld, customer: BookCustomer): boolean => world.servicesOf(customer).some(({ status }) => status === 'suspended');

export function connectionRow(world: SystemWorld, service: BookService) {
  return {
    id: connectionIdOf(service), customer_id: world.numberOf('customers', service.customerId), plan_id: world.numberOf('plans', service.planId),
    node_id: 4, olt_id: 2, ftthbox_id: 31, conntype: 'ftth', ip: ipOf(service), mac_address: 'AA:BB:CC:00:00:01', address: service.address,
    username: `abonado${service.serviceNumber}`, password: 'clave-pppoe-secreta', wifi_password: 'clave-wifi-secreta',
  };
}

export const ipOf = (service: BookService): string => `10.20.${Math.floor(connectionIdOf(service) / 250) % 250}.${(connectionIdOf(service) % 250) + 1}`;

export function customerRow(world: SystemWorld, customer: BookCustomer) {
  const blocked = isBlocked(world, customer);
  return {
    id: world.numberOf('customers', customer.id), code: codeOf(world, customer), name: customer.name.toUpperCase(), tax_residence: 'CF', doc_number: customer.document,
    address: customer.address, city: { id: 1, name: 'ROSARIO', province: 'SANTA FE', postal_code: customer.postalCode }, lat: '-32.95', lng: '-60.65',
    entity_id: 3, entity: { id: 3, name: 'EFECTIVO' }, comercial_activity: '', block: blocked, block_date: blocked ? '2026-11-15 03:00:00' : null, free: 0, paycomm: 0,
    start_date: '2024-04-01 00:00:00', debt: decimals(debtOf(world, customer)), duedebt: decimals(overdueOf(world, customer)), status: blocked ? 'blocked' : 'enabled',
    temporary: 0, deleted_at: null, phones: customer.phones.map((phone) => ({ number: written(phone), detail: 'Titular', sms: 1 })),
    contact_emails: customer.email === undefined ? [] : [{ email: customer.email, principal: 1 }], connections: world.servicesOf(customer).map((service) => connectionRow(world, service)),
    customer_cbu: [{ cbu: '0000000000000000000000', holder: 'secreto-bancario' }], electronic_payment_codes: ['codigo-secreto'], first_expiration_date: 10,
    second_expiration_date: 20, portal_password: 'clave-portal-secreta', uuid: customer.id,
  };
}

export function billRow(world: SystemWorld, invoice: BookInvoice, base: string) {
  const id = world.numberOf('invoices', invoice.id);
  const customer = world.book.customers.find((one) => one.id === invoice.customerId);
  return {
    id, customer_id: world.numberOf('customers', invoice.customerId), number: invoice.number, date: invoice.issuedOn, due_date1: invoice.dueOn, due_date2: invoice.dueOn,
    total: invoice.amount, customer_debt: customer ? decimals(debtOf(world, customer)) : '0.00', canceled: false, status: 'A', month: invoice.issuedOn.slice(5, 7),
    nyear: invoice.issuedOn.slice(0, 4), items: [{ description: 'SERVICIO DE INTERNET', total: invoice.amount }], url: billUrl(base, id),
  };
}

export const billUrl = (base: string, id: number): string => `${base}/public/bills/${id}.pdf`;

/** `date` and `real_date` differ in the vendor's own example; the real one is when it was paid. */
export function paymentRow(world: SystemWorld, payment: LedgerPayment) {
  const customer = world.book.customers.find(({ id }) => id === payment.customer);
  return {
    id: 7000 + payment.seq, customer_id: customer ? world.numberOf('customers', customer.id) : 0, total: payment.amount, date: payment.at.slice(0, 10),
    real_date: payment.at.slice(0, 19).replace('T', ' '), comment: payment.reference, type: 'CO', source_id: 1, destiny_id: 3, url: 'https://comprobantes.example/secreto',
  };
}

/** The book's plans by their names; ISPCube's catalogue has no speeds of its own. */
export const planRow = (world: SystemWorld, plan: BookPlan) => ({ id: world.numberOf('plans', plan.id), name: plan.name, price: plan.price });

export function ticketRow(world: SystemWorld, ticket: LedgerTicket) {
  const extra = (world.notes.get(`ticket-${ticket.id}`) ?? {}) as Record<string, unknown>;
  const item = (content: unknown, internal: boolean) => ({ content, internal, user: { name: 'api' }, created_at: ticket.at.slice(0, 19).replace('T', ' ') });
  return {
    id: ticket.id, customer_id: world.numberOf('customers', ticket.customer), ticket_area_id: 6, ticket_priority_id: 2, visit_date: null, price: '0.00', created_at: ticket.at,
    ...extra, ticket_status_id: ticket.closed === undefined ? 1 : 3,
    items: [item(ticket.body, false), item(extra['internal_item_content'] ?? '', true), ...(ticket.closed === undefined ? [] : [item(ticket.closed, false)])],
  };
}

export const entities = [
  { id: 1, name: 'CAJA CENTRAL', paymethod: 0, bank: 0, enabled: 1, send: 1, receive: 0, selected_default: 0 },
  { id: 3, name: 'EFECTIVO', paymethod: 0, bank: 0, enabled: 1, send: 0, receive: 1, selected_default: 1 },
  { id: 8, name: 'TRANSFERENCIA', paymethod: 0, bank: 1, enabled: 1, send: 0, receive: 1, selected_default: 0 },
];
export const ticketCategories = [{ id: 5, name: 'Sin servicio', color: '#f00', ticketarea_id: 6 }, { id: 9, name: 'Consulta', color: '#00f', ticketarea_id: 6 }];
