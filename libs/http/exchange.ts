import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { Agent, request as httpRequest, type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { Agent as SecureAgent, request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { AllowedNetwork } from './address.js';
import { HttpFailure, type HttpResponse, type TlsTrust } from './http-client.js';
import { pinnedIdentity } from './pinned-identity.js';
import { checkAddress, type Target } from './target.js';

/** All addresses of a name. */
export type Lookup = (host: string) => Promise<LookupAddress[]>;

export const dnsLookup: Lookup = (host) => new Promise((resolve, reject) => {
  systemLookup(host, { all: true, verbatim: true }, (error, addresses) => error ? reject(error) : resolve(addresses));
});

export interface Exchange {
  target: Target;
  method: string;
  headers: Record<string, string>;
  body?: Uint8Array;
  tls: TlsTrust;
  maxBytes: number;
  /** Aborted when the time is up or the caller gave up. */
  signal: AbortSignal;
  allowed: readonly AllowedNetwork[];
  lookup: Lookup;
}

const MOST_HEADER_BYTES = 32 * 1024;

/** The addresses of a host, each of them checked: one that is not allowed among others is an attempt, not a choice. @throws HttpFailure */
async function checkedAddresses({ target: { host, port }, allowed, lookup, signal }: Exchange): Promise<LookupAddress[]> {
  if (isIP(host) !== 0) return [{ address: host, family: isIP(host) }];
  const gaveUp = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(new HttpFailure('timeout', `No answer for the name ${host} in time`, false)), { once: true }));
  const found = await Promise.race([lookup(host), gaveUp]).catch((problem: unknown) => {
    throw problem instanceof HttpFailure ? problem : new HttpFailure('name', `There is no host ${host}`, false);
  });
  if (found.length === 0) throw new HttpFailure('name', `There is no host ${host}`, false);
  for (const { address } of found) checkAddress(address, port, allowed, host);
  return found;
}

/** The connection asks for the name here, and gets the addresses that were checked: nobody is asked a second time. */
const giving = (addresses: LookupAddress[]): LookupFunction => (_host, options, done) => {
  const [first] = addresses;
  if (options.all) done(null, addresses);
  else done(null, first!.address, first!.family);
};

const tlsOptions = (tls: TlsTrust): { ca?: string; rejectUnauthorized: boolean; checkServerIdentity?: ReturnType<typeof pinnedIdentity> } => {
  if (tls.mode === 'insecure') return { rejectUnauthorized: false };
  return tls.mode === 'pinned' ? { ca: tls.pem, rejectUnauthorized: true, checkServerIdentity: pinnedIdentity(tls.pem) } : { rejectUnauthorized: true };
};

/** Codes of Node and OpenSSL for a certificate that is not trusted, or a handshake that failed. */
const isTlsProblem = (code: string) => /CERT|^ERR_TLS|^ERR_SSL|^EPROTO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|PEM/u.test(code);
const isUnreachable = (code: string) => ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL', 'EHOSTDOWN'].includes(code);

function codesOf(problem: unknown): string[] {
  if (problem instanceof AggregateError) return (problem.errors as unknown[]).flatMap(codesOf);
  const { code } = problem as { code?: unknown };
  return typeof code === 'string' ? [code] : [];
}

function failureOf(problem: unknown, { target: { host, port } }: Exchange, connected: boolean): HttpFailure {
  if (problem instanceof HttpFailure) return problem;
  const codes = codesOf(problem);
  if (!connected && codes.some(isTlsProblem)) return new HttpFailure('tls', `The certificate of ${host} is not trusted (${codes[0]})`, false);
  if (!connected && codes.some(isUnreachable)) return new HttpFailure('refused', `Nobody answers at ${host}, port ${port}`, false);
  if (codes.includes('HPE_HEADER_OVERFLOW')) return new HttpFailure('too-large', `${host} sent more headers than are read`, connected);
  if (codes.includes('ETIMEDOUT')) return new HttpFailure('timeout', `${host} did not answer in time`, connected);
  return new HttpFailure('cut', `The connection to ${host} ended (${codes[0] ?? 'no HTTP'})`, connected);
}

/** The body as it was meant. We ask for none of these, but some servers pack all the same. */
function unpacked(response: IncomingMessage): Readable {
  const unpack = { gzip: createGunzip, 'x-gzip': createGunzip, deflate: createInflate, br: createBrotliDecompress }[String(response.headers['content-encoding'] ?? '').toLowerCase()];
  if (!unpack) return response;
  const stream = unpack();
  response.on('error', (error) => stream.destroy(error)).pipe(stream);
  return stream;
}

/** Reads no more than it may: a small file that unpacks to a large one ends here, too. */
async function bodyOf(response: IncomingMessage, { maxBytes, target }: Exchange): Promise<Uint8Array> {
  const tooLarge = () => new HttpFailure('too-large', `${target.host} sent more than ${maxBytes} bytes`, true);
  if (Number(response.headers['content-length'] ?? 0) > maxBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of unpacked(response) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  if (!response.complete) throw new HttpFailure('cut', `The answer of ${target.host} ended too early`, true);
  return new Uint8Array(Buffer.concat(chunks));
}

const headersOf = (response: IncomingMessage): Record<string, string> =>
  Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value ?? '']));

function open(exchange: Exchange, addresses: LookupAddress[]): ClientRequest {
  const { target: { url, host, port }, method, headers, tls, signal } = exchange;
  const options: RequestOptions = {
    method, host, port, path: url.pathname + url.search, headers: { ...headers, host: url.host }, signal, lookup: giving(addresses),
    maxHeaderSize: MOST_HEADER_BYTES, setDefaultHeaders: true,
  };
  // An agent of its own for each call: no connection outlives it, and none was checked for somebody else.
  if (url.protocol === 'http:') return httpRequest({ ...options, agent: new Agent({ keepAlive: false }) });
  const servername = isIP(host) === 0 ? { servername: host } : {};
  return httpsRequest({ ...options, ...tlsOptions(tls), ...servername, agent: new SecureAgent({ keepAlive: false }) });
}

/** One request and its answer, redirects unfollowed. @throws HttpFailure */
export async function exchangeOnce(exchange: Exchange): Promise<HttpResponse> {
  const addresses = await checkedAddresses(exchange);
  const request = open(exchange, addresses);
  let connected = false;
  request.on('socket', (socket) => socket.once(exchange.target.url.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
    connected = true;
  }));
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      request.on('response', resolve).on('error', reject).on('close', () => reject(new Error('closed')));
      request.end(exchange.body);
    });
    return { status: response.statusCode ?? 0, headers: headersOf(response), body: await bodyOf(response, exchange), url: exchange.target.url.href };
  } catch (problem) {
    if (exchange.signal.aborted) throw new HttpFailure('timeout', `${exchange.target.host} did not answer in time`, connected);
    throw failureOf(problem, exchange, connected);
  } finally {
    request.destroy();
  }
}
