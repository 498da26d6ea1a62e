import type { FastifyRequest } from 'fastify';
import { ProblemException } from '../problem.js';

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whether a request may change something, by its method. */
export const isUnsafe = (request: Pick<FastifyRequest, 'method'>): boolean => !SAFE_METHODS.has(request.method);

/** Host and port of an Origin header; `null` (a sandboxed page, a file) is nobody's. */
function hostOf(origin: string): string | undefined {
  try {
    return new URL(origin).host;
  } catch {
    return undefined;
  }
}

/**
 * Whether a page of this host sent the request. Every current browser names itself in both headers when it sends something unsafe,
 * and no page can write them (Fetch standard, forbidden header names). A client that sends neither is no browser: it has no
 * cookie that it was not given on purpose. The scheme is not compared, as TLS may end before us.
 */
export function isSameOrigin(headers: FastifyRequest['headers']): boolean {
  const { origin, host } = headers;
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  return origin === undefined || (host !== undefined && hostOf(origin) === host.toLowerCase());
}

/** @throws ProblemException `foreign-origin` for a request that another site's page sent */
export function refuseForeignOrigin(request: FastifyRequest): void {
  if (isUnsafe(request) && !isSameOrigin(request.headers)) throw new ProblemException('foreign-origin');
}
