import { z } from 'zod';
import { faultKinds } from './faults.js';
import type { CrmSimulator } from './simulator.js';
import type { SystemAnswer, SystemRequest } from './system.js';
import { jsonOf } from './system.js';

const day = z.iso.date();
const amount = z.string().regex(/^-?\d+(\.\d+)?$/u);
const text = z.string();

/** A customer book as JSON. */
export const bookSchema = z.object({
  plans: z.array(z.object({ id: text, name: text, downMbps: z.number(), upMbps: z.number(), price: amount, currency: text, description: text })),
  customers: z.array(z.object({
    id: text, number: text.optional(), document: text, name: text, phones: z.array(text), address: text, postalCode: text, email: text.optional(),
  })),
  services: z.array(z.object({
    id: text, customerId: text, planId: text, serviceNumber: text, address: text, status: z.enum(['active', 'suspended']), online: z.boolean(),
    signalDbm: z.number().optional(), since: text,
  })),
  invoices: z.array(z.object({
    id: text, customerId: text, serviceId: text.optional(), number: text, issuedOn: day, dueOn: day, amount, currency: text, paidOn: day.optional(),
  })),
});

const problem = (status: number, detail: string): SystemAnswer =>
  ({ status, headers: { 'content-type': 'application/problem+json' }, body: { status, title: 'The simulator cannot do this', detail } });

type Route = (simulator: CrmSimulator, request: SystemRequest) => SystemAnswer;

/** Everybody who is named must be known: a typing error in a test is told, not simulated. */
function unknownSystem(simulator: CrmSimulator, system: string | undefined): SystemAnswer | undefined {
  if (system === undefined || simulator.systems.some(({ id }) => id === system)) return undefined;
  return problem(404, `There is no system "${system}", but ${simulator.systems.map(({ id }) => id).join(', ')}.`);
}

const putCustomers: Route = (simulator, request) => {
  const read = bookSchema.extend({ system: z.string().optional() }).safeParse(jsonOf(request));
  if (!read.success) return problem(422, z.prettifyError(read.error));
  const { system, ...customers } = read.data;
  const unknown = unknownSystem(simulator, system);
  if (unknown) return unknown;
  simulator.load(customers, system);
  return { body: { customers: customers.customers.length } };
};

const postFaults: Route = (simulator, request) => {
  const count = z.number().int().min(1);
  const schema = z.object({ system: z.string(), kind: z.enum(faultKinds), times: count.optional(), ms: z.number().int().min(0).optional(), path: z.string().optional() });
  const read = schema.safeParse(jsonOf(request));
  if (!read.success) return problem(422, z.prettifyError(read.error));
  const unknown = unknownSystem(simulator, read.data.system);
  if (unknown) return unknown;
  simulator.addFault(read.data);
  return { status: 201, body: read.data };
};

const deleteFaults: Route = (simulator, { query }) => {
  simulator.faults.clear(query.get('system') ?? undefined);
  return { body: {} };
};

const getCalls: Route = (simulator, { query }) => ({ body: simulator.calls.filter(({ seq }) => seq > Number(query.get('after') ?? 0)) });

const getLedger: Route = (simulator, { query }) => {
  const system = query.get('system') ?? '';
  return unknownSystem(simulator, system) ?? { body: simulator.world(system).ledger };
};

const getSystems: Route = (simulator, { base }) => ({ body: simulator.systems.map(({ id, keys }) => ({ system: id, url: `${base}/${id}`, ...keys })) });

const routes: Record<string, Route> = {
  'PUT /customers': putCustomers,
  'POST /faults': postFaults,
  'DELETE /faults': deleteFaults,
  'GET /calls': getCalls,
  'GET /ledger': getLedger,
  'GET /systems': getSystems,
};

/** Answers a call to the control API: `path` below `/crm`. */
export function control(simulator: CrmSimulator, request: SystemRequest): SystemAnswer {
  const route = routes[`${request.method} ${request.path}`];
  return route ? route(simulator, request) : problem(404, `Nothing at ${request.method} /crm${request.path}.`);
}
