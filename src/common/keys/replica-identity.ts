import { createHash, generateKeyPairSync, randomUUID, sign as signBytes, type KeyObject } from 'node:crypto';
import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { AppConfig } from '../../config/env.js';
import type { WriteProof } from '../../contract/envelope.js';
import type { RootKey } from '../../contract/registration.js';
import {
  REPLICA_CERTIFICATE_SECONDS,
  REPLICA_CERTIFICATE_TYP,
  writeProofInput,
  type ReplicaCertificate,
} from '../../contract/signed-objects.js';
import { Changes } from '../prisma/changes.js';
import { signingInput } from './compact-jws.js';
import { RootKeys } from './root-keys.js';
import { Vault } from './vault.js';

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
export class ReplicaIdentity implements OnModuleInit, OnApplicationBootstrap, OnApplicationShutdown {
  readonly replicaId: string;
  private readonly log = new Logger(ReplicaIdentity.name);
  private identity: Identity | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly config: AppConfig,
    private readonly vault: Vault,
    private readonly roots: RootKeys,
    private readonly changes: Changes,
  ) {
    this.replicaId = config.replicaId ?? randomUUID();
  }

  async onModuleInit(): Promise<void> {
    await this.roots.open();
    this.identity = await this.certify();
    this.renewIn(RENEW_MS);
    // Agents follow the root that was put in force elsewhere with the first certificate by it, and refuse ours from then on.
    this.changes.on('root', () => void this.follow());
  }

  /** What another replica changed before this one listened. */
  onApplicationBootstrap(): Promise<void> {
    return this.follow();
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
    const { root, keyId } = this.roots.inForce;
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const iat = Math.floor(Date.now() / 1000) - BACKDATE_SECONDS;
    const claims: ReplicaCertificate = {
      iss: this.config.issuer,
      sub: this.replicaId,
      iat,
      exp: iat + REPLICA_CERTIFICATE_SECONDS,
      root: root.generation,
      cnf: { jwk: { kty: 'OKP', crv: 'Ed25519', x: String(publicKey.export({ format: 'jwk' }).x) } },
    };
    const input = signingInput({ alg: 'ES256', typ: REPLICA_CERTIFICATE_TYP, kid: `root-${root.generation}` }, claims);
    const signature = await this.vault.sign(keyId, Buffer.from(input));
    return { root, privateKey, certificate: `${input}.${signature.toString('base64url')}` };
  }

  private async follow(): Promise<void> {
    try {
      await this.roots.refresh();
    } catch (error) {
      // The link to the database went as well: when it is back, this is told again.
      this.log.warn({ event: 'root.not-read', reason: String(error).slice(0, 300) });
      return;
    }
    if (this.roots.inForce.root.generation !== this.current().root.generation) await this.renew();
  }

  private renewIn(ms: number): void {
    this.timer = setTimeout(() => void this.renew(), ms).unref();
  }

  private async renew(): Promise<void> {
    clearTimeout(this.timer);
    try {
      await this.roots.refresh();
      this.identity = await this.certify();
      this.renewIn(RENEW_MS);
    } catch (error) {
      this.log.error({ event: 'replica-certificate.renewal-failed', reason: String(error) });
      this.renewIn(RETRY_MS);
    }
  }
}
