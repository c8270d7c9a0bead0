import { Injectable } from '@nestjs/common';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { MAX_EARLIER_KEYS, type RotationView } from '../../contract/rotation.js';
import type { AuthenticatedMember } from '../gateways/gateways.types.js';
import { ROTATION, toRotation, type RotationRow } from './rotation-row.js';

type EarlierKey = NonNullable<RotationView['earlier']>[number];

/**
 * Keys of earlier rotations, also of those that a compromise overtook. After a compromise nobody is waited for: whoever
 * was away then could come back as the last one that is left, and find everything sealed to a key that was its own too.
 */
@Injectable()
export class EarlierKeys {
  constructor(private readonly prisma: PrismaService) {}

  /** What the member was given and never took, as far as something stored is sealed to it. The latest first. */
  async missedBy({ id, tenantId, gatewayId }: AuthenticatedMember, now: RotationRow): Promise<EarlierKey[]> {
    // Grouped by the database: a gateway may have thousands of connections, and a handful of keys.
    const inUse = await this.prisma.connection.groupBy({
      by: ['sealingKeyId'],
      where: {
        tenantId,
        gatewayId,
        credential: { not: null },
        OR: [{ sealingKeyId: null }, { sealingKeyId: { not: now.newKeyId ?? '' } }],
      },
    });
    if (inUse.length === 0) return [];
    const member = await this.prisma.member.findFirst({ where: { id, tenantId, gatewayId }, select: { keyIds: true } });
    const wanted = inUse.flatMap(({ sealingKeyId }) => sealingKeyId ?? []);
    // Of a credential whose caller did not name the key it may be any.
    const isAny = wanted.length < inUse.length;
    const missing = {
      not: null,
      notIn: [now.newKeyId ?? '', ...(member?.keyIds ?? [])],
      ...(!isAny && { in: wanted }),
    };
    const rows = await this.prisma.rotation.findMany({
      where: { tenantId, gatewayId, id: { not: now.id }, newKeyId: missing },
      orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
      take: MAX_EARLIER_KEYS,
      select: ROTATION,
    });
    return rows.flatMap((row) => keyOf(toRotation(row), id));
  }
}

function keyOf({ id: rotationId, newKey: publicKey, delivery }: RotationRow, memberId: string): EarlierKey[] {
  const sealed = delivery?.packages.find((one) => one.memberId === memberId)?.sealed;
  return publicKey === null || sealed === undefined ? [] : [{ rotationId, publicKey, sealed }];
}
