import { HttpFailure, type HttpClient, type HttpRequest } from '../../http/http-client.js';
import { CrmSimulator } from '../../simulator/crm/simulator.js';
import type { SimulatedSystem, SystemAnswer } from '../../simulator/crm/system.js';

export interface SimulatedHttp {
  simulator: CrmSimulator;
  http: HttpClient;
  /** What a company types as the address of its system. */
  url: string;
  /** All requests so far, as they went out. */
  sent: HttpRequest[];
}

const HOST = 'https://isp.test';

const headersOf = (headers: Record<string, string> = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** What `fetch` would send: the bytes of a body, and its type where the client sets that. */
async function bodyOf({ body, headers }: HttpRequest): Promise<{ bytes: Buffer; headers: Record<string, string> }> {
  if (body === undefined) return { bytes: Buffer.alloc(0), headers: headersOf(headers) };
  const encoded = new Response(body instanceof Uint8Array ? new Uint8Array(body) : body);
  const type: Record<string, string> = body instanceof FormData ? { 'content-type': encoded.headers.get('content-type') ?? '' } : {};
  return { bytes: Buffer.from(await encoded.arrayBuffer()), headers: { ...headersOf(headers), ...type } };
}

function responseOf({ status = 200, headers = {}, body }: SystemAnswer, url: string) {
  const raw = typeof body === 'string' || body instanceof Uint8Array;
  const bytes = typeof body === 'string' ? Buffer.from(body) : body instanceof Uint8Array ? body : Buffer.from(JSON.stringify(body));
  return { status, headers: { 'content-type': raw ? 'text/plain' : 'application/json', ...headers }, body: bytes, url };
}

/**
 * A simulated system without sockets, for an adapter's own spec: waits take no time, and what would be too late is a time-out at once.
 * @param hosts other hosts at which the same system answers with something: a wrong host's web page
 */
export function simulatedHttp(system: SimulatedSystem, now?: () => number, hosts: Record<string, SystemAnswer> = {}): SimulatedHttp {
  const simulator = new CrmSimulator([system], now);
  const sent: HttpRequest[] = [];
  const http: HttpClient = async (request) => {
    sent.push(request);
    request.signal?.throwIfAborted();
    const url = new URL(request.url);
    const elsewhere = hosts[url.origin];
    if (elsewhere) return responseOf(elsewhere, request.url);
    if (url.origin !== HOST) throw new HttpFailure('name', `no host ${url.host}`, false);
    const { bytes, headers } = await bodyOf(request);
    const method = request.method ?? 'GET';
    const { waitMs, answer } = await simulator.react(system, { method, path: url.pathname, query: url.searchParams, headers, body: bytes, base: HOST });
    simulator.record({ system: system.id, method, path: url.pathname, status: answer?.status ?? (answer ? 200 : 0) });
    if (waitMs > (request.timeoutMs ?? 15_000)) throw new HttpFailure('timeout', 'no answer in time', true);
    if (!answer) throw new HttpFailure('cut', 'the connection ended', true);
    return responseOf(answer, request.url);
  };
  return { simulator, http, url: HOST, sent };
}
