import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import type { TlsFiles } from '../../../config/env.js';

/** A certificate with its key, in PEM, as the files hold them. */
export interface CertificatePair {
  readonly cert: string;
  readonly key: string;
  /** SHA-256 over both: tells whether the files changed. */
  readonly digest: string;
  readonly expiresAt: Date;
  /** Whether others than owner and group may read the key. */
  readonly isKeyExposed: boolean;
}

/** The files do not hold a usable pair. Says which file and what is wrong, never what is in it. */
export class CertificateError extends Error {
  override readonly name = 'CertificateError';
}

const WORLD_READABLE = 0o004;

/** @throws CertificateError */
export function readCertificatePair({ certFile, keyFile }: TlsFiles): CertificatePair {
  const cert = readText('TIDEGATE_TLS_CERT_FILE', certFile);
  const key = readText('TIDEGATE_TLS_KEY_FILE', keyFile);
  const certificate = understand('TIDEGATE_TLS_CERT_FILE', 'a certificate in PEM', () => new X509Certificate(cert));
  const privateKey = understand('TIDEGATE_TLS_KEY_FILE', 'a private key in PEM without passphrase', () =>
    createPrivateKey(key),
  );
  if (!certificate.checkPrivateKey(privateKey)) {
    throw new CertificateError(
      'TIDEGATE_TLS_KEY_FILE does not belong to the first certificate of TIDEGATE_TLS_CERT_FILE',
    );
  }
  return {
    cert,
    key,
    digest: createHash('sha256').update(cert).update('\0').update(key).digest('hex'),
    expiresAt: new Date(certificate.validTo),
    isKeyExposed: (statSync(keyFile).mode & WORLD_READABLE) !== 0,
  };
}

function readText(setting: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreadable';
    throw new CertificateError(`${setting} cannot be read (${code})`, { cause });
  }
}

function understand<T>(setting: string, wanted: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw new CertificateError(`${setting} does not hold ${wanted}`, { cause });
  }
}
