import { createHash, createPublicKey, verify, type KeyObject, type webcrypto } from 'node:crypto';
import { calculateJwkThumbprint, errors, importJWK, jwtVerify } from 'jose';
import { z } from 'zod';
import { DIRECTIVE_TYP, directiveSchema, type Directive } from '../contract/directive.js';
import { writeProofSchema } from '../contract/envelope.js';
import type { RootKey } from '../contract/registration.js';
import {
  REPLICA_CERTIFICATE_TYP,
  SESSION_ANNOUNCEMENT_TYP,
  replicaCertificateSchema,
  sessionAnnouncementSchema,
  writeProofInput,
  type SessionAnnouncement,
} from '../contract/signed-objects.js';
import { CommandError } from './exit-codes.js';
import { parseJson } from './member-record.js';
import type { StateFolder } from './state-folder.js';

const FILE = 'trust.json';
const CLOCK_TOLERANCE_SECONDS = 60;
/** A control plane of this size would be the world's largest; more certificates than that are an attack on memory. */
const MAX_CACHED_CERTIFICATES = 256;

const highWaterSchema = z.object({
  rootGeneration: z.int().min(0),
  epoch: z.int().min(0),
  /** Of the newest directive; counted for each member anew, so a restored one begins at its own. */
  directive: z.object({ memberId: z.guid(), revision: z.int().min(0) }).optional(),
});
type HighWater = z.infer<typeof highWaterSchema>;

/** Something that claims to come from the control plane and does not, or not any more. */
export class TrustError extends Error {
  override readonly name = 'TrustError';
}

interface CertifiedReplica {
  readonly key: KeyObject;
  readonly expiresAtSeconds: number;
}

/** SHA-256 thumbprint (RFC 7638) of the root, base64url: what people compare and join tokens carry. */
export async function rootFingerprint(root: RootKey): Promise<string> {
  return calculateJwkThumbprint(root.jwk, 'sha256');
}

/**
 * The chain from the pinned root to what this agent obeys: root → replica certificate → session keys, directives and
 * writes. Root generation, epoch and revision only ever rise, over restarts too, so that old signed objects cannot be
 * played back.
 */
export class Trust {
  private readonly certified = new Map<string, CertifiedReplica>();
  private raising: Promise<void> = Promise.resolve();

  private constructor(
    private readonly folder: StateFolder,
    private readonly root: RootKey,
    private highWater: HighWater,
    private readonly now: () => number,
  ) {}

  /** @throws CommandError state when the marks of what was seen cannot be read; untrusted when the pinned root is older than them */
  static async open(folder: StateFolder, root: RootKey, now: () => number = Date.now): Promise<Trust> {
    const bytes = await folder.read(FILE);
    const parsed = highWaterSchema.safeParse(bytes ? parseJson(bytes) : { rootGeneration: 0, epoch: 0 });
    if (!parsed.success) {
      throw new CommandError(
        'state',
        `The file ${folder.file(FILE)} is damaged.`,
        'Restore the state folder from a backup.',
      );
    }
    if (root.generation < parsed.data.rootGeneration) {
      throw new CommandError(
        'untrusted',
        'The pinned root is older than one this agent has seen.',
        'Restore the state folder from a backup.',
      );
    }
    return new Trust(folder, root, parsed.data, now);
  }

  /**
   * Checks a session announcement and the certificate of the replica that signed it.
   *
   * @throws TrustError
   */
  async verifySession(
    announcement: string,
    certificate: string,
    member: { gatewayId: string; memberId: string },
  ): Promise<SessionAnnouncement> {
    const replica = await this.verifyReplica(certificate);
    const payload = await this.verifyJws(announcement, replica.key, 'EdDSA', SESSION_ANNOUNCEMENT_TYP);
    const session = sessionAnnouncementSchema.safeParse(payload);
    if (!session.success) throw new TrustError('a session announcement of an unknown shape');
    const { gatewayId, memberId, epoch } = session.data;
    if (gatewayId !== member.gatewayId || memberId !== member.memberId) {
      throw new TrustError('a session announcement for somebody else');
    }
    if (epoch < this.highWater.epoch) throw new TrustError('a session announcement of an epoch that is over');
    await this.raise({ epoch });
    return session.data;
  }

  /**
   * Checks what a replica wants of this member.
   *
   * @throws TrustError
   */
  async verifyDirective(
    jws: string,
    certificate: string,
    member: { gatewayId: string; memberId: string },
  ): Promise<Directive> {
    const replica = await this.verifyReplica(certificate);
    const payload = await this.verifyJws(jws, replica.key, 'EdDSA', DIRECTIVE_TYP);
    const directive = directiveSchema.safeParse(payload);
    if (!directive.success) throw new TrustError('a directive of an unknown shape');
    const { gatewayId, memberId, revision } = directive.data;
    if (gatewayId !== member.gatewayId || memberId !== member.memberId) {
      throw new TrustError('a directive for somebody else');
    }
    const seen = this.highWater.directive;
    if (seen?.memberId === memberId && revision < seen.revision) {
      throw new TrustError('a directive older than one that was seen');
    }
    await this.raise({ directive: { memberId, revision } });
    return directive.data;
  }

  /**
   * Checks that a replica signed this very envelope.
   *
   * @param proof the JSON that came with the request
   * @throws TrustError
   */
  async verifyWrite(envelopeBytes: Uint8Array, proof: Uint8Array): Promise<void> {
    const parsed = writeProofSchema.safeParse(parseJson(proof));
    if (!parsed.success) throw new TrustError('a write without a proof');
    const replica = await this.verifyReplica(parsed.data.certificate);
    const digest = createHash('sha256').update(envelopeBytes).digest();
    const signature = Buffer.from(parsed.data.signature, 'base64url');
    if (!verify(null, writeProofInput(digest), replica.key, signature)) {
      throw new TrustError('a write that no replica signed');
    }
  }

  private async verifyReplica(certificate: string): Promise<CertifiedReplica> {
    const known = this.certified.get(certificate);
    if (known) {
      if (known.expiresAtSeconds + CLOCK_TOLERANCE_SECONDS > this.now() / 1000) return known;
      this.certified.delete(certificate);
    }
    const rootKey = await importJWK({ ...this.root.jwk }, 'ES256');
    if (rootKey instanceof Uint8Array) throw new TrustError('a root that is no public key');
    const payload = await this.verifyJws(certificate, rootKey, 'ES256', REPLICA_CERTIFICATE_TYP);
    const parsed = replicaCertificateSchema.safeParse(payload);
    if (!parsed.success) throw new TrustError('a replica certificate of an unknown shape');
    if (parsed.data.root < this.highWater.rootGeneration)
      throw new TrustError('a replica certificate of an older root');
    if (parsed.data.root !== this.root.generation) throw new TrustError('a replica certificate of another root');
    await this.raise({ rootGeneration: parsed.data.root });

    const key = createPublicKey({ key: parsed.data.cnf.jwk, format: 'jwk' });
    const replica = { key, expiresAtSeconds: parsed.data.exp };
    const oldest = this.certified.keys().next();
    if (this.certified.size >= MAX_CACHED_CERTIFICATES && !oldest.done) this.certified.delete(oldest.value);
    this.certified.set(certificate, replica);
    return replica;
  }

  private async verifyJws(
    jws: string,
    key: webcrypto.CryptoKey | KeyObject,
    alg: string,
    typ: string,
  ): Promise<unknown> {
    try {
      const { payload } = await jwtVerify(jws, key, {
        algorithms: [alg],
        typ,
        requiredClaims: ['exp', 'iat'],
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        currentDate: new Date(this.now()),
      });
      return payload;
    } catch (error) {
      if (error instanceof errors.JOSEError) throw new TrustError(`${typ} refused: ${error.code}`, { cause: error });
      throw error;
    }
  }

  /** One after the other: two marks raised at once must both stay. */
  private raise(seen: Partial<HighWater>): Promise<void> {
    const raised = this.raising.then(() => this.write(seen));
    this.raising = raised.catch(() => undefined);
    return raised;
  }

  private async write(seen: Partial<HighWater>): Promise<void> {
    const { highWater } = this;
    const next = {
      rootGeneration: Math.max(highWater.rootGeneration, seen.rootGeneration ?? 0),
      epoch: Math.max(highWater.epoch, seen.epoch ?? 0),
      directive: seen.directive ?? highWater.directive,
    };
    const same =
      next.rootGeneration === highWater.rootGeneration &&
      next.epoch === highWater.epoch &&
      next.directive?.memberId === highWater.directive?.memberId &&
      next.directive?.revision === highWater.directive?.revision;
    if (same) return;
    await this.folder.write(FILE, JSON.stringify(next));
    this.highWater = next;
  }
}
