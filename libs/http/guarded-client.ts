import type { AllowedNetwork } from './address.js';
import { dnsLookup, exchangeOnce, type Lookup } from './exchange.js';
import { HttpFailure, type HttpClient, type HttpRequest, type HttpResponse } from './http-client.js';
import { targetOf, type Target } from './target.js';

export interface GuardedClientSettings {
  /** Networks besides the public internet that may be reached: the installation's and the company's. */
  allowed?: readonly AllowedNetwork[];
  /** Asks for the addresses of a name; by default the operating system. */
  lookup?: Lookup;
}

const DEFAULT_TIMEOUT_MS = 15_000;
const DEFAULT_BYTES = 5 << 20;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** The only headers that another origin gets: keys come under any name, so none but these is known to be none. */
const HARMLESS = new Set(['accept', 'accept-language', 'user-agent']);
const FORBIDDEN = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'upgrade', 'te', 'trailer', 'expect', 'keep-alive', 'proxy-authorization']);

interface Packed {
  headers: Record<string, string>;
  body?: Uint8Array;
}

/** Body and headers as they go out. @throws HttpFailure `bad-url` for headers that are the client's own business */
async function packed({ headers = {}, body }: HttpRequest): Promise<Packed> {
  const own: Record<string, string> = { 'accept-encoding': 'identity', 'user-agent': 'Hilo' };
  for (const [name, value] of Object.entries(headers)) {
    if (FORBIDDEN.has(name.toLowerCase())) throw new HttpFailure('bad-url', `The header ${name.slice(0, 40)} is not the caller's`, false);
    if (!/^[\w!#$%&'*+.^`|~-]+$/u.test(name) || !/^[\t\x20-\x7e\x80-\xff]*$/u.test(value)) throw new HttpFailure('bad-url', 'A header has characters that none may have', false);
    own[name.toLowerCase()] = value;
  }
  if (body === undefined) return { headers: own };
  if (!(body instanceof FormData)) return withLength(own, typeof body === 'string' ? Buffer.from(body) : body);
  const encoded = new Response(body);
  return withLength({ ...own, 'content-type': encoded.headers.get('content-type') ?? '' }, new Uint8Array(await encoded.arrayBuffer()));
}

const withLength = (headers: Record<string, string>, body: Uint8Array): Packed => ({ headers: { ...headers, 'content-length': String(body.byteLength) }, body });

/** Where a redirect leads; undefined: it is an answer like another. @throws HttpFailure */
function next(response: HttpResponse, at: Target, allowed: readonly AllowedNetwork[]): Target | undefined {
  const { location } = response.headers;
  if (!REDIRECTS.has(response.status) || location === undefined) return undefined;
  if (!URL.canParse(location, at.url.href)) throw new HttpFailure('redirect', `${at.host} redirects to what is no address`, true);
  const target = targetOf(new URL(location, at.url).href, allowed);
  if (at.url.protocol === 'https:' && target.url.protocol === 'http:') throw new HttpFailure('redirect', `${at.host} redirects to an address without encryption`, true);
  return target;
}

/** Follows redirects as far as wanted, each target checked like the first. */
async function follow(request: HttpRequest, signal: AbortSignal, { allowed = [], lookup = dnsLookup }: GuardedClientSettings): Promise<HttpResponse> {
  const method = (request.method ?? 'GET').toUpperCase();
  const { tls = { mode: 'system' }, maxBytes = DEFAULT_BYTES, redirects = 0 } = request;
  let target = targetOf(request.url, allowed);
  let { headers, body } = await packed(request);
  for (let left = method === 'GET' || method === 'HEAD' ? redirects : 0; ; left -= 1) {
    const response = await exchangeOnce({ target, method, headers, body, tls, maxBytes, signal, allowed, lookup });
    const to = redirects === 0 ? undefined : next(response, target, allowed);
    if (!to) return response;
    if (left <= 0) throw new HttpFailure('redirect', `${target.host} redirects more often than is followed`, true);
    if (to.url.origin !== target.url.origin) headers = Object.fromEntries(Object.entries(headers).filter(([name]) => HARMLESS.has(name) || name === 'accept-encoding'));
    body = undefined;
    target = to;
  }
}

/**
 * A client for addresses that others typed. It connects to the address that it checked, to no private or special one that is not in `allowed`,
 * follows no redirect unless asked, keeps no cookie and no connection, uses no proxy of the environment, and never waits or reads without end.
 */
export function guardedClient(settings: GuardedClientSettings = {}): HttpClient {
  return async (request) => {
    const { signal: caller, timeoutMs = DEFAULT_TIMEOUT_MS } = request;
    if (caller?.aborted) throw new HttpFailure('aborted', 'The caller gave up', false);
    const late = AbortSignal.timeout(timeoutMs);
    try {
      return await follow(request, caller ? AbortSignal.any([late, caller]) : late, settings);
    } catch (problem) {
      if (caller?.aborted) throw new HttpFailure('aborted', 'The caller gave up', !(problem instanceof HttpFailure) || problem.sent);
      throw problem;
    }
  };
}
