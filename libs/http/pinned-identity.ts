import { X509Certificate } from 'node:crypto';
import { checkServerIdentity, type PeerCertificate } from 'node:tls';

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/gu;

/** None of what is no certificate: TLS refuses that one itself. */
function fingerprintOf(pem: string): string[] {
  try {
    return [new X509Certificate(pem).fingerprint256];
  } catch {
    return [];
  }
}

/**
 * Whether the certificate that a host shows, which the pinned ones vouch for, is that host's. One that is pinned itself is whom we mean,
 * whatever name it carries: on-premises systems are called by address, theirs says "localhost". One that a pinned authority gave has to be of
 * the host that is called: that authority may have given others to anybody.
 * @param pem one certificate or several
 * @returns as TLS asks: an error for a certificate of somebody else
 */
export function pinnedIdentity(pem: string): (host: string, shown: PeerCertificate) => Error | undefined {
  const pinned = new Set((pem.match(CERTIFICATE) ?? []).flatMap(fingerprintOf));
  return (host, shown) => (pinned.has(shown.fingerprint256) ? undefined : checkServerIdentity(host, shown));
}
