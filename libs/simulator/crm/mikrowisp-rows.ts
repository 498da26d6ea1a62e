import type { BookCustomer, BookInvoice } from '../../domain/customer-book.js';
import type { SystemWorld } from './world.js';

/** Rows as MikroWisp answers them (external-apis.md §1.2): amounts as strings, dates in two shapes, passwords among the fields. */

/** As clerks write an Argentine number: without 54 and 9; others as they are. */
const written = (phone: string | undefined): string => (phone ?? '').replace(/^549?/u, '');
const latinDay = (day: string): string => day.split('-').reverse().join('/');

export const isSuspended = (world: SystemWorld, customer: BookCustomer): boolean => world.servicesOf(customer).some(({ status }) => status === 'suspended');
const openOf = (world: SystemWorld, customer: BookCustomer): BookInvoice[] => world.invoicesOf(customer).filter(({ paidOn }) => paidOn === undefined);
const sum = (amounts: readonly string[]): string => (amounts.reduce((total, amount) => total + Math.round(Number(amount) * 100), 0) / 100).toFixed(2);

export function phonesOf(world: SystemWorld, customer: BookCustomer): { telefono: string; movil: string } {
  const [first, second] = customer.phones.map(written);
  // Half of the customers have their mobile in the field of the landline, as in every real book.
  return world.numberOf('customers', customer.id) % 2 === 0 ? { telefono: first ?? '', movil: second ?? '' } : { movil: first ?? '', telefono: second ?? '' };
}

export const clientRow = (world: SystemWorld, customer: BookCustomer) => ({
  id: world.numberOf('customers', customer.id), nombre: customer.name.toUpperCase(), estado: isSuspended(world, customer) ? 'SUSPENDIDO' : 'ACTIVO',
  correo: customer.email ?? '', ...phonesOf(world, customer), cedula: customer.document, pasarela: '', codigo: 'clave-del-portal',
  direccion_principal: customer.address, fecha_suspendido: '',
  servicios: world.servicesOf(customer).map((service) => ({
    id: world.numberOf('services', service.id), idperfil: world.numberOf('plans', service.planId), nodo: 1, costo: world.planOf(service)?.price ?? '0.00',
    ip: `10.0.0.${world.numberOf('services', service.id) % 250}`, mac: 'AA:BB:CC:00:00:01', instalado: '2025-03-01', pppuser: 'usuario', ppppass: 'clave-ppp',
    tiposervicio: 'internet', status_user: service.online && !isSuspended(world, customer) ? 'ONLINE' : 'OFFLINE', coordenadas: '-34.6,-58.4', direccion: service.address,
    perfil: world.planOf(service)?.name ?? '', onu_sn: 'HWTC12345678',
  })),
  facturacion: { facturas_nopagadas: openOf(world, customer).length, total_facturas: sum(openOf(world, customer).map(({ amount }) => amount)) },
});

export function invoiceRow(world: SystemWorld, invoice: BookInvoice) {
  const number = world.numberOf('invoices', invoice.id);
  const shape = number % 2 === 0 ? latinDay : (day: string) => day;
  const payment = world.ledger.payments.findLast((one) => one.invoice === invoice.id && !one.reversed);
  return {
    id: number, legal: invoice.number, idcliente: world.numberOf('customers', invoice.customerId), emitido: shape(invoice.issuedOn), vencimiento: shape(invoice.dueOn),
    total: invoice.amount, estado: invoice.paidOn === undefined ? 'No pagado' : 'Pagado', cobrado: invoice.paidOn === undefined ? '0.00' : payment?.amount ?? invoice.amount,
    impuesto: '0.00', subtotal: invoice.amount, total2: invoice.amount, fechapago: invoice.paidOn === undefined ? '0000-00-00' : shape(invoice.paidOn),
    formapago: invoice.paidOn === undefined ? '' : payment?.method ?? 'Efectivo', oxxo_referencia: '', barcode_cobro_digital: '',
  };
}
