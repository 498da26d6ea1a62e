import { fieldsOf, formOf, type SystemAnswer, type SystemRequest } from './system.js';
import type { SystemWorld } from './world.js';

/** What the unknown system lets one change: payments, switches, tickets, prospects. */

const said = (status: number, fields: object = {}): SystemAnswer => ({ body: { status, ...fields } });
const refused = (mensaje: string): SystemAnswer => said(422, { mensaje });

async function given(request: SystemRequest): Promise<Record<string, string>> {
  const fields = request.headers['content-type']?.includes('form') ? Object.fromEntries(await formOf(request)) : fieldsOf(request);
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value as string | number | boolean)]));
}

function payments({ method, query, fault }: SystemRequest, world: SystemWorld, id: string | undefined, fields: Record<string, string>): SystemAnswer {
  const { ledger } = world;
  if (method === 'GET') {
    const own = ledger.payments.filter(({ reference }) => fault === 'ignore-filter' || reference === query.get('referencia'));
    return said(200, { pagos: own.map((one) => ({ id: one.seq, referencia: one.reference, cliente: world.numberOf('customers', one.customer), anulado: one.reversed === true })) });
  }
  if (method === 'DELETE') {
    const payment = ledger.payments.find(({ seq }) => String(seq) === id);
    if (!payment) return said(404);
    const invoice = world.book.invoices.find((one) => one.id === payment.invoice);
    if (invoice) world.reverse(invoice);
    else payment.reversed = true;
    return said(200);
  }
  const [customer, invoice] = [world.customer(fields['cliente']), world.invoice(fields['factura'])];
  if (!customer) return said(404, { mensaje: 'No existe' });
  if (invoice?.paidOn !== undefined) return refused('La factura ya está paga');
  const { importe: amount = '0', medio = '', referencia = '', fecha = '' } = fields;
  const paid = world.pay({ customer: customer.id, ...(invoice ? { invoice: invoice.id } : {}), amount, method: medio, reference: referencia, paidOn: fecha });
  if (fields['reactivar'] === 'true') world.switch(customer, 'active');
  return said(200, { pago: { id: paid.seq } });
}

function switches(world: SystemWorld, id: string | undefined, to: string | undefined, fields: Record<string, string>): SystemAnswer {
  const customer = world.customer(id);
  if (!customer) return said(404, { mensaje: 'No existe' });
  world.switch(customer, to === 'habilitar' ? 'active' : 'suspended', world.service(fields['servicio']));
  return said(200);
}

/** Our reference is kept within the subject, as systems without a field for it do. */
function tickets({ method, query }: SystemRequest, world: SystemWorld, id: string | undefined, fields: Record<string, string>): SystemAnswer {
  if (method === 'GET') {
    const own = world.ledger.tickets.filter(({ customer }) => customer === world.customer(query.get('cliente'))?.id);
    return said(200, { casos: own.map((one) => ({ id: one.id, referencia: /^\[(.*?)\]/u.exec(one.subject)?.[1] ?? '' })) });
  }
  if (id !== undefined) {
    const ticket = world.ticket(id);
    if (!ticket) return said(404, { mensaje: 'No existe' });
    ticket.closed = fields['motivo'] ?? '';
    return said(200);
  }
  const customer = world.customer(fields['cliente']);
  if (!customer) return said(404, { mensaje: 'No existe' });
  const { referencia = '', asunto = '', detalle = '' } = fields;
  return said(200, { caso: { id: world.openTicket({ customer: customer.id, subject: `[${referencia}] ${asunto}`, body: detalle }).id } });
}

function prospects({ method, query }: SystemRequest, world: SystemWorld, fields: Record<string, string>): SystemAnswer {
  if (method === 'POST') return said(200, { interesado: { id: world.addProspect(fields).id } });
  const own = world.ledger.prospects.filter((one) => one.fields['referencia'] === query.get('referencia'));
  return said(200, { interesados: own.map(({ id, fields: { referencia } }) => ({ id, referencia })) });
}

/** @returns undefined for what changes nothing */
export async function changes(request: SystemRequest, world: SystemWorld, [what, id, part]: string[]): Promise<SystemAnswer | undefined> {
  const fields = await given(request);
  switch (what) {
    case 'pagos': return payments(request, world, id, fields);
    case 'clientes': return part === undefined ? undefined : switches(world, id, part, fields);
    case 'casos': return tickets(request, world, id, fields);
    case 'interesados': return prospects(request, world, fields);
    default: return undefined;
  }
}
