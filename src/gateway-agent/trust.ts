import { createHash, createPublicKey, verify, type KeyObject, type webcrypto } from 'node:crypto';
import { decodeJwt, errors, importJWK, jwtVerify } from 'jose';
import { DIRECTIVE_TYP, directiveSchema, type Directive } from '../contract/directive.js';
import { writeProofSchema } from '../contract/envelope.js';
import type { RootRefusal, RootStanding } from '../contract/next-root.js';
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
import { readHighWater, writeHighWater, type HighWater } from './high-water.js';
import { parseJson } from './member-record.js';
import { PinnedRoots, type RegisteredRoot } from './pinned-roots.js';
import type { StateFolder } from './state-folder.js';
import { TrustError } from './trust-error.js';

const CLOCK_TOLERANCE_SECONDS = 60;
/** A control plane of this size would be the world's largest; more certificates than that are an attack on memory. */
const MAX_CACHED_CERTIFICATES = 256;

interface CertifiedReplica {
  readonly key: KeyObject;
  /** Of the root that certified it. */
  readonly generation: number;
  readonly expiresAtSeconds: number;
}

/**
 * The chain from the pinned root to what this agent obeys: root → replica certificate → session keys, directives and
 * writes. Root generation, epoch and revision only ever rise, over restarts too, so that old signed objects cannot be
 * played back.
 */
export class Trust {
  private readonly certified = new Map<string, CertifiedReplica>();
  private refusal: RootRefusal | undefined;
  private raising: Promise<void> = Promise.resolve();

  private constructor(
    private readonly folder: StateFolder,
    private readonly roots: PinnedRoots,
    private highWater: HighWater,
    private readonly now: () => number,
  ) {}

  /** @throws CommandError state when what was pinned or seen cannot be read; untrusted when the pinned root is older than one that was seen */
  static async open(folder: StateFolder, registered: RegisteredRoot, now: () => number = Date.now): Promise<Trust> {
    const roots = await PinnedRoots.open(folder, registered, now);
    const highWater = await readHighWater(folder);
    if (roots.current.generation < highWater.rootGeneration) {
      throw new CommandError(
        'untrusted',
        'The pinned root is older than one this agent has seen.',
        'Restore the state folder from a backup, or run `tidegate-agent trust --root-fingerprint TEXT`.',
      );
    }
    return new Trust(folder, roots, highWater, now);
  }

  /** The root that holds. */
  get root(): RootKey {
    return this.roots.current;
  }

  /** Which roots are trusted, and why the control plane's is not followed, if so. */
  get standing(): RootStanding {
    const { standing } = this.roots;
    return this.refusal === undefined ? standing : { ...standing, refused: this.refusal };
  }

  /** Takes the announcement of a next root. @returns whether it is news @throws TrustError */
  async announce(jws: string): Promise<boolean> {
    return this.noting(() => this.roots.announce(jws));
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
      const isGood = known.expiresAtSeconds + CLOCK_TOLERANCE_SECONDS > this.now() / 1000;
      if (isGood && known.generation === this.root.generation) return known;
      this.certified.delete(certificate);
    }
    const replica = await this.noting(() => this.certify(certificate));
    const oldest = this.certified.keys().next();
    if (this.certified.size >= MAX_CACHED_CERTIFICATES && !oldest.done) this.certified.delete(oldest.value);
    this.certified.set(certificate, replica);
    return replica;
  }

  private async certify(certificate: string): Promise<CertifiedReplica> {
    const root = this.roots.rootOf(claimedGeneration(certificate));
    const rootKey = await importJWK({ ...root.jwk }, 'ES256');
    if (rootKey instanceof Uint8Array) throw new TrustError('a root that is no public key');
    const payload = await this.verifyJws(certificate, rootKey, 'ES256', REPLICA_CERTIFICATE_TYP);
    const parsed = replicaCertificateSchema.safeParse(payload);
    if (!parsed.success) throw new TrustError('a replica certificate of an unknown shape');
    const { root: generation, cnf, exp } = parsed.data;
    if (generation < this.highWater.rootGeneration) {
      throw new TrustError('a replica certificate of an older root', {}, 'root-rolled-back');
    }
    await this.roots.accept(generation);
    await this.raise({ rootGeneration: generation });
    return { key: createPublicKey({ key: cnf.jwk, format: 'jwk' }), generation, expiresAtSeconds: exp };
  }

  /** Remembers whether the root was followed, for the heartbeat. */
  private async noting<T>(work: () => Promise<T>): Promise<T> {
    try {
      const done = await work();
      this.refusal = undefined;
      return done;
    } catch (error) {
      if (error instanceof TrustError) this.refusal = error.refusal ?? this.refusal;
      throw error;
    }
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
      if (!(error instanceof errors.JOSEError)) throw error;
      // A certificate of the right generation by another key: somebody swapped the root.
      const isSwapped = alg === 'ES256' && error instanceof errors.JWSSignatureVerificationFailed;
      throw new TrustError(`${typ} refused: ${error.code}`, { cause: error }, isSwapped ? 'root-unknown' : undefined);
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
    await writeHighWater(this.folder, next);
    this.highWater = next;
  }
}

/** Says only against which root the certificate is to be held: nothing is believed yet. @throws TrustError */
function claimedGeneration(certificate: string): number {
  try {
    const { root } = decodeJwt<{ root?: unknown }>(certificate);
    if (typeof root === 'number') return root;
    throw new TrustError('a replica certificate of an unknown shape');
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) throw error;
    throw new TrustError(`${REPLICA_CERTIFICATE_TYP} refused: ${error.code}`, { cause: error });
  }
}
