import type { SecureContextOptions } from 'node:tls';
import { TLS_12_SUITES, TLS_13_SUITES } from '../../../contract/tls-suites.js';

/** TLS 1.2 with these suites and TLS 1.3, nothing else. The order is ours: a client's habit does not choose the weaker. */
export const TLS_PROTOCOL = {
  minVersion: 'TLSv1.2',
  maxVersion: 'TLSv1.3',
  ciphers: [...TLS_13_SUITES, ...TLS_12_SUITES].join(':'),
  honorCipherOrder: true,
  ecdhCurve: 'X25519:P-256:P-384',
} satisfies SecureContextOptions;
