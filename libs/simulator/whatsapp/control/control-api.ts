import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { SimulatorError } from '../errors.js';
import type { OpenFile } from '../media/media.js';
import type { Network } from '../network.js';
import { type Problem, problem, reject, Rejected } from './problem.js';
import { type Call, ROUTES } from './routes.js';
import { groupId, number as phoneNumber } from './schemas.js';
import { type ServedFiles, serveFile } from './static-files.js';

const MAX_BODY_BYTES = 1 << 20;
/** Of requests that may carry a file, as base64. */
const MAX_FILE_BODY_BYTES = 140 << 20;
const MEDIA_PATH = /^\/media\/([\w-]{43})$/;
const HEARTBEAT_MS = 15_000;

interface Route {
  method: string;
  pattern: RegExp;
  handle: (call: Call) => unknown;
}

const routes: Route[] = Object.entries(ROUTES).map(([route, handle]) => {
  const [method = '', path = ''] = route.split(' ');
  return { method, pattern: new RegExp(`^${path.replaceAll(/:(\w+)/g, '(?<$1>[^/]+)')}/?$`), handle };
});

/** Answers the control API, the stream of events and the files of the phone in a browser. */
export function controlApi(network: Network, files: ServedFiles): RequestListener {
  return (request, response) => {
    void respond(network, files, request, response).catch((error: unknown) => sendProblem(response, problemOf(network, error)));
  };
}

async function respond(network: Network, files: ServedFiles, request: IncomingMessage, response: ServerResponse) {
  const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://simulator');
  // A page of another site that the developer has open must not steer the simulator.
  if (request.headers['sec-fetch-site'] === 'cross-site') throw reject(403, 'cross_site', 'Ese pedido viene de otro sitio.');
  const method = request.method ?? 'GET';
  if (pathname === '/events' && method === 'GET') return streamEvents(network, request, response);
  const [, file] = MEDIA_PATH.exec(pathname) ?? [];
  if (file && method === 'GET') return sendFile(response, network.media.open(file));
  const matching = routes.filter(({ pattern }) => pattern.test(pathname));
  const route = matching.find((one) => one.method === method);
  if (route) return sendJson(response, await call(route, network, pathname, query, request));
  if (matching.length) throw reject(405, 'method_not_allowed', `${method} no se puede en ${pathname}.`);
  const isRead = method === 'GET' || method === 'HEAD';
  if (isRead && (await serveFile(files, request, response))) return;
  throw reject(404, 'not_found', `No existe ${method} ${pathname}.`);
}

async function call(route: Route, network: Network, pathname: string, query: URLSearchParams, request: IncomingMessage) {
  const { number = '', group: encoded = '' } = route.pattern.exec(pathname)?.groups ?? {};
  const group = encoded.replace('%40', '@');
  if (number && !phoneNumber.safeParse(number).success) {
    throw reject(422, 'invalid', 'El número va en formato internacional: solo dígitos, sin +.');
  }
  if (group && !groupId.safeParse(group).success) throw reject(422, 'invalid', 'El id de un grupo es de dígitos y @g.us.');
  const body = request.method === 'GET' ? undefined : await readJson(request, pathname.endsWith('/messages') ? MAX_FILE_BODY_BYTES : MAX_BODY_BYTES);
  const result = await route.handle({ network, number, group, query, body });
  network.persist();
  return result;
}

async function readJson(request: IncomingMessage, limit: number): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw reject(413, 'too_large', `El pedido supera ${limit >> 20} MB.`);
    chunks.push(chunk);
  }
  if (!size) return undefined;
  try {
    return JSON.parse(Buffer.concat(chunks).toString()) as unknown;
  } catch {
    throw reject(400, 'bad_json', 'El cuerpo del pedido no es JSON.');
  }
}

/** Server-sent events: one for each change, so that a page is live without asking again and again. */
function streamEvents(network: Network, request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache', connection: 'keep-alive' });
  response.write('retry: 1000\n\n');
  const end = network.on((event) => response.write(`data: ${JSON.stringify(event)}\n\n`));
  const heartbeat = setInterval(() => response.write(': sigo acá\n\n'), HEARTBEAT_MS).unref();
  request.on('close', () => {
    end();
    clearInterval(heartbeat);
  });
}

function problemOf(network: Network, error: unknown): Problem {
  if (error instanceof Rejected) return error.problem;
  if (error instanceof SimulatorError) return problem(error.status, error.code, error.message);
  network.log('a request could not be answered', error);
  return problem(500, 'internal', 'El simulador falló con ese pedido. El detalle está en su registro.');
}

function sendJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  response.end(JSON.stringify(value ?? {}));
}

/** Never run or rendered as a page of this origin, whatever type its sender claims. */
function sendFile(response: ServerResponse, { bytes, mimetype, fileName }: OpenFile): void {
  const name = fileName && `; filename*=UTF-8''${encodeURIComponent(fileName)}`;
  response.writeHead(200, {
    'content-type': mimetype,
    'content-length': bytes.length,
    'content-disposition': `inline${name ?? ''}`,
    'content-security-policy': "sandbox; default-src 'none'",
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, max-age=3600',
  });
  response.end(bytes);
}

function sendProblem(response: ServerResponse, value: Problem): void {
  if (response.headersSent) return void response.destroy();
  // What is left of a request that was too large is not read.
  const closing = value.status === 413 ? { connection: 'close' } : {};
  const headers = { 'content-type': 'application/problem+json; charset=utf-8', ...closing };
  response.writeHead(value.status, headers);
  response.end(JSON.stringify(value));
}
