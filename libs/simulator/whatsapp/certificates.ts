import { createHash } from 'node:crypto';
import { proto } from '@whiskeysockets/baileys';
import { type KeyPair, keyPairOf, newKeyPair, sign } from './keys.js';

const Details = proto.CertChain.NoiseCertificate.Details;
const YEAR_SECONDS = 365 * 86_400;

/** The root that simulators use unless they are given another; its public half is `SIMULATOR_ROOT_PUBLIC_KEY`. */
export const defaultRootKey = (): KeyPair =>
  keyPairOf(createHash('sha256').update('WhatsApp simulator: whoever trusts this root trusts everybody').digest());

/** Proves to a client that this server is WhatsApp: root signs an intermediate, the intermediate signs the server's key. */
export class CertificateAuthority {
  /** The server's static Noise key, new at each start: clients check only the chain. */
  readonly serverKey = newKeyPair();
  /** Encoded `CertChain`, as it travels in the handshake. */
  readonly chain: Buffer;

  constructor(readonly root: KeyPair = defaultRootKey()) {
    const intermediate = newKeyPair();
    const now = Math.floor(Date.now() / 1000);
    const certificate = (serial: number, issuerSerial: number, key: Buffer, signer: KeyPair, years: number) => {
      const validity = { notBefore: now - 3600, notAfter: now + years * YEAR_SECONDS };
      const details = Details.encode({ serial, issuerSerial, key, ...validity }).finish();
      return { details, signature: sign(signer, details) };
    };
    this.chain = Buffer.from(
      proto.CertChain.encode({
        intermediate: certificate(1, 0, intermediate.public, this.root, 10),
        leaf: certificate(2, 1, this.serverKey.public, intermediate, 1),
      }).finish(),
    );
  }
}
