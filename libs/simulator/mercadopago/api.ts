import { z } from 'zod';
import type { SimulatedAnswer, SimulatedRequest } from '../exchange.js';
import type { MercadoPagoWorld, Payment } from './world.js';

/** The calls of MercadoPago's API, as its SDK types them (research/external-apis.md, 6). */

const refused = (status: number, message: string, error: string): SimulatedAnswer => ({ status, body: { message, error, status, cause: [] } });

const wanted = z.object({
  items: z.array(z.object({ title: z.string(), quantity: z.literal(1), unit_price: z.number().positive(), currency_id: z.string() })).length(1),
  external_reference: z.string().max(256).optional(),
  notification_url: z.url().optional(),
  expires: z.boolean().optional(),
  expiration_date_to: z.iso.datetime({ offset: true }).optional(),
});

const rowOf = ({ notification_url: _, ...row }: Payment) => row;

export function jsonOf({ body }: SimulatedRequest): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

function prefer(request: SimulatedRequest, world: MercadoPagoWorld): SimulatedAnswer {
  const read = wanted.safeParse(jsonOf(request));
  if (!read.success) return refused(400, 'invalid preference', 'bad_request');
  const { items: [item], external_reference: reference, notification_url: url, expires, expiration_date_to: until } = read.data;
  if (item!.currency_id !== world.account.currency) return refused(400, 'currency_id invalid', 'invalid_items');
  const key = request.headers['x-idempotency-key'];
  const made = world.prefer({
    title: item!.title, unit_price: item!.unit_price, currency_id: item!.currency_id, idempotencyKey: key ?? `${world.preferences.length}`,
    ...(reference === undefined ? {} : { external_reference: reference }), ...(url === undefined ? {} : { notification_url: url }),
    ...(expires && until !== undefined ? { expiresAt: until } : {}),
  });
  const page = `${request.base}/checkout/${made.id}`;
  return { status: 201, body: { id: made.id, init_point: page, sandbox_init_point: page, external_reference: made.external_reference, collector_id: world.account.userId } };
}

function payment({ path }: SimulatedRequest, world: MercadoPagoWorld): SimulatedAnswer {
  const found = world.payments.find(({ id }) => path === `/v1/payments/${id}`);
  return found ? { body: rowOf(found) } : refused(404, 'Payment not found', 'not_found');
}

function search({ query }: SimulatedRequest, world: MercadoPagoWorld): SimulatedAnswer {
  const reference = query.get('external_reference');
  const [from, until] = [query.get('begin_date'), query.get('end_date')].map((moment) => (moment === null ? undefined : Date.parse(moment)));
  const found = world.payments
    .filter((one) => (reference === null || one.external_reference === reference))
    .filter(({ date_created: at }) => (from === undefined || Date.parse(at) >= from) && (until === undefined || Date.parse(at) <= until))
    .toSorted((one, other) => other.date_created.localeCompare(one.date_created) || other.id - one.id);
  const offset = Number(query.get('offset') ?? 0);
  const limit = Number(query.get('limit') ?? 30);
  return { body: { paging: { total: found.length, limit, offset }, results: found.slice(offset, offset + limit).map(rowOf) } };
}

const owner = ({ account }: MercadoPagoWorld): SimulatedAnswer => ({ body: { id: account.userId, nickname: account.nickname, site_id: account.site, email: 'titular@example.com' } });

/** Answers a call of the API. @returns undefined when it is none */
export function api(request: SimulatedRequest, world: MercadoPagoWorld): SimulatedAnswer | undefined {
  const { method, path, headers } = request;
  if (!path.startsWith('/v1/') && path !== '/checkout/preferences' && path !== '/users/me') return undefined;
  if (headers['authorization'] !== `Bearer ${world.account.accessToken}`) return refused(401, 'invalid access token', 'unauthorized');
  if (method === 'POST' && path === '/checkout/preferences') return prefer(request, world);
  if (method !== 'GET') return refused(405, 'Method not allowed', 'method_not_allowed');
  if (path === '/users/me') return owner(world);
  if (path === '/v1/payments/search') return search(request, world);
  return path.startsWith('/v1/payments/') ? payment(request, world) : refused(404, 'resource not found', 'not_found');
}
