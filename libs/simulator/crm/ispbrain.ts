import type { BookCustomer, BookInvoice, BookService } from '../../domain/customer-book.js';
import { fieldsOf, type SimulatedSystem, type SystemAnswer, type SystemRequest } from './system.js';
import { pdfOf } from './pdf.js';
import type { SystemWorld } from './world.js';

/**
 * ISPBrain ("Networking V3") as the preset in `libs/crm/generic/presets` supposes it. No documentation of the real one was found: this shows that
 * the preset is sound in itself, not that it fits the vendor.
 */

const KEY = 'brain-key-1';
const MISSING: SystemAnswer = { status: 404, body: { success: false, message: 'Not found' } };
const data = (rows: unknown): SystemAnswer => ({ body: { success: true, data: rows } });

const serviceRow = (world: SystemWorld, service: BookService): object => ({
  id: world.numberOf('services', service.id), number: service.serviceNumber, plan: world.planOf(service)?.name ?? '', address: service.address, status: service.status, pppoe_password: 'x9',
});
const customerRow = (world: SystemWorld, customer: BookCustomer): object => ({
  id: world.numberOf('customers', customer.id), name: customer.name, document: customer.document, phone: customer.phones[0] ?? null, mobile: customer.phones[1] ?? null,
  address: customer.address, status: 'active', password: 'secreta', services: world.servicesOf(customer).map((service) => serviceRow(world, service)),
});
const invoiceRow = (world: SystemWorld, invoice: BookInvoice, base: string): object => {
  const id = world.numberOf('invoices', invoice.id);
  return { id, number: invoice.number, date: invoice.issuedOn, due: invoice.dueOn, total: invoice.amount, status: invoice.paidOn ? 'paid' : 'pending', paid_at: invoice.paidOn ?? null, pdf: `${base}/files/invoices/${id}.pdf` };
};

const digits = (text: string): string => text.replace(/\D/gu, '');

function clients({ query, fault }: SystemRequest, world: SystemWorld): SystemAnswer {
  const [phone, document] = [query.get('phone'), query.get('document')];
  const has = (customer: BookCustomer) => (phone === null ? customer.document === document : customer.phones.some((one) => one.endsWith(digits(phone))));
  return data(world.book.customers.filter((customer) => fault === 'ignore-filter' || has(customer)).map((customer) => customerRow(world, customer)));
}

function balance(world: SystemWorld, customer: BookCustomer): SystemAnswer {
  const open = world.invoicesOf(customer).filter(({ paidOn }) => paidOn === undefined);
  const cents = open.reduce((sum, { amount }) => sum + Math.round(Number(amount) * 100), 0);
  return data({ balance: cents / 100, due: open.map(({ dueOn }) => dueOn).sort()[0] ?? null });
}

function connection(world: SystemWorld, customer: BookCustomer, number: string | undefined): SystemAnswer {
  const service = world.service(number);
  if (service?.customerId !== customer.id) return MISSING;
  const { status, online, signalDbm, since } = service;
  return data({ service: world.numberOf('services', service.id), status, online, since, signal: signalDbm ?? null });
}

/** The first question to a new test says that it runs, the second that it is done. */
function speedTest(request: SystemRequest, world: SystemWorld, id: string | undefined): SystemAnswer {
  if (request.method === 'POST') {
    const task = `t${world.notes.size + 1}`;
    world.notes.set(task, { asked: 0, service: fieldsOf(request)['service'] });
    return { status: 202, body: { success: true, data: { task } } };
  }
  const task = world.notes.get(id ?? '') as { asked: number } | undefined;
  if (!task) return MISSING;
  task.asked += 1;
  return data(task.asked < 2 ? { status: 'running' } : { status: 'done', download: 287.4, upload: 143.9, ping: 8 });
}

function ofCustomer(request: SystemRequest, world: SystemWorld, [, , id, part, service]: string[]): SystemAnswer {
  const customer = world.customer(id);
  if (!customer) return MISSING;
  switch (part) {
    case undefined: return data(customerRow(world, customer));
    case 'balance': return balance(world, customer);
    case 'invoices': return data(world.invoicesOf(customer).map((invoice) => invoiceRow(world, invoice, request.base)));
    case 'services': return connection(world, customer, service);
    case 'speedtest': return speedTest(request, world, undefined);
    default: return MISSING;
  }
}

function answer(request: SystemRequest, world: SystemWorld): SystemAnswer {
  const { fault, headers, path } = request;
  if (fault === 'licence') return { headers: { 'content-type': 'text/html' }, body: '<html><body><h1>Licencia vencida</h1></body></html>' };
  if (fault === 'quota') return { status: 429, body: { success: false, message: 'Too many requests' } };
  if (headers['x-api-key'] !== KEY || fault === 'expired-token') return { status: 401, body: { success: false, message: 'Invalid API key' } };
  if (fault === 'ok-with-error') return { body: { success: false, message: 'Internal error' } };
  const parts = path.split('/').filter(Boolean);
  if (path === '/api/status') return { body: { success: true, version: 'V3.2' } };
  if (path === '/api/clients') return clients(request, world);
  if (parts[1] === 'clients') return ofCustomer(request, world, parts);
  if (parts[1] === 'speedtests') return speedTest(request, world, parts[2]);
  const invoice = parts[0] === 'files' ? world.invoice(parts[2]?.replace('.pdf', '')) : undefined;
  return invoice ? { headers: { 'content-type': 'application/pdf' }, body: pdfOf(`Factura ${invoice.number}`) } : MISSING;
}

export const ispbrain: SimulatedSystem = { id: 'ispbrain', keys: { apiKey: KEY }, answer };
