import type { BookCustomer, BookInvoice, BookPlan, BookService } from '../../domain/customer-book.js';
import type { LedgerTicket, SystemWorld } from './world.js';

/** WispHub's rows as the facts page quotes them (external-apis.md §4). A "cliente" is a service; who has two has two rows of one `usuario`. */

const national = (phone: string): string => /^549?(\d{10})$/u.exec(phone)?.[1] ?? phone;
/** As people type it: several in one text, each in its own way. */
const written = (phones: readonly string[]): string => phones.map(national)
  .map((ten, at) => (at === 0 && ten.length === 10 ? `0${ten.slice(0, 3)} 15-${ten.slice(3, 6)}-${ten.slice(6)}` : ten)).join(', ');

export const usuarioOf = (world: SystemWorld, customer: BookCustomer): string => `cliente${world.numberOf('customers', customer.id)}@demo`;

/** Carried over from payments that did not fit an invoice; negative: in the customer's favour. Whole cents. */
export const carried = (world: SystemWorld): Map<string, number> => {
  const known = (world.notes.get('saldo') as Map<string, number> | undefined) ?? new Map<string, number>();
  world.notes.set('saldo', known);
  return known;
};
export const saldoOf = (world: SystemWorld, customer: string): string => ((carried(world).get(customer) ?? 0) / 100).toFixed(2);

export const isOpen = (invoice: BookInvoice): boolean => invoice.paidOn === undefined;
const holder = (world: SystemWorld, id: string): BookCustomer | undefined => world.book.customers.find((one) => one.id === id);
const latin = (day: string): string => day.split('-').toReversed().join('/');

export function clientRow(world: SystemWorld, service: BookService) {
  const customer = holder(world, service.customerId)!;
  const plan = world.planOf(service);
  const outage = world.notes.get('outage');
  return {
    id_servicio: Number(service.serviceNumber), usuario: usuarioOf(world, customer), nombre: customer.name, email: customer.email ?? '', cedula: customer.document,
    direccion: service.address, localidad: '', ciudad: '', telefono: written(customer.phones), saldo: saldoOf(world, customer.id),
    estado: service.status === 'suspended' ? 'Suspendido' : 'Activo', estado_facturas: world.invoicesOf(customer).some(isOpen) ? 'Pendiente de Pago' : 'Pagadas',
    precio_plan: plan?.price ?? '0.00', fecha_corte: '11/12/2026', fecha_instalacion: '03/01/2025 10:00:00', ip: `10.9.0.${world.numberOf('services', service.id) % 250}`,
    mac_cpe: 'AA:BB:CC:00:00:01', sn_onu: 'HWTC12345678', coordenadas: '-32.9,-60.6', auto_activar_servicio: false,
    plan_internet: plan ? { id: world.numberOf('plans', plan.id), nombre: plan.name } : null, zona: { id: 1, nombre: 'Centro' },
    router: { id: 3, nombre: 'MKT-1', falla_general: outage !== undefined, falla_general_descripcion: typeof outage === 'string' ? outage : '' },
    sectorial: null, tecnico: { id: 4, nombre: 'Técnico' }, password_servicio: 'clave-servicio-secreta', password_hotspot: 'clave-hotspot-secreta',
    password_router_wifi: 'clave-wifi-secreta', password_ssh_router_wifi: 'clave-ssh-secreta',
  };
}

export const formsOfPayment = [{ id: 16749, nombre: 'Efectivo' }, { id: 16750, nombre: 'Transferencia' }];

export function invoiceRow(world: SystemWorld, invoice: BookInvoice) {
  const customer = holder(world, invoice.customerId)!;
  const payment = world.ledger.payments.find((one) => one.invoice === invoice.id && !one.reversed);
  const service = world.servicesOf(customer)[0];
  return {
    id_factura: world.numberOf('invoices', invoice.id), folio: invoice.number, fecha_emision: invoice.issuedOn, fecha_vencimiento: latin(invoice.dueOn),
    fecha_pago: invoice.paidOn === undefined ? null : `${latin(invoice.paidOn)} 10:00:00`, estado: isOpen(invoice) ? 'Pendiente de Pago' : 'Pagada', tipo: 1,
    sub_total: Number(invoice.amount), descuento: 0, impuestos_total: 0, total: Number(invoice.amount), saldo: 0, saldo_nuevo: 0,
    total_cobrado: payment ? Number(payment.amount) : 0, comprobante_pago: '', referencia: payment?.reference ?? '', id_mercadopago: null,
    forma_pago: payment ? formsOfPayment.find(({ nombre }) => nombre === payment.method) ?? null : null, cajero: null, zona: { id: 1, nombre: 'Centro' },
    cliente: { nombre: customer.name, usuario: usuarioOf(world, customer), cedula: customer.document, telefono: written(customer.phones), email: customer.email ?? '', direccion: customer.address },
    articulos: service ? [{ id: 1, cantidad: 1, descripcion: 'Internet', precio: invoice.amount, servicio: { id_servicio: Number(service.serviceNumber) } }] : [],
  };
}

export const planRow = (world: SystemWorld, plan: BookPlan) => ({ id: world.numberOf('plans', plan.id), nombre: plan.name, tipo: 'PPPOE' });
export const planDetail = (plan: BookPlan) => ({ nombre: plan.name, precio: Number(plan.price), bajada: `${plan.downMbps}M`, subida: `${plan.upMbps}M`, descripcion: plan.description });

export function ticketRow(world: SystemWorld, ticket: LedgerTicket) {
  return {
    id_ticket: ticket.id, asunto: ticket.subject, descripcion: ticket.body, estado: ticket.closed === undefined ? 'Nuevo' : 'Cerrado', prioridad: 'Normal',
    fecha_creacion: `${latin(ticket.at.slice(0, 10))} ${ticket.at.slice(11, 19)}`, servicio: { id_servicio: world.notes.get(`ticket-${ticket.id}`) ?? null }, respuestas: null,
  };
}

/** Subjects are of a closed list. */
export const subjects = ['No Tiene Internet', 'Internet Lento', 'Internet Intermitente', 'Reconexión', 'Cambio de Domicilio', 'Cambio de Contraseña', 'Recolección de Equipos', 'Cancelación', 'Otro Asunto'];
