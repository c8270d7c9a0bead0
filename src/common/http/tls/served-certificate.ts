import type { ServerOptions } from 'node:https';
import type { Server } from 'node:tls';
import { Logger } from '@nestjs/common';
import type { TlsFiles } from '../../../config/env.js';
import { PeriodicWork } from '../../periodic-work.js';
import { CertificateError, readCertificatePair, type CertificatePair } from './certificate-pair.js';
import { TLS_PROTOCOL } from './cipher-suites.js';

/** Files are looked at this often. Mounted secrets are swapped by links, which watching a file does not see. */
const LOOK_EVERY_MS = 5_000;

const DAY_MS = 86_400_000;
/** Who renews by hand needs some weeks. */
const WARN_BEFORE_MS = 30 * DAY_MS;
const HANDSHAKE_TIMEOUT_MS = 10_000;

/** The certificate that this replica shows. New files are taken while it runs; bad ones leave the last good pair in place. */
export class ServedCertificate {
  private readonly log = new Logger('Tls');
  private readonly look = new PeriodicWork(() => Promise.resolve(this.check()));
  private pair: CertificatePair;
  private server: Server | undefined;
  private lastProblem: string | undefined;
  private warnedAt = 0;

  /** @throws CertificateError when the files hold no usable pair */
  constructor(private readonly files: TlsFiles) {
    this.pair = readCertificatePair(files);
    this.warn();
  }

  /** For the server that is to be made. */
  get options(): ServerOptions {
    const { cert, key } = this.pair;
    return { ...TLS_PROTOCOL, cert, key, handshakeTimeout: HANDSHAKE_TIMEOUT_MS, ALPNProtocols: ['http/1.1'] };
  }

  /** Keeps the server's certificate as the files are. Connections that are open stay as they are. */
  follow(server: Server, everyMs = LOOK_EVERY_MS): void {
    this.server = server;
    this.look.start(everyMs);
  }

  stop(): Promise<void> {
    return this.look.stop();
  }

  private check(): void {
    try {
      const pair = readCertificatePair(this.files);
      if (pair.digest !== this.pair.digest) this.take(pair);
      this.lastProblem = undefined;
    } catch (error) {
      if (!(error instanceof CertificateError)) throw error;
      // Both files change one after the other: a pair that does not match yet may match in a moment.
      if (this.lastProblem !== error.message)
        this.log.error({ event: 'tls.certificate.kept', problem: error.message, expiresAt: this.pair.expiresAt });
      this.lastProblem = error.message;
    }
    this.warn();
  }

  private take(pair: CertificatePair): void {
    const { cert, key, expiresAt } = pair;
    this.server?.setSecureContext({ ...TLS_PROTOCOL, cert, key });
    this.pair = pair;
    this.warnedAt = 0;
    this.log.log({ event: 'tls.certificate.taken', expiresAt });
  }

  /** Once a day. */
  private warn(): void {
    const { expiresAt, isKeyExposed } = this.pair;
    if (Date.now() - this.warnedAt < DAY_MS) return;
    this.warnedAt = Date.now();
    if (isKeyExposed) this.log.warn({ event: 'tls.key.exposed', remedy: 'take the right to read it from others' });
    if (expiresAt.getTime() - Date.now() < WARN_BEFORE_MS)
      this.log.warn({ event: 'tls.certificate.expires', expiresAt });
  }
}
