import { BlockList, isIP } from 'node:net';
import { ProblemException } from '../platform/problem.js';

const special = new BlockList();
for (const [network, bits] of [['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.168.0.0', 16], ['224.0.0.0', 3]] as const) {
  special.addSubnet(network, bits, 'ipv4');
}
for (const [network, bits] of [['::', 8], ['64:ff9b::', 96], ['2002::', 16], ['fc00::', 7], ['fe80::', 9], ['ff00::', 8]] as const) special.addSubnet(network, bits, 'ipv6');

/** Names that lead to no place on the Internet. */
const homely = /^[^.]+$|(^|\.)(localhost|local|internal|lan|home\.arpa)\.?$/i;

/**
 * Pure: what of an address can be told by reading it. Where its name really leads is seen when it is fetched, by the guarded client: this
 * only tells whoever sends it at once.
 */
export function isPlainlyPrivate(url: string): boolean {
  if (!URL.canParse(url)) return true;
  const { protocol, username, password, hostname } = new URL(url);
  if (!['http:', 'https:'].includes(protocol) || username !== '' || password !== '') return true;
  const host = hostname.replace(/^\[|\]$/g, '');
  const family = isIP(host);
  return family === 0 ? homely.test(host) : special.check(host, family === 4 ? 'ipv4' : 'ipv6');
}

/** @param allows whether the operator lets this company call that address all the same @throws ProblemException `url-refused` */
export function mustBePublic(url: string, allows: (host: string, port: number) => boolean): void {
  if (!isPlainlyPrivate(url)) return;
  if (URL.canParse(url)) {
    const { protocol, hostname, port } = new URL(url);
    if (['http:', 'https:'].includes(protocol) && allows(hostname.replace(/^\[|\]$/g, ''), Number(port || (protocol === 'https:' ? 443 : 80)))) return;
  }
  throw new ProblemException('url-refused');
}
