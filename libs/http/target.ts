import { isIP } from 'node:net';
import { mayConnect, type AllowedNetwork } from './address.js';
import { HttpFailure } from './http-client.js';

export interface Target {
  url: URL;
  /** Without brackets. */
  host: string;
  port: number;
}

/**
 * Ports that browsers refuse, too (the list of the Fetch standard, above 1023): what listens there speaks something else, and a request
 * could be taken for it. Below 1024 only those of the web are called.
 */
const BLOCKED_PORTS = new Set([1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080]);
/** Not in that list, and never the web: databases and caches that answer to anybody. */
const BLOCKED_STORES = new Set([3306, 5432, 6379, 9042, 11211, 27017]);
const WEB_PORTS = new Set([80, 443]);

const refuse = (code: 'bad-url' | 'address', message: string): never => { throw new HttpFailure(code, message, false); };

/**
 * Where a request would go, checked as far as can be without asking for the name: scheme, no user in it, port, and an address that is written as
 * one, in whatever form (`URL` makes 2130706433, 0x7f.1 and 017700000001 the address they mean).
 * @throws HttpFailure `bad-url`, `address`
 */
export function targetOf(written: string, allowed: readonly AllowedNetwork[]): Target {
  const url = URL.canParse(written) ? new URL(written) : refuse('bad-url', 'This is no absolute address');
  if (url.protocol !== 'http:' && url.protocol !== 'https:') refuse('bad-url', `Only http and https are called, not ${url.protocol.slice(0, 20)}`);
  if (url.username !== '' || url.password !== '') refuse('bad-url', 'An address may not carry a user or password');
  const host = url.hostname.replace(/^\[|\]$/gu, '').replace(/\.+$/u, '');
  if (host === '') refuse('bad-url', 'The address has no host');
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  if (isIP(host) !== 0) checkAddress(host, port, allowed, host);
  else if (/(?:^|\.)(?:localhost|internal|local|home\.arpa)$/iu.test(host) && allowed.length === 0) refuse('address', `${host} is a name of a private network`);
  const isAllowedPort = WEB_PORTS.has(port) || (port >= 1024 && !BLOCKED_PORTS.has(port) && !BLOCKED_STORES.has(port));
  if (!isAllowedPort && !allowed.some((one) => one.port === port)) refuse('bad-url', `Port ${port} is not one of the web`);
  return { url, host, port };
}

/** @throws HttpFailure `address` when it may not be connected to */
export function checkAddress(address: string, port: number, allowed: readonly AllowedNetwork[], host: string): void {
  if (mayConnect(address, port, allowed)) return;
  const leads = address === host ? address : `${host} (${address})`;
  refuse('address', `${leads} is a private or special address; the operator can allow it: hilo company allow <company> ${address.includes(':') ? `[${address}]` : address}:${port}`);
}
