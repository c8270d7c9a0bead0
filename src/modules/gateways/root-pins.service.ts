import { Injectable, Logger } from '@nestjs/common';
import { BoundedCache } from '../../common/bounded-cache.js';
import { RootKeys } from '../../common/keys/root-keys.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { RootStanding } from '../../contract/next-root.js';

/** What a member says of its roots is written when it changes, and once in this time. */
const KEEP_MS = 30 * 60_000;
const MAX_MEMBERS = 20_000;

/** Writes down which roots members trust, and announces the next one to those that have not pinned it. */
@Injectable()
export class RootPinsService {
  private readonly log = new Logger(RootPinsService.name);
  private readonly written = new BoundedCache<string, string>(MAX_MEMBERS, KEEP_MS);

  constructor(
    private readonly prisma: PrismaService,
    private readonly roots: RootKeys,
  ) {}

  /**
   * @param standing as the heartbeat says; undefined: the agent is older than next roots
   * @returns the announcement that the member has to hear
   */
  async heard(
    member: { readonly id: string; readonly tenantId: string },
    standing: RootStanding | undefined,
  ): Promise<string | undefined> {
    if (!standing) return undefined;
    await this.write(member, standing);
    const { notice } = this.roots;
    if (!notice || standing.generation + 1 !== notice.generation) return undefined;
    return standing.next?.fingerprint === notice.fingerprint ? undefined : notice.jws;
  }

  private async write({ id, tenantId }: { id: string; tenantId: string }, standing: RootStanding): Promise<void> {
    const { generation, next, refused } = standing;
    const text = JSON.stringify([generation, next?.fingerprint, next?.usableFrom, refused]);
    if (this.written.get(id) === text) return;
    // The member may be removed while it speaks: then there is nothing to write about.
    await this.prisma.$executeRaw`
      INSERT INTO root_pin ("memberId", "tenantId", generation, "nextFingerprint", "nextUsableFrom", refused, "saidAt")
      SELECT id, "tenantId", ${generation}, ${next?.fingerprint ?? null}, ${next?.usableFrom ?? null}::timestamptz,
        ${refused ?? null}, now()
      FROM member WHERE id = ${id}::uuid AND "tenantId" = ${tenantId}::uuid
      ON CONFLICT ("memberId") DO UPDATE SET generation = EXCLUDED.generation,
        "nextFingerprint" = EXCLUDED."nextFingerprint", "nextUsableFrom" = EXCLUDED."nextUsableFrom",
        refused = EXCLUDED.refused, "saidAt" = EXCLUDED."saidAt"`;
    if (refused !== undefined) {
      this.log.warn({ event: 'root.refused-by-member', tenantId, memberId: id, reason: refused, generation });
    }
    this.written.set(id, text);
  }
}
