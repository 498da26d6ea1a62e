import type { BookCustomer, BookInvoice, BookService } from '../../domain/customer-book.js';
import { changes } from './generic-changes.js';
import { pdfOf } from './pdf.js';
import { fieldsOf, formOf, type SimulatedSystem, type SystemAnswer, type SystemRequest } from './system.js';
import type { SystemWorld } from './world.js';

/**
 * A system that nobody knows, for the generic adapter: Spanish names, amounts as "27.900,10", dates as 10/11/2026, and always HTTP 200 with the real
 * code in the body's `status`, as Wispro has it. The key may come as header, query, body, bearer or basic, all the ways that a description knows.
 */

const KEY = 'clave-generica-1';
export const said = (status: number, fields: object = {}): SystemAnswer => ({ body: { status, ...fields } });
export const NOTHING = said(404, { mensaje: 'No existe' });

const day = (iso: string): string => iso.split('-').toReversed().join('/');
/** "27900.10" → "27.900,10" */
export const amountText = (amount: string): string => {
  const [whole = '0', decimals = ''] = amount.split('.');
  return `${whole.replace(/\B(?=(?:\d{3})+$)/gu, '.')},${decimals.padEnd(2, '0')}`;
};

const serviceRow = (world: SystemWorld, service: BookService): object => ({
  id: world.numberOf('services', service.id), contrato: service.serviceNumber, plan: world.planOf(service)?.name ?? '', domicilio: service.address,
  estado: service.status === 'active' ? 'Habilitado' : 'Cortado', clave_pppoe: 'x9',
});

/** First and last name apart, all phones in one free text, as such systems have them. */
function customerRow(world: SystemWorld, customer: BookCustomer): object {
  const [first = '', ...rest] = customer.name.split(' ');
  return {
    id: world.numberOf('customers', customer.id), nombre: first, apellido: rest.join(' '), documento: customer.document.replace(/(\d{2})(\d{3})(\d{3})/u, '$1.$2.$3'),
    telefonos: customer.phones.join(' / '), domicilio: customer.address, clave_portal: 'secreta', servicios: world.servicesOf(customer).map((service) => serviceRow(world, service)),
  };
}

const invoiceRow = (world: SystemWorld, invoice: BookInvoice): object => ({
  id: world.numberOf('invoices', invoice.id), comprobante: invoice.number, cliente: world.numberOf('customers', invoice.customerId), emitida: day(invoice.issuedOn), vence: day(invoice.dueOn),
  importe: amountText(invoice.amount), estado: invoice.paidOn ? 'Pagada' : 'Impaga', pagada: invoice.paidOn ? day(invoice.paidOn) : '00/00/0000',
});

function customers({ query, fault }: SystemRequest, world: SystemWorld): SystemAnswer {
  const [phone, document] = [query.get('telefono'), query.get('documento')];
  const has = (one: BookCustomer) => (phone === null ? one.document === document : one.phones.some((own) => own.includes(phone)));
  return said(200, { clientes: world.book.customers.filter((one) => fault === 'ignore-filter' || has(one)).map((one) => customerRow(world, one)) });
}

function invoices({ query, fault }: SystemRequest, world: SystemWorld): SystemAnswer {
  const customer = world.customer(query.get('cliente'));
  const own = world.book.invoices.filter(({ customerId }) => fault === 'ignore-filter' || customerId === customer?.id);
  return said(200, { facturas: own.map((invoice) => invoiceRow(world, invoice)) });
}

function connections({ query, fault }: SystemRequest, world: SystemWorld): SystemAnswer {
  const wanted = world.service(query.get('servicio'));
  const rows = world.book.services.filter((one) => fault === 'ignore-filter' || one.id === wanted?.id).map((one) => ({
    servicio: world.numberOf('services', one.id), estado: one.status === 'active' ? 'Habilitado' : 'Cortado', enLinea: one.online ? 'SI' : 'NO', desde: one.since,
    senal: one.signalDbm === undefined ? '' : `${String(one.signalDbm).replace('.', ',')} dBm`,
  }));
  return said(200, { conexiones: rows });
}

function measurement(request: SystemRequest, world: SystemWorld, id: string | undefined): SystemAnswer {
  if (request.method === 'POST') {
    const task = world.notes.size + 1;
    world.notes.set(String(task), 0);
    return said(200, { tarea: task });
  }
  const asked = world.notes.get(id ?? '') as number | undefined;
  if (asked === undefined) return NOTHING;
  world.notes.set(id ?? '', asked + 1);
  return said(200, asked < 1 ? { estado: 'PENDIENTE' } : { estado: 'LISTA', bajada: '287,4 Mbps', subida: '143,9 Mbps', latencia: '8 ms' });
}

const plans = (world: SystemWorld): SystemAnswer => said(200, { planes: world.book.plans.map(({ name, downMbps, upMbps, price, description }) => (
  { nombre: name, bajada: `${downMbps} Mbps`, subida: `${upMbps} Mbps`, abono: amountText(price), detalle: description })) });

/** Any of the places in which a description can put a key. */
async function hasKey(request: SystemRequest): Promise<boolean> {
  const { headers, query } = request;
  const basic = Buffer.from(`hilo:${KEY}`).toString('base64');
  const isForm = headers['content-type']?.includes('form') ?? false;
  const inBody = isForm ? (await formOf(request)).get('clave') : fieldsOf(request)['clave'];
  return headers['x-api-key'] === KEY || query.get('clave') === KEY || inBody === KEY || [`Bearer ${KEY}`, `Basic ${basic}`].includes(headers['authorization'] ?? '');
}

function read(request: SystemRequest, world: SystemWorld, [what = '', id, part]: string[]): SystemAnswer {
  switch (what) {
    case 'estado': return said(200, { version: '3.4' });
    case 'clientes': return id === undefined ? customers(request, world) : world.customer(id) ? said(200, { cliente: customerRow(world, world.customer(id)!) }) : NOTHING;
    case 'facturas': {
      if (id === undefined) return invoices(request, world);
      const invoice = world.invoice(id);
      return invoice && part === 'pdf' ? { headers: { 'content-type': 'application/pdf' }, body: pdfOf(`Factura ${invoice.number}`) } : NOTHING;
    }
    case 'conexiones': return connections(request, world);
    case 'planes': return plans(world);
    case 'mediciones': return measurement(request, world, id);
    default: return NOTHING;
  }
}

async function answer(request: SystemRequest, world: SystemWorld): Promise<SystemAnswer> {
  const { fault, path } = request;
  if (fault === 'licence') return { headers: { 'content-type': 'text/html' }, body: '<html><body><h1>Licencia vencida</h1></body></html>' };
  if (fault === 'quota') return said(429, { mensaje: 'Cuota agotada' });
  if (!(await hasKey(request)) || fault === 'expired-token') return said(401, { mensaje: 'Clave incorrecta' });
  if (fault === 'ok-with-error') return said(500, { mensaje: 'Error interno' });
  const [version, ...parts] = path.split('/').filter(Boolean);
  if (version !== 'v2') return NOTHING;
  return (await changes(request, world, parts)) ?? read(request, world, parts);
}

export const generic: SimulatedSystem = { id: 'generic', keys: { secret: KEY }, answer };
