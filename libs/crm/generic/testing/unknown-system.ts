import { genericDescription, type GenericDescription } from '../description.js';

const status = (active: string[], suspended: string[]) => ({ from: ['$.estado'], values: { active, suspended } });
const speed = { downMbps: { from: ['$.bajada'] }, upMbps: { from: ['$.subida'] } };

/** The simulator's unknown system (libs/simulator/crm/generic.ts), as a technician would describe it. */
export const unknownSystem = {
  version: 1,
  name: 'Sistema propio',
  auth: { mode: 'header', name: 'X-Api-Key' },
  statusPath: '$.status',
  operations: {
    test: { method: 'GET', path: '/v2/estado' },
    findByPhone: { method: 'GET', path: '/v2/clientes', query: { telefono: '{{phone.last8}}' }, list: '$.clientes' },
    findByDocument: { method: 'GET', path: '/v2/clientes', query: { documento: '{{document}}' }, list: '$.clientes' },
    profile: { method: 'GET', path: '/v2/clientes/{{id}}', list: '$.cliente' },
    invoices: { method: 'GET', path: '/v2/facturas', query: { cliente: '{{id}}' }, list: '$.facturas' },
    invoiceDocument: { method: 'GET', path: '/v2/facturas/{{invoice}}/pdf' },
    connection: { method: 'GET', path: '/v2/conexiones', query: { servicio: '{{service}}' }, list: '$.conexiones' },
    speedTest: {
      method: 'POST', path: '/v2/mediciones', body: { type: 'json', content: '{"servicio":"{{service}}"}' },
      poll: { path: '/v2/mediciones/{{task}}', task: '$.tarea', everySeconds: 2, atMostSeconds: 60, done: [{ path: '$.estado', in: ['lista'] }], failed: [{ path: '$.estado', in: ['FALLO'] }] },
    },
    plans: { method: 'GET', path: '/v2/planes', list: '$.planes' },
    findPayment: { method: 'GET', path: '/v2/pagos', query: { referencia: '{{reference}}' }, list: '$.pagos' },
    pay: {
      method: 'POST', path: '/v2/pagos', list: '$.pago',
      body: { type: 'json', content: '{"cliente":"{{id}}","factura":"{{invoice}}","importe":"{{amount}}","medio":"{{method}}","referencia":"{{reference}}","fecha":"{{paidAt.date}}","reactivar":"{{reactivate.json}}"}' },
    },
    reversePayment: { method: 'DELETE', path: '/v2/pagos/{{payment}}' },
    reactivate: { method: 'POST', path: '/v2/clientes/{{id}}/habilitar', body: { type: 'form', content: '{"servicio":"{{service}}"}' } },
    suspend: { method: 'POST', path: '/v2/clientes/{{id}}/cortar', body: { type: 'form', content: '{"servicio":"{{service}}"}' } },
    findTicket: { method: 'GET', path: '/v2/casos', query: { cliente: '{{id}}' }, list: '$.casos' },
    openTicket: { method: 'POST', path: '/v2/casos', body: { type: 'json', content: '{"cliente":"{{id}}","asunto":"{{subject}}","detalle":"{{body}}","referencia":"{{reference}}"}' }, list: '$.caso' },
    closeTicket: { method: 'POST', path: '/v2/casos/{{ticket}}/cerrar', body: { type: 'json', content: '{"motivo":"{{reason}}"}' } },
    findProspect: { method: 'GET', path: '/v2/interesados', query: { referencia: '{{reference}}' }, list: '$.interesados' },
    prospect: {
      method: 'POST', path: '/v2/interesados', list: '$.interesado',
      body: { type: 'json', content: '{"nombre":"{{name}}","telefono":"{{phone.plus}}","correo":"{{email}}","domicilio":"{{address}}","nota":"{{note}}","referencia":"{{reference}}"}' },
    },
  },
  map: {
    system: { version: { from: ['$.version'] } },
    customer: {
      id: { from: ['$.id'] }, name: { from: ['$.nombre', '$.apellido'] }, document: { from: ['$.documento'] }, phones: { from: ['$.telefonos'] }, address: { from: ['$.domicilio'] },
      services: { from: ['$.servicios'] },
    },
    service: { id: { from: ['$.id'] }, plan: { from: ['$.plan'] }, address: { from: ['$.domicilio'] }, number: { from: ['$.contrato'] }, status: status(['Habilitado'], ['Cortado']) },
    invoice: {
      id: { from: ['$.id'] }, number: { from: ['$.comprobante'] }, customer: { from: ['$.cliente'] }, issuedOn: { from: ['$.emitida'] }, dueOn: { from: ['$.vence'] }, paidOn: { from: ['$.pagada'] },
      amount: { from: ['$.importe'], decimal: ',' }, state: { from: ['$.estado'], values: { open: ['Impaga'], paid: ['Pagada'] } },
    },
    connection: {
      service: { from: ['$.servicio'] }, status: status(['Habilitado'], ['Cortado']), online: { from: ['$.enLinea'], values: { online: ['SI'], offline: ['NO'] } },
      since: { from: ['$.desde'] }, signalDbm: { from: ['$.senal'] },
    },
    speedTest: { ...speed, pingMs: { from: ['$.latencia'] } },
    plan: { name: { from: ['$.nombre'] }, ...speed, price: { from: ['$.abono'], decimal: ',' }, description: { from: ['$.detalle'] } },
    payment: { id: { from: ['$.id'] }, reference: { from: ['$.referencia'] }, customer: { from: ['$.cliente'] }, state: { from: ['$.anulado'], values: { reversed: ['true'], valid: ['false'] } } },
    made: { id: { from: ['$.id'] }, reference: { from: ['$.referencia'] } },
  },
  errors: [
    { status: [404], as: 'not-found' },
    { status: [422], as: 'rejected', message: '$.mensaje' },
  ],
} as const;

/** With other parts than the usual ones: another place for the key, say. @throws ZodError where that makes no sense */
export const unknownSystemWith = (parts: Partial<GenericDescription> = {}): GenericDescription => genericDescription.parse({ ...structuredClone(unknownSystem), ...parts });
