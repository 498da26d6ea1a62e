import { createHash, randomBytes } from 'node:crypto';
import '@fastify/cookie'; // its types: cookies of requests and replies
import type { FastifyReply, FastifyRequest } from 'fastify';

export const SESSION_COOKIE = 'hilo_session';
const TOKEN_BYTES = 32;
const TOKEN_TEXT = /^[A-Za-z0-9_-]{43}$/;

/** A secret that nobody guesses: a session's token, or its CSRF token. */
export const newToken = (): string => randomBytes(TOKEN_BYTES).toString('base64url');

/** What is stored of a token: a copy of the table opens nothing. */
export const sha256Of = (token: string): Buffer => createHash('sha256').update(token).digest();

/** The token that the browser brought, if it has the form of one. */
export function tokenOf(request: FastifyRequest): string | undefined {
  const token = request.cookies[SESSION_COOKIE];
  return token !== undefined && TOKEN_TEXT.test(token) ? token : undefined;
}

/** Not readable by scripts, not sent along by other sites' forms, and over TLS only where there is TLS. */
const attributes = (request: FastifyRequest) =>
  ({ httpOnly: true, sameSite: 'lax', path: '/', secure: request.protocol === 'https' }) as const;

/** @param keepSeconds how long the browser keeps it; without, until it is closed */
export function setSessionCookie(request: FastifyRequest, reply: FastifyReply, token: string, keepSeconds?: number): void {
  void reply.setCookie(SESSION_COOKIE, token, { ...attributes(request), ...(keepSeconds === undefined ? {} : { maxAge: keepSeconds }) });
}

export function clearSessionCookie(request: FastifyRequest, reply: FastifyReply): void {
  void reply.clearCookie(SESSION_COOKIE, attributes(request));
}
