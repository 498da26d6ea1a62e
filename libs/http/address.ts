import ipaddr from 'ipaddr.js';

/**
 * Which addresses may be called. IANA's special-purpose registries decide: what is not plain unicast of the public internet is refused, and what
 * carries an IPv4 address in an IPv6 one (mapped, compatible, NAT64, 6to4, Teredo, ISATAP) is refused whatever it carries: no service is
 * reached that way only, and gateways would lead into the network they stand in.
 */
type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** Global unicast: all else of IPv6 is special, or not assigned to anybody. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/** Ranges that ipaddr.js takes for ordinary unicast. Source: IANA's IPv4 and IPv6 special-purpose address registries. */
const special = [
  '192.0.0.0/24', '192.88.99.0/24', '198.18.0.0/15', '168.63.129.16/32', '100.100.100.200/32',
  '2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20', '5f00::/16', '64:ff9b::/96', '64:ff9b:1::/48', 'fec0::/10',
].map((network) => ipaddr.parseCIDR(network));

const isIn = (address: Address, [network, bits]: [Address, number]): boolean => address.kind() === network.kind() && address.match(network, bits);

/** ISATAP: an interface that names an IPv4 address of its own network. */
const isIsatap = (address: ipaddr.IPv6): boolean => (address.parts[4]! & 0xfcff) === 0 && address.parts[5] === 0x5efe;

/** Whether an address (no name) is of the public internet. What is no address is not. */
export function isPublicAddress(written: string): boolean {
  if (!ipaddr.isValid(written)) return false;
  const address = ipaddr.parse(written);
  if (special.some((network) => isIn(address, network))) return false;
  if (address instanceof ipaddr.IPv4) return address.range() === 'unicast';
  return isIn(address, GLOBAL_UNICAST) && address.range() === 'unicast' && !isIsatap(address) && address.zoneId === undefined;
}

/** A network that an operator allows, at one port or at all. */
export interface AllowedNetwork {
  network: [Address, number];
  port?: number;
}

/** What is no network. */
export class InvalidNetwork extends Error {
  override readonly name = 'InvalidNetwork';
}

/** Wider ones would switch the check off; an IPv4 network that is written as IPv6 would be meant for something else. */
const FEWEST_BITS = { ipv4: 8, ipv6: 16 } as const;

/**
 * Reads what an operator allows: `10.20.0.0/16`, `10.20.0.5:8080`, `[fd00::1]:443`, `fd00:1::/32`.
 * @throws InvalidNetwork for what is none, for host names, and for networks wider than /8 (IPv6: /16)
 */
export function allowedNetwork(written: string): AllowedNetwork {
  const plain = written.trim();
  const bracketed = /^\[([^\]]+)\](?::(\d{1,5}))?$/u.exec(plain);
  const withPort = bracketed ?? (plain.split(':').length <= 2 ? /^([^:]+)(?::(\d{1,5}))?$/u.exec(plain) : null);
  const text = withPort?.[1] ?? plain;
  const port = withPort?.[2] === undefined ? undefined : Number(withPort[2]);
  const refuse = (why: string): never => { throw new InvalidNetwork(`"${written}" ${why}`); };
  if (port !== undefined && (port < 1 || port > 65_535)) refuse('has no such port');
  const address = text.split('/')[0] ?? '';
  if (!ipaddr.IPv4.isValidFourPartDecimal(address) && !ipaddr.IPv6.isValid(address)) refuse('is no address or network');
  if (text.includes('/') && !ipaddr.isValidCIDR(text)) refuse('is no network');
  const network: [Address, number] = text.includes('/') ? ipaddr.parseCIDR(text) : [ipaddr.parse(text), address.includes(':') ? 128 : 32];
  const kind = network[0].kind();
  if (network[1] < FEWEST_BITS[kind]) refuse(`is wider than /${FEWEST_BITS[kind]}`);
  return port === undefined ? { network } : { network, port };
}

/** Networks with commas or spaces, as in OUTBOUND_ALLOW. @throws InvalidNetwork */
export const allowedNetworks = (written: string): AllowedNetwork[] =>
  written.split(/[\s,]+/u).filter((one) => one !== '').map(allowedNetwork);

/** Whether this address may be connected to: a public one, or one that was allowed (by its own form: a mapped one is not the IPv4 one). */
export function mayConnect(address: string, port: number, allowed: readonly AllowedNetwork[]): boolean {
  if (isPublicAddress(address)) return true;
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  return allowed.some((one) => (one.port === undefined || one.port === port) && isIn(parsed, one.network));
}
