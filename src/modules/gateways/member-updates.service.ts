import { Injectable } from '@nestjs/common';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Transaction } from '../../common/prisma/transaction.js';
import type { Prisma } from '../../generated/prisma/client.js';
import { isOnline } from './health.policy.js';

const PROGRESS = {
  id: true,
  name: true,
  version: true,
  draining: true,
  inFlight: true,
  conditions: true,
  connectedEpoch: true,
  lastHeartbeatAt: true,
  orderedVersion: true,
  updateState: true,
  updateReason: true,
  gateway: { select: { epoch: true } },
} satisfies Prisma.MemberSelect;

/** Which member. */
export interface MemberReference {
  readonly tenantId: string;
  readonly gatewayId: string;
  readonly memberId: string;
}

/** A member as its update is watched. */
export interface MemberProgress {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly isOnline: boolean;
  /** Listens to the queues of the gateway's epoch. */
  readonly isConnected: boolean;
  readonly draining: boolean;
  readonly inFlight: number;
  readonly conditions: readonly string[];
  readonly orderedVersion: string | undefined;
  /** In the member's own words. */
  readonly updateState: string | undefined;
  readonly updateReason: string | undefined;
}

/** What is wanted of a member's version, and how far it is. Each change raises the revision of what the member is told. */
@Injectable()
export class MemberUpdatesService {
  constructor(private readonly prisma: PrismaService) {}

  /** The version that the member is to run; undefined: the one it has. */
  async orderedVersion({ tenantId, memberId }: Omit<MemberReference, 'gatewayId'>): Promise<string | undefined> {
    const where = { id: memberId, tenantId };
    return (
      (await this.prisma.member.findFirst({ where, select: { orderedVersion: true } }))?.orderedVersion ?? undefined
    );
  }

  /** The gateway's members, the first installed first. */
  async progressOfAll(tenantId: string, gatewayId: string, now: Date): Promise<MemberProgress[]> {
    const rows = await this.prisma.member.findMany({
      where: { gatewayId, tenantId },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      select: PROGRESS,
    });
    return rows.map((row) => toProgress(row, now));
  }

  /** @returns undefined when it was removed */
  async progress(tx: Transaction, member: MemberReference, now: Date): Promise<MemberProgress | undefined> {
    const { tenantId, gatewayId, memberId } = member;
    const row = await tx.member.findFirst({ where: { id: memberId, gatewayId, tenantId }, select: PROGRESS });
    return row ? toProgress(row, now) : undefined;
  }

  /** Takes no new work until it is updated; what it said of an earlier update is forgotten. */
  async drain(tx: Transaction, member: MemberReference, deadline: Date): Promise<void> {
    await this.want(tx, member, {
      drainDeadline: deadline,
      orderedVersion: null,
      updateState: null,
      updateReason: null,
    });
  }

  /** To run this version, drained as it is. */
  async order(tx: Transaction, member: MemberReference, version: string): Promise<void> {
    await this.want(tx, member, { orderedVersion: version });
  }

  /** To take work again. */
  async resume(tx: Transaction, member: MemberReference): Promise<void> {
    await this.want(tx, member, { drainDeadline: null });
  }

  /** To take work, in the version given, or in the one it has. */
  async settle(tx: Transaction, member: MemberReference, version: string | undefined): Promise<void> {
    await this.want(tx, member, { drainDeadline: null, orderedVersion: version ?? null });
  }

  private async want(
    tx: Transaction,
    { tenantId, gatewayId, memberId }: MemberReference,
    data: Prisma.MemberUpdateManyMutationInput,
  ): Promise<void> {
    await tx.member.updateMany({
      where: { id: memberId, gatewayId, tenantId },
      data: { ...data, revision: { increment: 1 } },
    });
  }
}

function toProgress(row: Prisma.MemberGetPayload<{ select: typeof PROGRESS }>, now: Date): MemberProgress {
  const { gateway, connectedEpoch, lastHeartbeatAt, orderedVersion, updateState, updateReason, ...rest } = row;
  return {
    ...rest,
    isOnline: isOnline({ lastHeartbeatAt }, now),
    isConnected: connectedEpoch === gateway.epoch,
    orderedVersion: orderedVersion ?? undefined,
    updateState: updateState ?? undefined,
    updateReason: updateReason ?? undefined,
  };
}
