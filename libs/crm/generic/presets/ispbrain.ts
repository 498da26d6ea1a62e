import { genericDescription } from '../description.js';

/**
 * ISPBrain ("Networking V3"): URL and API key, find by phone, balance, invoices, connection, speed test, as its makers' customers describe it. No
 * documentation of its API was found (research, external-apis §3): paths and names are a supposition to begin with, **not verified with the vendor**.
 */
export const ispbrainDescription = genericDescription.parse({
  version: 1,
  name: 'ISPBrain',
  auth: { mode: 'header', name: 'X-API-Key' },
  operations: {
    test: { method: 'GET', path: '/api/status' },
    findByPhone: { method: 'GET', path: '/api/clients', query: { phone: '{{phone.national}}' }, list: '$.data' },
    findByDocument: { method: 'GET', path: '/api/clients', query: { document: '{{document}}' }, list: '$.data' },
    profile: { method: 'GET', path: '/api/clients/{{id}}', list: '$.data', notFound: { status: [404], json: [{ path: '$.success', in: ['false'] }] } },
    account: { method: 'GET', path: '/api/clients/{{id}}/balance', list: '$.data' },
    invoices: { method: 'GET', path: '/api/clients/{{id}}/invoices', list: '$.data', notFound: { status: [404], json: [{ path: '$.success', in: ['false'] }] } },
    connection: { method: 'GET', path: '/api/clients/{{id}}/services/{{service}}', list: '$.data', notFound: { status: [404], json: [{ path: '$.success', in: ['false'] }] } },
    speedTest: {
      method: 'POST', path: '/api/clients/{{id}}/speedtest', body: { type: 'json', content: '{ "service": "{{service}}" }' }, list: '$.data',
      poll: { path: '/api/speedtests/{{task}}', task: '$.data.task', everySeconds: 3, atMostSeconds: 80, done: [{ path: '$.data.status', in: ['done'] }], failed: [{ path: '$.data.status', in: ['failed', 'error'] }] },
    },
  },
  map: {
    system: { version: { from: ['$.version'] } },
    customer: {
      id: { from: ['$.id'] }, name: { from: ['$.name'] }, document: { from: ['$.document'] }, phones: { from: ['$.phone', '$.mobile'] }, email: { from: ['$.email'] }, address: { from: ['$.address'] },
      status: { from: ['$.status'], values: { active: ['active', 'activo', '1'], suspended: ['suspended', 'suspendido', '0'], cancelled: ['cancelled', 'baja'] } },
      services: { from: ['$.services'] },
    },
    service: {
      id: { from: ['$.id'] }, plan: { from: ['$.plan'] }, address: { from: ['$.address'] }, number: { from: ['$.number'] },
      status: { from: ['$.status'], values: { active: ['active', 'activo', '1'], suspended: ['suspended', 'suspendido', '0'], cancelled: ['cancelled', 'baja'] } },
    },
    account: { balance: { from: ['$.balance'] }, dueOn: { from: ['$.due'] } },
    invoice: {
      id: { from: ['$.id'] }, number: { from: ['$.number'] }, issuedOn: { from: ['$.date'] }, dueOn: { from: ['$.due'] }, amount: { from: ['$.total'] }, paidOn: { from: ['$.paid_at'] },
      state: { from: ['$.status'], values: { open: ['pending', 'overdue'], paid: ['paid'], cancelled: ['cancelled'] } }, documentUrl: { from: ['$.pdf'] },
    },
    connection: {
      service: { from: ['$.service'] }, status: { from: ['$.status'], values: { active: ['active'], suspended: ['suspended'] } },
      online: { from: ['$.online'], values: { online: ['true', '1', 'online'], offline: ['false', '0', 'offline'] } }, since: { from: ['$.since'] }, signalDbm: { from: ['$.signal'] },
    },
    speedTest: { downMbps: { from: ['$.download'] }, upMbps: { from: ['$.upload'] }, pingMs: { from: ['$.ping'] } },
  },
  errors: [
    { status: [401], as: 'auth' },
    { status: [200], json: [{ path: '$.success', in: ['false'] }], as: 'unavailable' },
  ],
});
