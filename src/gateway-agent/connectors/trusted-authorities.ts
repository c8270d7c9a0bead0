import { rootCertificates } from 'node:tls';

/**
 * Certificates that sources are checked against: the public ones and an organisation's own (PEM), which most sources on
 * a local network need. Undefined leaves Node's defaults in place, NODE_EXTRA_CA_CERTS included.
 */
export function trustedAuthorities(own: string | undefined): string[] | undefined {
  return own === undefined ? undefined : [...rootCertificates, own];
}
