import { parsedBody } from './check.js';
import type { GenericDescription, Operation } from './description.js';
import { CannotFill, fillJson, fillPath, fillText, type TemplateValues } from './template.js';

/** A described system at one company's address, with its secret. */
export interface GenericSystem {
  /** http or https, with the path below which the system lives, if any. */
  url: string;
  /** Of auth `none`: empty. */
  secret: string;
  description: GenericDescription;
}

export interface Outgoing {
  method: Operation['method'];
  url: string;
  headers: Record<string, string>;
  body?: string;
}

/** What stands for the secret wherever a request is shown. */
export const MASK = '***';

/** The address cannot be used: not http(s), with a user in it, with a query. */
export class BadAddress extends Error {
  override readonly name = 'BadAddress';
}

/** @throws BadAddress */
export function baseOf(url: string): URL {
  const base = URL.canParse(url) ? new URL(url) : undefined;
  const plain = base && /^https?:$/u.test(base.protocol) && base.username === '' && base.password === '' && base.search === '' && base.hash === '';
  if (!plain) throw new BadAddress('the address of the system must be http(s)://host[:port][/path]');
  return base;
}

/** @throws CannotFill where the secret has characters that no header can carry */
function authHeader({ auth }: GenericDescription, secret: string): Record<string, string> {
  if (auth.mode === 'basic') return { authorization: secret === MASK ? `Basic ${MASK}` : `Basic ${Buffer.from(`${auth.user}:${secret}`).toString('base64')}` };
  if (auth.mode !== 'header' && auth.mode !== 'bearer') return {};
  if (!/^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/u.test(secret)) throw new CannotFill('secret');
  return auth.mode === 'bearer' ? { authorization: `Bearer ${secret}` } : { [auth.name.toLowerCase()]: `${auth.prefix ?? ''}${secret}` };
}

function bodyOf({ body, method }: Operation, { auth }: GenericDescription, secret: string, values: TemplateValues): { type: string; text: string } | undefined {
  const inBody = auth.mode === 'body' ? { [auth.name]: secret } : undefined;
  if (body === undefined && (inBody === undefined || method === 'GET')) return undefined;
  const filled = body === undefined ? {} : fillJson(parsedBody(body.content), values);
  const content = inBody === undefined ? filled : { ...(filled as object), ...inBody };
  if (body?.type === 'form') return { type: 'application/x-www-form-urlencoded', text: new URLSearchParams(content as Record<string, string>).toString() };
  return { type: 'application/json', text: JSON.stringify(content) };
}

/** The address of a filled path, below the base and nowhere else. @throws BadAddress */
function below(base: URL, path: string): URL {
  const under = base.pathname.replace(/\/+$/u, '');
  const url = new URL(`${base.origin}${under}${path}`);
  if (url.origin !== base.origin || !url.pathname.startsWith(`${under}/`)) throw new BadAddress('the path leaves the address of the system');
  return url;
}

/**
 * The request of an operation. It goes to the system's own address whatever the description and the values are.
 * @throws BadAddress, CannotFill
 */
export function requestOf({ url, secret, description }: GenericSystem, operation: Operation, values: TemplateValues): Outgoing {
  const target = below(baseOf(url), fillPath(operation.path, values));
  for (const [name, template] of Object.entries(operation.query ?? {})) target.searchParams.append(name, fillText(template, values));
  if (description.auth.mode === 'query') target.searchParams.set(description.auth.name, secret);
  const body = bodyOf(operation, description, secret, values);
  const own = Object.fromEntries(Object.entries(operation.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
  return {
    method: operation.method,
    url: target.href,
    headers: { accept: 'application/json', ...own, ...(body ? { 'content-type': body.type } : {}), ...authHeader(description, secret) },
    ...(body ? { body: body.text } : {}),
  };
}

/** The same request for people: the secret is nowhere in it. */
export const shownRequestOf = (system: GenericSystem, operation: Operation, values: TemplateValues): Outgoing =>
  requestOf({ ...system, secret: MASK }, operation, values);
