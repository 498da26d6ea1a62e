import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { control } from './control.js';
import type { CrmSimulator, Reaction } from './simulator.js';
import type { SystemAnswer, SystemRequest } from './system.js';

const MOST_BYTES = 16 << 20;
export const CRM_PATH = '/crm';

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new Error('too much');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function send(response: ServerResponse, { status = 200, headers = {}, body }: SystemAnswer): void {
  const raw = typeof body === 'string' || body instanceof Uint8Array;
  response.writeHead(status, { 'content-type': raw ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8', ...headers });
  response.end(raw ? body : JSON.stringify(body));
}

async function read(request: IncomingMessage, url: URL): Promise<SystemRequest> {
  const secure = 'encrypted' in request.socket;
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value ?? '']));
  return {
    method: request.method ?? 'GET', path: url.pathname.slice(CRM_PATH.length) || '/', query: url.searchParams, headers, body: await bodyOf(request),
    base: `${secure ? 'https' : 'http'}://${request.headers.host ?? 'simulator'}${CRM_PATH}`,
  };
}

/** Waits as long as the client does. */
async function patience(ms: number, response: ServerResponse): Promise<void> {
  if (ms === 0) return;
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  await sleep(ms, undefined, { signal: gone.signal, ref: false }).catch(() => undefined);
}

async function handle(simulator: CrmSimulator, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const request = await read(incoming, new URL(incoming.url ?? '/', 'http://simulator'));
  const id = request.path.split('/')[1] ?? '';
  const system = simulator.systems.find((one) => one.id === id);
  // A page of another site that the developer has open must not steer the simulator.
  if (!system && request.headers['sec-fetch-site'] === 'cross-site') return send(response, { status: 403, body: { detail: 'That call comes from another site.' } });
  if (!system) return send(response, control(simulator, request));
  const path = request.path.slice(id.length + 1) || '/';
  const { waitMs, answer }: Reaction = await simulator.react(system, { ...request, path, base: `${request.base}/${id}` });
  simulator.record({ system: id, method: request.method, path, status: answer?.status ?? (answer ? 200 : 0) });
  await patience(waitMs, response);
  if (response.destroyed) return;
  if (answer) send(response, answer);
  else response.socket?.destroy();
}

/** The simulated systems at `/crm/<system>/…`, and how they are controlled at `/crm/…`: for any HTTP server. */
export function crmListener(simulator: CrmSimulator): RequestListener {
  return (request, response) => void handle(simulator, request, response).catch(() => response.destroy());
}
