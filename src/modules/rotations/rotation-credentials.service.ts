import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { BoundedCache } from '../../common/bounded-cache.js';
import { DomainError } from '../../common/errors/domain-error.js';
import type { SealingPublicKey } from '../../contract/registration.js';
import type { resealedSchema, rotationBatchSchema, unopenedSchema } from '../../contract/rotation.js';
import { checkSealedShape, SealError, sealingModulusBytes } from '../../contract/sealed-credential.js';
import { ResealingService, type StaleCredentials } from '../connections/resealing.service.js';
import type { AuthenticatedMember } from '../gateways/gateways.types.js';
import { ExposuresService } from '../recovery/exposures.service.js';
import { RotationLeases } from './rotation-leases.service.js';
import { RotationProgressService } from './rotation-progress.service.js';
import type { RotationRow } from './rotation-row.js';
import { RotationStore } from './rotation-store.service.js';
import { BATCH } from './rotation-timings.js';
import { UnopenedCredentialsService } from './unopened-credentials.service.js';

const MAX_CURSORS = 1_000;
const CURSOR_MS = 10 * 60_000;

type Batch = z.infer<typeof rotationBatchSchema>;

/** Hands credentials to the leader and takes them back sealed anew. */
@Injectable()
export class RotationCredentialsService {
  /**
   * Where the last batch of a rotation ended. The next one begins behind it, so that credentials which nobody can open
   * do not stand in the way of the others for ever.
   */
  private readonly cursors = new BoundedCache<string, string>(MAX_CURSORS, CURSOR_MS);

  constructor(
    private readonly store: RotationStore,
    private readonly leases: RotationLeases,
    private readonly steps: RotationProgressService,
    private readonly resealing: ResealingService,
    private readonly exposures: ExposuresService,
    private readonly unopened: UnopenedCredentialsService,
  ) {}

  /**
   * The next credentials that are not known to be sealed to the new key; none before all have it.
   *
   * @throws DomainError ROTATION_NOT_FOUND, ROTATION_LED_ELSEWHERE
   */
  async next(member: AuthenticatedMember, rotationId: string): Promise<Batch> {
    const found = await this.find(member, rotationId);
    await this.assertLed(member, found);
    const rotation = await this.steps.advance(found);
    const stale = staleOf(rotation);
    const remaining = await this.resealing.count(stale ?? { ...rotation, keyId: '' });
    if (!stale || rotation.state !== 'resealing' || remaining === 0) return { credentials: [], remaining };
    const after = this.cursors.get(rotation.id);
    const batch = { take: BATCH, untriedBy: member.id };
    const behind = await this.resealing.next(stale, { ...batch, after });
    const credentials = behind.length > 0 ? behind : await this.resealing.next(stale, batch);
    const last = credentials.length < BATCH ? undefined : credentials.at(-1)?.connectionId;
    if (last === undefined) this.cursors.delete(rotation.id);
    else this.cursors.set(rotation.id, last);
    return { credentials, remaining };
  }

  /**
   * The next credentials that other members could not open and this one has not tried.
   *
   * @throws DomainError ROTATION_NOT_FOUND, ROTATION_LED_ELSEWHERE for a member that nobody vouched for
   */
  async unopenedByOthers(member: AuthenticatedMember, rotationId: string): Promise<Batch> {
    const rotation = await this.tried(member, rotationId);
    const stale = staleOf(rotation);
    if (!stale || !(await this.isSealing(rotation))) return { credentials: [], remaining: 0 };
    const credentials = await this.resealing.next(stale, { take: BATCH, untriedBy: member.id, isReported: true });
    return { credentials, remaining: await this.resealing.countUntried(stale, member.id) };
  }

  /**
   * Notes what opens with no key of the member.
   *
   * @throws DomainError ROTATION_NOT_FOUND, ROTATION_LED_ELSEWHERE for a member that nobody vouched for
   */
  async report(
    member: AuthenticatedMember,
    rotationId: string,
    { credentials }: z.infer<typeof unopenedSchema>,
  ): Promise<void> {
    const rotation = await this.tried(member, rotationId);
    if (!(await this.isSealing(rotation))) return;
    await this.unopened.report(member, rotation, credentials);
    await this.unopened.settle(rotation, new Date());
    await this.steps.advance(rotation);
  }

  /**
   * @throws DomainError ROTATION_NOT_FOUND, ROTATION_LED_ELSEWHERE, CREDENTIAL_MALFORMED, VERSION_CONFLICT when the
   * connection was changed or deleted meanwhile
   */
  async reseal(
    member: AuthenticatedMember,
    rotationId: string,
    resealed: z.infer<typeof resealedSchema> & { readonly connectionId: string },
  ): Promise<void> {
    const { connectionId } = resealed;
    const rotation = await this.resealable(member, rotationId, resealed);
    const stale = staleOf(rotation);
    if (!stale || rotation.newKey === null || !(await this.isSealing(rotation))) {
      throw new DomainError('VERSION_CONFLICT', { rotationId, state: rotation.state });
    }
    assertShape(resealed.sealed, rotation.newKey);
    const connection = { id: connectionId, tenantId: rotation.tenantId };
    // The password behind it is the same: what a compromised member could read it still can.
    const isReplaced = await this.resealing.replace(stale, resealed, (tx, hashes) =>
      this.exposures.resealed(tx, connection, hashes),
    );
    if (!isReplaced) throw new DomainError('VERSION_CONFLICT', { connectionId });
    if ((await this.resealing.count(stale)) === 0) await this.steps.advance(rotation);
  }

  /** What others could not open any member may seal anew, also while nobody leads any more. */
  private async resealable(
    member: AuthenticatedMember,
    rotationId: string,
    { connectionId, expectedHash }: { readonly connectionId: string; readonly expectedHash: string },
  ): Promise<RotationRow> {
    const rotation = await this.find(member, rotationId);
    const isReported = await this.unopened.isReported(rotation, connectionId, Buffer.from(expectedHash, 'base64url'));
    if (isReported) {
      await this.unopened.assertMayTry(member, rotation);
      return rotation;
    }
    await this.assertLed(member, rotation);
    if (rotation.state === 'resealing') return rotation;
    throw new DomainError('VERSION_CONFLICT', { rotationId, state: rotation.state });
  }

  private async tried(member: AuthenticatedMember, rotationId: string): Promise<RotationRow> {
    const rotation = await this.find(member, rotationId);
    await this.unopened.assertMayTry(member, rotation);
    return rotation;
  }

  private async assertLed(member: AuthenticatedMember, rotation: RotationRow): Promise<void> {
    if (rotation.state !== 'distributing' && rotation.state !== 'resealing') return;
    await this.leases.assertLeads(rotation, member.id);
  }

  /**
   * Whether credentials are being sealed anew, or could be: as long as a member may hold an old key. One that was away is
   * back only after the end at times; by then another rotation may have begun, which asks it instead.
   */
  private async isSealing({ state, tenantId, gatewayId, newKeyId }: RotationRow): Promise<boolean> {
    if (state !== 'done') return state === 'resealing' || state === 'grace';
    return (await this.store.currentKeyId({ id: gatewayId, tenantId })) === newKeyId;
  }

  /** @throws DomainError ROTATION_NOT_FOUND, also for one that a compromise overtook */
  private async find({ tenantId, gatewayId }: AuthenticatedMember, rotationId: string): Promise<RotationRow> {
    const rotation = await this.store.get({ id: gatewayId, tenantId }, rotationId);
    if (rotation.state === 'superseded') throw new DomainError('ROTATION_NOT_FOUND', { rotationId });
    return rotation;
  }
}

function staleOf({ tenantId, gatewayId, newKeyId }: RotationRow): StaleCredentials | undefined {
  return newKeyId === null ? undefined : { tenantId, gatewayId, keyId: newKeyId };
}

function assertShape(sealed: string, publicKey: SealingPublicKey): void {
  try {
    checkSealedShape(sealed, sealingModulusBytes(publicKey));
  } catch (cause) {
    if (cause instanceof SealError) throw new DomainError('CREDENTIAL_MALFORMED', { path: 'sealed' }, { cause });
    throw cause;
  }
}
