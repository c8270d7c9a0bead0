import { createHash, generateKeyPairSync, randomUUID, sign as signBytes, type KeyObject } from 'node:crypto';
import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { AppConfig } from '../../config/env.js';
import type { WriteProof } from '../../contract/envelope.js';
import { rootKeySchema, type RootKey } from '../../contract/registration.js';
import {
  REPLICA_CERTIFICATE_SECONDS,
  REPLICA_CERTIFICATE_TYP,
  writeProofInput,
  type ReplicaCertificate,
} from '../../contract/signed-objects.js';
import { withAdvisoryLock } from '../prisma/advisory-lock.js';
import { Vault, type VaultKey } from './vault.js';

const ROOT_KEY = 'tidegate-root';

/** Half of a certificate's life: a vault that is away for the other half does no harm. */
const RENEW_MS = (REPLICA_CERTIFICATE_SECONDS / 2) * 1000;
const RETRY_MS = 60_000;

/** Agents' clocks may be behind ours by this much; the certificate says so in `iat`. */
const BACKDATE_SECONDS = 60;

interface Identity {
  readonly root: RootKey;
  readonly privateKey: KeyObject;
  readonly certificate: string;
}

/** The key this replica signs with, made at start and never stored, and the certificate by which agents trust it. */
@Injectable()
export class ReplicaIdentity implements OnModuleInit, OnApplicationShutdown {
  readonly replicaId: string;
  private readonly log = new Logger(ReplicaIdentity.name);
  private identity: Identity | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly config: AppConfig,
    private readonly vault: Vault,
  ) {
    this.replicaId = config.replicaId ?? randomUUID();
  }

  async onModuleInit(): Promise<void> {
    this.identity = await this.certify();
    this.renewIn(RENEW_MS);
  }

  onApplicationShutdown(): void {
    clearTimeout(this.timer);
  }

  /** The root that agents pin. */
  root(): RootKey {
    return this.current().root;
  }

  /** Compact JWS by the root over this replica's public key. */
  certificate(): string {
    return this.current().certificate;
  }

  /** @param typ of the signed object: none can be taken for another. @returns compact JWS, EdDSA */
  async sign(typ: string, claims: object): Promise<string> {
    const input = signingInput({ alg: 'EdDSA', typ, kid: this.replicaId }, claims);
    return `${input}.${signBytes(null, Buffer.from(input), this.current().privateKey).toString('base64url')}`;
  }

  /** @param envelopeBytes as they are sent, to the byte */
  prove(envelopeBytes: Uint8Array): WriteProof {
    const { privateKey, certificate } = this.current();
    const input = writeProofInput(createHash('sha256').update(envelopeBytes).digest());
    return { certificate, signature: signBytes(null, input, privateKey).toString('base64url') };
  }

  private current(): Identity {
    if (!this.identity) throw new Error('the replica has no identity before its start');
    return this.identity;
  }

  private async certify(): Promise<Identity> {
    const key = await withAdvisoryLock(this.config.databaseUrl, 'rootKey', () =>
      this.vault.ensureKey(ROOT_KEY, 'ec-p256'),
    );
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const iat = Math.floor(Date.now() / 1000) - BACKDATE_SECONDS;
    const claims: ReplicaCertificate = {
      iss: this.config.issuer,
      sub: this.replicaId,
      iat,
      exp: iat + REPLICA_CERTIFICATE_SECONDS,
      root: key.generation,
      cnf: { jwk: { kty: 'OKP', crv: 'Ed25519', x: String(publicKey.export({ format: 'jwk' }).x) } },
    };
    const input = signingInput({ alg: 'ES256', typ: REPLICA_CERTIFICATE_TYP, kid: `root-${key.generation}` }, claims);
    const signature = await this.vault.sign(key.id, Buffer.from(input));
    return { root: rootOf(key), privateKey, certificate: `${input}.${signature.toString('base64url')}` };
  }

  private renewIn(ms: number): void {
    this.timer = setTimeout(() => void this.renew(), ms).unref();
  }

  private async renew(): Promise<void> {
    try {
      this.identity = await this.certify();
      this.renewIn(RENEW_MS);
    } catch (error) {
      this.log.error({ event: 'replica-certificate.renewal-failed', reason: String(error) });
      this.renewIn(RETRY_MS);
    }
  }
}

function rootOf({ generation, publicKey }: VaultKey): RootKey {
  return rootKeySchema.parse({ generation, jwk: { kty: 'EC', crv: 'P-256', ...publicKey } });
}

function signingInput(header: object, claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part(header)}.${part(claims)}`;
}
