import './not-in-production.js';
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import { join } from 'node:path';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { readPrivateFile, writePrivateFile } from './private-file.js';

/** A server's key and certificate in PEM, as node:tls takes them. */
export interface ServerCertificate {
  readonly key: string;
  readonly cert: string;
}

/** An authority that only processes told to trust `caPem` know. */
export interface DevelopmentCa {
  readonly caPem: string;
  /** A server certificate for DNS names and IP addresses; without any, for `localhost` and `127.0.0.1`. */
  issue(names?: readonly string[]): Promise<ServerCertificate>;
}

const LOOPBACK_NAMES = ['localhost', '127.0.0.1'];
const EC_P256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY_MS = 86_400_000;
const CA_DAYS = 3650;
/** Apple's clients refuse server certificates of more than 398 days when the authority is installed there. */
const SERVER_DAYS = 397;
/** A certificate made on a machine whose clock is a little ahead is still good on its neighbour. */
const BACKDATE_MS = 5 * 60_000;
const RENEW_BEFORE_MS = 30 * DAY_MS;

interface CaParts {
  readonly certificate: X509Certificate;
  readonly key: webcrypto.CryptoKey;
}

/** A new authority, kept in memory only. */
export async function createDevelopmentCa(): Promise<DevelopmentCa> {
  return authority(await createCaParts());
}

/**
 * The authority of a state folder, made at first use and again a month before it ends, so that a client that was told to
 * trust its `ca.pem` needs no new word after a restart. Key and certificate lie together in `ca-key.pem`: a crash cannot
 * leave one of them without the other.
 */
export async function ensureDevelopmentCa(folder: string): Promise<DevelopmentCa> {
  const parts = (await loadCaParts(join(folder, 'ca-key.pem'))) ?? (await saveNewCaParts(join(folder, 'ca-key.pem')));
  const caPem = parts.certificate.toString('pem');
  const publicFile = join(folder, 'ca.pem');
  if ((await readPrivateFile(publicFile)) !== caPem) await writePrivateFile(publicFile, caPem);
  return authority(parts);
}

async function loadCaParts(path: string): Promise<CaParts | undefined> {
  const text = await readPrivateFile(path);
  if (text === undefined) return undefined;
  const [key, certificate] = PemConverter.decodeWithHeaders(text);
  if (!key || !certificate) return undefined;
  const parts = { key: await importKey(key.rawData), certificate: new X509Certificate(certificate.rawData) };
  return parts.certificate.notAfter.getTime() - Date.now() > RENEW_BEFORE_MS ? parts : undefined;
}

async function saveNewCaParts(path: string): Promise<CaParts> {
  const parts = await createCaParts();
  await writePrivateFile(path, `${await exportKey(parts.key)}\n${parts.certificate.toString('pem')}\n`);
  return parts;
}

function authority(parts: CaParts): DevelopmentCa {
  return {
    caPem: parts.certificate.toString('pem'),
    issue: (names = LOOPBACK_NAMES) => issue(parts, names),
  };
}

async function createCaParts(): Promise<CaParts> {
  const keys = await webcrypto.subtle.generateKey(EC_P256, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=Tidegate development authority',
    keys,
    signingAlgorithm: EC_P256,
    ...validity(CA_DAYS),
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate, key: keys.privateKey };
}

async function issue(ca: CaParts, names: readonly string[]): Promise<ServerCertificate> {
  const keys = await webcrypto.subtle.generateKey(EC_P256, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.create({
    subject: `CN=${names[0] ?? 'localhost'}`,
    issuer: ca.certificate.subject,
    publicKey: keys.publicKey,
    signingKey: ca.key,
    signingAlgorithm: EC_P256,
    ...validity(SERVER_DAYS),
    extensions: [
      new BasicConstraintsExtension(false),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(names.map((name) => ({ type: isIP(name) ? 'ip' : 'dns', value: name }))),
      await AuthorityKeyIdentifierExtension.create(ca.certificate.publicKey),
    ],
  });
  return { key: await exportKey(keys.privateKey), cert: certificate.toString('pem') };
}

function validity(days: number): { notBefore: Date; notAfter: Date } {
  const now = Date.now();
  return { notBefore: new Date(now - BACKDATE_MS), notAfter: new Date(now + days * DAY_MS) };
}

async function exportKey(key: webcrypto.CryptoKey): Promise<string> {
  return PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), PemConverter.PrivateKeyTag);
}

function importKey(pkcs8: ArrayBuffer): Promise<webcrypto.CryptoKey> {
  return webcrypto.subtle.importKey('pkcs8', pkcs8, EC_P256, true, ['sign']);
}
