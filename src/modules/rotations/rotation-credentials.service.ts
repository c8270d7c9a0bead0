import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { BoundedCache } from '../../common/bounded-cache.js';
import { DomainError } from '../../common/errors/domain-error.js';
import type { SealingPublicKey } from '../../contract/registration.js';
import type { resealedSchema, rotationBatchSchema } from '../../contract/rotation.js';
import { checkSealedShape, SealError, sealingModulusBytes } from '../../contract/sealed-credential.js';
import { ResealingService, type StaleCredentials } from '../connections/resealing.service.js';
import type { AuthenticatedMember } from '../gateways/gateways.types.js';
import { ExposuresService } from '../recovery/exposures.service.js';
import { RotationLeases } from './rotation-leases.service.js';
import { RotationProgressService } from './rotation-progress.service.js';
import type { RotationRow } from './rotation-row.js';
import { RotationStore } from './rotation-store.service.js';
import { BATCH } from './rotation-timings.js';

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
  ) {}

  /**
   * The next credentials that are not known to be sealed to the new key; none before all have it.
   *
   * @throws DomainError ROTATION_NOT_FOUND, ROTATION_LED_ELSEWHERE
   */
  async next(member: AuthenticatedMember, rotationId: string): Promise<Batch> {
    const rotation = await this.steps.advance(await this.led(member, rotationId));
    const stale = staleOf(rotation);
    const remaining = await this.resealing.count(stale ?? { ...rotation, keyId: '' });
    if (!stale || rotation.state !== 'resealing' || remaining === 0) return { credentials: [], remaining };
    const after = this.cursors.get(rotation.id);
    const behind = await this.resealing.next(stale, after, BATCH);
    const credentials = behind.length > 0 ? behind : await this.resealing.next(stale, undefined, BATCH);
    const last = credentials.length < BATCH ? undefined : credentials.at(-1)?.connectionId;
    if (last === undefined) this.cursors.delete(rotation.id);
    else this.cursors.set(rotation.id, last);
    return { credentials, remaining };
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
    const rotation = await this.led(member, rotationId);
    const { connectionId } = resealed;
    const stale = staleOf(rotation);
    if (!stale || rotation.newKey === null || rotation.state !== 'resealing') {
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

  private async led(member: AuthenticatedMember, rotationId: string): Promise<RotationRow> {
    const { tenantId, gatewayId } = member;
    const rotation = await this.store.get({ id: gatewayId, tenantId }, rotationId);
    if (rotation.state === 'superseded') throw new DomainError('ROTATION_NOT_FOUND', { rotationId });
    if (rotation.state === 'distributing' || rotation.state === 'resealing') {
      await this.leases.assertLeads(rotation, member.id);
    }
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
