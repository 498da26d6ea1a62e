import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** How simulated systems are reached over HTTP: a request read whole, an answer sent, and patience for those that come late. */

/** A request to a simulated system; `path` is what follows the address where it is mounted. */
export interface SimulatedRequest {
  method: string;
  /** Begins with `/`. */
  path: string;
  query: URLSearchParams;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: Buffer;
  /** The mount's address as the client reached it, without a slash at the end: for links in answers. */
  base: string;
}

/** An answer: an object or an array as `body` is sent as JSON. Status 200 by default. */
export interface SimulatedAnswer {
  status?: number;
  headers?: Record<string, string>;
  body: string | Uint8Array | object;
}

const MOST_BYTES = 16 << 20;

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

/** Sends text and bytes as they are, everything else as JSON. */
export function send(response: ServerResponse, { status = 200, headers = {}, body }: SimulatedAnswer): void {
  const raw = typeof body === 'string' || body instanceof Uint8Array;
  response.writeHead(status, { 'content-type': raw ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8', ...headers });
  response.end(raw ? body : JSON.stringify(body));
}

/** @param mount path under which the system is, as `/crm` */
export async function read(request: IncomingMessage, mount: string): Promise<SimulatedRequest> {
  const url = new URL(request.url ?? '/', 'http://simulator');
  const secure = 'encrypted' in request.socket;
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value ?? '']));
  return {
    method: request.method ?? 'GET', path: url.pathname.slice(mount.length) || '/', query: url.searchParams, headers, body: await bodyOf(request),
    base: `${secure ? 'https' : 'http'}://${request.headers.host ?? 'simulator'}${mount}`,
  };
}

/** Waits as long as the client does. */
export async function patience(ms: number, response: ServerResponse): Promise<void> {
  if (ms === 0) return;
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  await sleep(ms, undefined, { signal: gone.signal, ref: false }).catch(() => undefined);
}
