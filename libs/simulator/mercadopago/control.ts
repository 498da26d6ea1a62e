import { z } from 'zod';
import type { SimulatedAnswer, SimulatedRequest } from '../exchange.js';
import { jsonOf } from './api.js';
import { noticeModes } from './notices.js';
import { faultKinds, type MercadoPagoSimulator } from './simulator.js';
import type { Payment } from './world.js';

const problem = (status: number, detail: string): SimulatedAnswer =>
  ({ status, headers: { 'content-type': 'application/problem+json' }, body: { status, title: 'The simulator cannot do this', detail } });

const amount = z.number().positive();
const text = z.string().min(1);
const bodies = {
  account: z.object({ accessToken: text, secret: text, userId: z.number().int().positive(), nickname: text, site: text, currency: text }).partial(),
  pay: z.object({ outcome: z.enum(['approved', 'pending', 'rejected']).default('approved'), amount: amount.optional() }),
  transfer: z.object({ amount, name: text.optional(), document: text.optional(), reference: text.optional(), at: z.iso.datetime({ offset: true }).optional() }),
  change: z.union([
    z.object({ status: z.enum(['pending', 'approved', 'rejected', 'cancelled', 'refunded', 'charged_back', 'in_mediation', 'in_process']), refund: z.undefined().optional() }),
    z.object({ refund: amount, status: z.undefined().optional() }),
  ]),
  notify: z.object({
    ts: z.enum(['s', 'ms']).optional(), signature: z.enum(['good', 'bad', 'none']).optional(), ipn: z.boolean().optional(), ageSeconds: z.number().optional(), dataId: text.optional(),
    times: z.number().int().min(1).max(100).default(1),
  }),
  notices: z.object({ mode: z.enum(noticeModes) }),
  release: z.object({ reversed: z.boolean().optional(), times: z.number().int().min(1).max(10).optional() }),
  fault: z.object({ kind: z.enum(faultKinds), times: z.number().int().min(1).optional(), path: z.string().optional(), ms: z.number().int().min(0).optional() }),
} as const;

type Handler = (simulator: MercadoPagoSimulator, request: SimulatedRequest, id: string) => SimulatedAnswer | Promise<SimulatedAnswer>;

/** Reads a body; an empty one is `{}`. What does not fit is told, not simulated. */
function reading<S extends z.ZodType>(schema: S, work: (simulator: MercadoPagoSimulator, body: z.output<S>, id: string) => SimulatedAnswer | Promise<SimulatedAnswer>): Handler {
  return (simulator, request, id) => {
    const read = schema.safeParse(request.body.length === 0 ? {} : jsonOf(request));
    return read.success ? work(simulator, read.data, id) : problem(422, z.prettifyError(read.error));
  };
}

function ofPayment({ world }: MercadoPagoSimulator, id: string, work: (payment: Payment) => SimulatedAnswer | Promise<SimulatedAnswer>): SimulatedAnswer | Promise<SimulatedAnswer> {
  const found = world.payments.find((one) => String(one.id) === id);
  return found ? work(found) : problem(404, `There is no payment ${id}.`);
}

const pay = reading(bodies.pay, (simulator, { outcome, amount: sum }, id) => {
  const preference = simulator.world.preferences.find((one) => one.id === id || one.external_reference === id);
  if (!preference) return problem(404, `There is no link ${id}.`);
  return { status: 201, body: simulator.pay(preference, outcome, sum) };
});

const notify = reading(bodies.notify, (simulator, { times, ...shape }, id) => ofPayment(simulator, id, async (payment) => {
  const sent: number[] = [];
  for (let time = 0; time < times; time++) sent.push(await simulator.notices.send(payment, shape));
  return { body: { answers: sent } };
}));

const routes: readonly (readonly [RegExp, Handler])[] = [
  [/^GET \/control$/u, ({ world, notices, calls }) => ({ body: { preferences: world.preferences, payments: world.payments, notices: notices.sent, held: notices.held.length, calls } })],
  [/^PUT \/control\/account$/u, reading(bodies.account, ({ world }, given) => {
    world.account = { ...world.account, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) };
    return { body: { userId: world.account.userId, site: world.account.site } };
  })],
  [/^POST \/control\/preferences\/(?<id>[^/]+)\/pay$/u, pay],
  [/^POST \/control\/transfers$/u, reading(bodies.transfer, ({ world }, transfer) => ({ status: 201, body: world.transfer(transfer) }))],
  [/^POST \/control\/payments\/(?<id>\d+)$/u, reading(bodies.change, (simulator, { status, refund }, id) => ofPayment(simulator, id, (payment) => {
    simulator.change(payment, status ?? payment.status, refund);
    return { body: payment };
  }))],
  [/^POST \/control\/payments\/(?<id>\d+)\/notify$/u, notify],
  [/^PUT \/control\/notices$/u, reading(bodies.notices, ({ notices }, { mode }) => {
    notices.mode = mode;
    return { body: { mode } };
  })],
  [/^POST \/control\/notices\/release$/u, reading(bodies.release, async ({ notices }, order) => ({
    body: { answers: await notices.release({ reversed: order.reversed ?? false, times: order.times ?? 1 }) },
  }))],
  [/^POST \/control\/faults$/u, reading(bodies.fault, (simulator, fault) => {
    simulator.addFault(fault);
    return { status: 201, body: fault };
  })],
  [/^DELETE \/control\/faults$/u, (simulator) => {
    simulator.clearFaults();
    return { body: {} };
  }],
];

/** Answers a call to the control API, below `/mercadopago/control`. */
export function control(simulator: MercadoPagoSimulator, request: SimulatedRequest): SimulatedAnswer | Promise<SimulatedAnswer> {
  // A page of another site that the developer has open must not steer the simulator.
  if (request.headers['sec-fetch-site'] === 'cross-site') return problem(403, 'That call comes from another site.');
  const line = `${request.method} ${request.path}`;
  const [pattern, handler] = routes.find(([one]) => one.test(line)) ?? [];
  if (!pattern || !handler) return problem(404, `Nothing at ${line}.`);
  return handler(simulator, request, decodeURIComponent(pattern.exec(line)?.groups?.['id'] ?? ''));
}
