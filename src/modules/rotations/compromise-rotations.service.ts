import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { PeriodicWork } from '../../common/periodic-work.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { AuditSearchService } from '../audit/audit-search.service.js';
import type { CompromisedMember } from '../recovery/rotation-starter.types.js';
import { RotationStarts } from './rotation-starts.service.js';
import { SWEEP_MS } from './rotation-timings.js';

/** Started in one go. */
const BATCH = 100;

interface Unanswered extends CompromisedMember {
  readonly memberId: string;
}

/** Starts the rotations that compromises ask for and that could not be started at once: the replica may have ended in between. */
@Injectable()
export class CompromiseRotations implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(CompromiseRotations.name);
  private readonly rounds = new PeriodicWork(() => this.run());

  constructor(
    private readonly prisma: PrismaService,
    private readonly starts: RotationStarts,
    private readonly audits: AuditSearchService,
  ) {}

  onApplicationBootstrap(): void {
    this.rounds.start(SWEEP_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.rounds.stop();
  }

  /** Never fails: what could not be started is tried again. Several replicas may be at it: a rotation is begun once. */
  async run(): Promise<void> {
    try {
      for (const compromise of await this.unanswered()) await this.answer(compromise);
    } catch (error) {
      this.log.warn({ event: 'compromise.sweep-failed', reason: String(error).slice(0, 300) });
    }
  }

  private async answer(compromise: Unanswered): Promise<void> {
    const { memberId, gatewayId } = compromise;
    try {
      await this.starts.startAfter(compromise, await this.revokerOf(compromise));
    } catch (error) {
      this.log.error({ event: 'compromise.rotation-not-started', gatewayId, memberId, reason: String(error).slice(0, 300) }); // prettier-ignore
    }
  }

  /** Who ordered the one ordered the other. Without the record of it the member itself stands there: nobody else is known. */
  private async revokerOf({ tenantId, gatewayId, memberId }: Unanswered): Promise<{ id: string; type: string }> {
    const { value } = await this.audits.list(tenantId, { gatewayId, action: 'member.compromised' });
    const entry = value.find(({ subjectId }) => subjectId === memberId);
    return entry ? { id: entry.actorId, type: entry.actorType } : { id: memberId, type: 'Member' };
  }

  /** In any order: one that cannot be answered must not keep the others waiting. */
  private unanswered(): Promise<Unanswered[]> {
    return this.prisma.$queryRaw<Unanswered[]>`
      SELECT f.id::text AS "memberId", f."tenantId"::text, f."gatewayId"::text, f.at
      FROM former_member f JOIN gateway g ON g.id = f."gatewayId" AND g."tenantId" = f."tenantId"
      WHERE f.reason = 'compromised' AND NOT EXISTS (
        SELECT 1 FROM rotation r WHERE r."tenantId" = f."tenantId" AND r."gatewayId" = f."gatewayId"
          AND NOT r."hasGrace" AND r."startedAt" >= f.at)
      ORDER BY random() LIMIT ${BATCH}`;
  }
}
