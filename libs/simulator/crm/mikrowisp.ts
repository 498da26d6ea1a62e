import type { BookCustomer, BookInvoice } from '../../domain/customer-book.js';
import { clientRow, invoiceRow, isSuspended, phonesOf } from './mikrowisp-rows.js';
import { pdfOf } from './pdf.js';
import { htmlPage } from './simulator.js';
import { fieldsOf, type SimulatedSystem, type SystemAnswer, type SystemRequest } from './system.js';
import type { SystemWorld } from './world.js';

/** MikroWisp as its public integrations know it (external-apis.md §1): POST /api/v1/<Command>, token in the body, 200 for errors, too. */
const keys = { token: 'token-de-mikrowisp' };

type Fields = Record<string, unknown>;
type Command = (fields: Fields, world: SystemWorld, request: SystemRequest) => SystemAnswer;

const done = (body: object): SystemAnswer => ({ body: { estado: 'exito', ...body } });
const refused = (mensaje: string): SystemAnswer => ({ body: { estado: 'error', mensaje } });
const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
const bare = (value: unknown): string => text(value).replace(/\D/gu, '');

function clientsBy(fields: Fields, world: SystemWorld): BookCustomer[] {
  const filters: Record<string, (customer: BookCustomer) => boolean> = {
    idcliente: (customer) => world.customer(fields['idcliente']) === customer,
    cedula: ({ document }) => document === text(fields['cedula']),
    telefono: (customer) => bare(phonesOf(world, customer).telefono) === bare(fields['telefono']) && bare(fields['telefono']) !== '',
    movil: (customer) => bare(phonesOf(world, customer).movil) === bare(fields['movil']) && bare(fields['movil']) !== '',
  };
  const asked = Object.keys(filters).find((name) => fields[name] !== undefined);
  return asked === undefined ? [] : world.book.customers.filter(filters[asked]!);
}

const getClientsDetails: Command = (fields, world, { fault }) => {
  const found = fault === 'ignore-filter' ? world.book.customers : clientsBy(fields, world);
  return found.length === 0 ? refused('No existe el cliente con los datos ingresados.') : done({ datos: found.map((customer) => clientRow(world, customer)) });
};

const inState = (state: unknown) => ({ paidOn }: BookInvoice): boolean => (text(state) === '0' ? paidOn !== undefined : text(state) === '1' ? paidOn === undefined : text(state) !== '2');

const getInvoices: Command = (fields, world, { fault }) => {
  const customer = world.customer(fields['idcliente']);
  const all = fault === 'ignore-filter' || fields['idcliente'] === undefined ? world.book.invoices : customer ? world.invoicesOf(customer) : [];
  const found = all.filter(inState(fields['estado'])).toSorted((one, other) => other.issuedOn.localeCompare(one.issuedOn)).slice(0, Number(fields['limit'] ?? 25));
  return found.length === 0 ? refused('No se encontraron facturas.') : done({ facturas: found.map((invoice) => invoiceRow(world, invoice)) });
};

const getInvoice: Command = ({ idfactura }, world, { base }) => {
  const invoice = world.invoice(idfactura);
  if (!invoice) return refused('No existe la factura.');
  return done({ factura: { ...invoiceRow(world, invoice), urlpdf: `${base}/facturas/${text(idfactura)}.pdf` }, items: [{ descrp: 'Servicio de internet', total: invoice.amount }] });
};

/** As careless as a system can be: what is paid may be paid again. */
const paidInvoice: Command = (fields, world) => {
  const invoice = world.invoice(fields['idfactura']);
  if (!invoice) return refused('No existe la factura.');
  const paidOn = text(fields['fecha']).slice(0, 10) || new Date(world.now()).toISOString().slice(0, 10);
  world.pay({ customer: invoice.customerId, invoice: invoice.id, amount: text(fields['cantidad']) || invoice.amount, method: text(fields['pasarela']), reference: text(fields['idtransaccion']), paidOn });
  const customer = world.book.customers.find(({ id }) => id === invoice.customerId);
  if (customer && isSuspended(world, customer)) world.switch(customer, 'active');
  return done({ mensaje: 'Pago registrado correctamente.' });
};

const deleteTransaccion: Command = ({ idfactura }, world) => {
  const invoice = world.invoice(idfactura);
  return invoice && world.reverse(invoice) ? done({ mensaje: 'Transacción eliminada correctamente.' }) : refused('No existe la transacción.');
};

const turn = (to: 'active' | 'suspended', mensaje: string): Command => ({ idcliente }, world) => {
  const customer = world.customer(idcliente);
  if (!customer) return refused('No existe el cliente.');
  world.switch(customer, to);
  return done({ mensaje });
};

const newTicket: Command = (fields, world) => {
  const missing = ['dp', 'asunto', 'fechavisita', 'turno', 'agendado'].find((name) => text(fields[name]) === '');
  const customer = world.customer(fields['idcliente']);
  if (missing !== undefined) return refused(`Falta el campo ${missing}.`);
  if (!customer) return refused('No existe el cliente.');
  const { id } = world.openTicket({ customer: customer.id, subject: text(fields['asunto']), body: text(fields['contenido']) });
  return done({ idticket: String(id), mensaje: 'Ticket Registrado correctamente.' });
};

const listTicket: Command = ({ idcliente }, world) => {
  const customer = world.customer(idcliente);
  const tickets = world.ledger.tickets.filter((one) => one.customer === customer?.id);
  const closed = tickets.filter(({ closed: why }) => why !== undefined).length;
  return done({ abiertos: tickets.length - closed, cerrados: closed, respondidos: 0, data: { tickets: tickets.map(({ id, subject, closed: why }) => ({ id, asunto: subject, estado: why === undefined ? 'abierto' : 'cerrado' })) } });
};

const closeTicket: Command = ({ idticket, motivo_cierre: why }, world) => {
  const ticket = world.ticket(idticket);
  if (!ticket) return refused('No existe el ticket.');
  if (ticket.closed !== undefined) return refused('El ticket ya se encuentra cerrado.');
  ticket.closed = text(why);
  return done({ mensaje: 'Ticket cerrado correctamente.' });
};

const newPreRegistro: Command = (fields, world) => {
  if (text(fields['cliente']) === '') return refused('El campo cliente es obligatorio.');
  world.addProspect(Object.fromEntries(Object.entries(fields).filter(([name]) => name !== 'token').map(([name, value]) => [name, text(value)])));
  return done({ mensaje: 'El pre-registro fue realizado correctamente.' });
};

const listInstall: Command = (_fields, world) => done({ instalaciones: world.ledger.prospects.map(({ id, fields }) => ({ id, ...fields })) });

const commands: Record<string, Command> = {
  getclientsdetails: getClientsDetails, getinvoices: getInvoices, getinvoice: getInvoice, paidinvoice: paidInvoice, deletetransaccion: deleteTransaccion,
  activeservice: turn('active', 'Cliente Activado correctamente.'), suspendservice: turn('suspended', 'Cliente Suspendido correctamente.'),
  newticket: newTicket, listticket: listTicket, closeticket: closeTicket, newpreregistro: newPreRegistro, listinstall: listInstall,
};

/** A fault that hits a command before it does anything. */
function faulty({ fault }: SystemRequest): SystemAnswer | undefined {
  if (fault === 'licence') return htmlPage(200, '<html><body><h1>Su licencia de MikroWisp ha expirado</h1></body></html>');
  if (fault === 'expired-token') return refused('Token incorrecto.');
  if (fault === 'ok-with-error') return refused('Error interno: no se pudo conectar con la base de datos.');
  return fault === 'quota' ? { status: 429, body: { estado: 'error', mensaje: 'Demasiadas solicitudes.' } } : undefined;
}

export const mikrowisp: SimulatedSystem = {
  id: 'mikrowisp',
  keys,
  answer: (request, world) => {
    const pdf = /^\/facturas\/(\d+)\.pdf$/u.exec(request.path);
    const invoice = pdf && world.invoice(pdf[1]);
    if (invoice && request.method === 'GET') return { headers: { 'content-type': 'application/pdf' }, body: pdfOf(`Factura ${invoice.number}`) };
    const command = commands[/^\/api\/v1\/(\w+)$/u.exec(request.path)?.[1]?.toLowerCase() ?? ''];
    if (!command || request.method !== 'POST') return htmlPage(404);
    const fields = fieldsOf(request);
    return faulty(request) ?? (fields['token'] === keys.token ? command(fields, world, request) : refused('Token incorrecto.'));
  },
};
