import { createHash, createPrivateKey, createPublicKey, hkdfSync, type KeyObject, sign, X509Certificate } from 'node:crypto';
import type { KeyPair } from '../keys.js';

const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
/** Names under which clients reach a simulator; the last is its usual name in a network of containers. */
const DNS_NAMES = ['localhost', 'simulator'];
const IP_ADDRESSES = [Buffer.from([127, 0, 0, 1]), Buffer.from('00000000000000000000000000000001', 'hex')];
const NAME = 'WhatsApp simulator (media)';
const VALID = ['20250101000000Z', '20491231235959Z'];

export interface TlsIdentity {
  /** PEM, PKCS #8. */
  key: string;
  /** DER, self-signed: a client that is to fetch or upload media must trust it. It vouches for nothing but these few local names. */
  certificate: Buffer;
}

/**
 * The identity of the media host. A pure function of the simulator's root key, so that a client can be given the certificate before
 * any simulator runs, and one from before a restart stays good.
 */
export function tlsIdentity(root: KeyPair): TlsIdentity {
  const seed = Buffer.from(hkdfSync('sha256', root.private, '', 'media host', 32));
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' });
  return { key: key.export({ format: 'pem', type: 'pkcs8' }).toString(), certificate: selfSigned(key) };
}

/** As Node's TLS wants it, from DER. */
export const pemOf = (certificate: Buffer): string => new X509Certificate(certificate).toString();

/** DER of an X.509 v3 certificate (RFC 5280) with an Ed25519 key (RFC 8410). */
function selfSigned(key: KeyObject): Buffer {
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  const algorithm = sequence(objectId('2b6570')); // 1.3.101.112
  const name = sequence(tagged(0x31, sequence(objectId('550403'), tagged(0x0c, Buffer.from(NAME))))); // commonName
  const validity = sequence(...VALID.map((time) => tagged(0x17, Buffer.from(time.slice(2)))));
  const serial = Buffer.concat([Buffer.from([1]), createHash('sha256').update(spki).digest().subarray(0, 15)]);
  const body = sequence(
    tagged(0xa0, integer(Buffer.from([2]))), // version 3
    integer(serial),
    algorithm,
    name,
    validity,
    name,
    spki,
    tagged(0xa3, sequence(alternativeNames())),
  );
  return sequence(body, algorithm, bitString(sign(null, body, key)));
}

function alternativeNames(): Buffer {
  const dns = DNS_NAMES.map((name) => tagged(0x82, Buffer.from(name)));
  const ip = IP_ADDRESSES.map((address) => tagged(0x87, address));
  return sequence(objectId('551d11'), tagged(0x04, sequence(...dns, ...ip)));
}

/** One element of DER: tag, length, content. */
function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const head = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...head]), content]);
}

const sequence = (...parts: Buffer[]): Buffer => tagged(0x30, Buffer.concat(parts));
const objectId = (hex: string): Buffer => tagged(0x06, Buffer.from(hex, 'hex'));
const integer = (bytes: Buffer): Buffer => tagged(0x02, bytes);
const bitString = (bytes: Buffer): Buffer => tagged(0x03, Buffer.concat([Buffer.from([0]), bytes]));
