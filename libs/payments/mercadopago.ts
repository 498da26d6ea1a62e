import { HttpFailure, type HttpClient, type HttpRequest, type HttpResponse } from '../http/http-client.js';
import { numberOf } from './exact-amount.js';
import { ownerRow, paymentOf, paymentRow, preferenceRow, searchRow, sites } from './mercadopago-rows.js';
import type { LinkRequest, MadeLink, PaymentPlatform, PaymentSearch, PlatformAccount, PlatformAnswer, PlatformFailure } from './platform.js';
import type { PlatformPayment } from '../domain/payments/platform-payment.js';

/** MercadoPago, Checkout Pro preferences and payments, as research/external-apis.md, 6, has them. */
export interface MercadoPagoSettings {
  /** `https://api.mercadopago.com`, without a slash at the end. */
  url: string;
  accessToken: string;
}

export const MERCADOPAGO_URL = 'https://api.mercadopago.com';

const LIMIT_MS = 20_000;
const MOST_BYTES = 4 << 20;
/** Of one search, a page; three pages are more than a search for one receipt or link can mean. */
const PAGE = 100;
const MOST_PAGES = 3;
const LONGEST_WORDS = 200;

const failure = (reason: PlatformFailure['reason'], detail: string): PlatformFailure => ({ ok: false, reason, detail });

/** What MercadoPago says of why: `{message, error, cause: [{description}]}`. Long numbers and addresses in it are somebody's. */
function wordsOf(json: unknown): string {
  const { message, error } = (typeof json === 'object' && json !== null ? json : {}) as { message?: unknown; error?: unknown };
  const words = [message, error].find((one) => typeof one === 'string' && one.trim() !== '');
  return typeof words === 'string' ? `: ${words.replace(/\S+@\S+|\d{5,}/gu, '…').slice(0, LONGEST_WORDS)}` : '';
}

function jsonIn({ body }: HttpResponse): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body)) as unknown;
  } catch {
    return undefined;
  }
}

/** @param writes whether the call may have changed something although it failed */
function ofStatus(status: number, json: unknown, writes: boolean): PlatformFailure {
  const detail = `HTTP ${status}${wordsOf(json)}`;
  if (status === 401 || status === 403) return failure('auth', detail);
  if (status === 404) return failure('not-found', detail);
  if (status === 429) return failure('unavailable', detail);
  if (status >= 500) return failure(writes ? 'unknown' : 'unavailable', detail);
  return status >= 400 ? failure('rejected', detail) : failure('unreadable', detail);
}

type Call = (request: Pick<HttpRequest, 'method' | 'headers' | 'body' | 'signal'> & { path: string }) => Promise<PlatformAnswer<unknown>>;

function caller({ url, accessToken }: MercadoPagoSettings, http: HttpClient): Call {
  return async ({ path, headers, ...request }) => {
    const writes = request.method === 'POST';
    try {
      const response = await http({
        ...request, url: `${url}${path}`, timeoutMs: LIMIT_MS, maxBytes: MOST_BYTES,
        headers: { accept: 'application/json', authorization: `Bearer ${accessToken}`, ...(request.body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      });
      const json = jsonIn(response);
      if (response.status < 200 || response.status > 299) return ofStatus(response.status, json, writes);
      return json === undefined ? failure(writes ? 'unknown' : 'unreadable', 'what came is no JSON') : { ok: true, value: json };
    } catch (problem) {
      if (!(problem instanceof HttpFailure) || problem.code === 'aborted') throw problem;
      return failure(writes && problem.sent ? 'unknown' : 'unavailable', problem.message);
    }
  };
}

/** As its documents write moments: with an offset, not with a Z. */
const withOffset = (instant: string) => instant.replace(/Z$/u, '+00:00');

async function createLink(call: Call, request: LinkRequest, signal: AbortSignal): Promise<PlatformAnswer<MadeLink>> {
  const { amount, currency } = request.amount;
  const price = numberOf(amount, currency);
  if (price === undefined) return failure('rejected', `an amount of ${currency} that MercadoPago cannot take exactly`);
  const answer = await call({
    path: '/checkout/preferences', method: 'POST', signal, headers: { 'x-idempotency-key': request.idempotencyKey },
    body: JSON.stringify({
      items: [{ id: request.externalReference, title: request.title, quantity: 1, unit_price: price, currency_id: currency }],
      external_reference: request.externalReference,
      ...(request.notificationUrl === undefined ? {} : { notification_url: request.notificationUrl }),
      expires: true, expiration_date_to: withOffset(request.expiresAt), date_of_expiration: withOffset(request.expiresAt),
    }),
  });
  if (!answer.ok) return answer;
  const read = preferenceRow.safeParse(answer.value);
  if (!read.success) return failure('unknown', 'an answer without a link');
  return { ok: true, value: { id: read.data.id, url: read.data.init_point, expiresAt: request.expiresAt } };
}

async function payment(call: Call, id: string, signal: AbortSignal): Promise<PlatformAnswer<PlatformPayment>> {
  if (!/^\d{1,30}$/u.test(id)) return failure('not-found', 'no number of a payment');
  const answer = await call({ path: `/v1/payments/${id}`, signal });
  if (!answer.ok) return answer;
  const read = paymentRow.safeParse(answer.value);
  const found = read.success ? paymentOf(read.data) : undefined;
  if (!found) return failure('unreadable', 'a payment of another shape, or with an amount that is not exact to the cent');
  return found.id === id ? { ok: true, value: found } : failure('unreadable', 'another payment than was asked for');
}

const queryOf = ({ externalReference, between }: PaymentSearch, offset: number): string => new URLSearchParams({
  sort: 'date_created', criteria: 'desc', limit: String(PAGE), offset: String(offset),
  ...(externalReference === undefined ? {} : { external_reference: externalReference }),
  ...(between === undefined ? {} : { range: 'date_created', begin_date: between.from, end_date: between.until }),
}).toString();

type Found = { payments: PlatformPayment[]; unreadable: number; isWhole: boolean };

async function search(call: Call, asked: PaymentSearch, signal: AbortSignal): Promise<PlatformAnswer<Found>> {
  if (asked.externalReference === undefined && asked.between === undefined) return failure('rejected', 'a search for everything');
  const found: Found = { payments: [], unreadable: 0, isWhole: false };
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await call({ path: `/v1/payments/search?${queryOf(asked, page * PAGE)}`, signal });
    if (!answer.ok) return answer;
    const read = searchRow.safeParse(answer.value);
    if (!read.success) return failure('unreadable', 'a search of another shape');
    for (const row of read.data.results) {
      const parsed = paymentRow.safeParse(row);
      const one = parsed.success ? paymentOf(parsed.data) : undefined;
      // A filter that a platform ignores must not make another's payment ours.
      if (one && asked.externalReference !== undefined && one.externalReference !== asked.externalReference) continue;
      if (one) found.payments.push(one);
      else found.unreadable += 1;
    }
    if (read.data.results.length < PAGE || (page + 1) * PAGE >= read.data.paging.total) return { ok: true, value: { ...found, isWhole: true } };
  }
  return { ok: true, value: found };
}

async function test(call: Call, signal: AbortSignal): Promise<PlatformAnswer<PlatformAccount>> {
  const answer = await call({ path: '/users/me', signal });
  if (!answer.ok) return answer;
  const read = ownerRow.safeParse(answer.value);
  if (!read.success) return failure('unreadable', 'an account of another shape');
  const site = sites[read.data.site_id];
  if (!site) return failure('rejected', `an account of ${read.data.site_id.slice(0, 8)}, where links cannot be made`);
  return { ok: true, value: { id: read.data.id, ...(read.data.nickname === undefined ? {} : { name: read.data.nickname }), ...site } };
}

/** A company's MercadoPago account. @param http guarded */
export function mercadoPago(settings: MercadoPagoSettings, http: HttpClient): PaymentPlatform {
  const call = caller(settings, http);
  return {
    createLink: (request, signal) => createLink(call, request, signal),
    payment: (id, signal) => payment(call, id, signal),
    search: (asked, signal) => search(call, asked, signal),
    test: (signal) => test(call, signal),
  };
}
