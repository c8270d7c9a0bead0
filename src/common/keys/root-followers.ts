import type { PrismaService } from '../prisma/prisma.service.js';

/** Members of all tenants, by what they say of the next root. */
export interface RootFollowers {
  readonly members: number;
  /** Follow the next root now, or will on the day. */
  readonly pinned: number;
  /** Of these, those that would follow it at once. */
  readonly ready: number;
  /** Said what they trust, and refuse what the control plane shows them. */
  readonly refusing: number;
}

/** Counts who would follow a root of this generation and fingerprint. */
export async function countFollowers(
  prisma: Pick<PrismaService, '$queryRaw'>,
  next: { readonly generation: number; readonly fingerprint: string },
  now: Date,
): Promise<RootFollowers> {
  const { generation, fingerprint } = next;
  const [row] = await prisma.$queryRaw<RootFollowers[]>`
    SELECT count(*)::int AS members,
      count(*) FILTER (WHERE p.generation >= ${generation} OR p."nextFingerprint" = ${fingerprint})::int AS pinned,
      count(*) FILTER (WHERE p.generation >= ${generation}
        OR p."nextFingerprint" = ${fingerprint} AND p."nextUsableFrom" <= ${now})::int AS ready,
      count(*) FILTER (WHERE p.refused IS NOT NULL)::int AS refusing
    FROM member m LEFT JOIN root_pin p ON p."memberId" = m.id AND p."tenantId" = m."tenantId"`;
  return row ?? { members: 0, pinned: 0, ready: 0, refusing: 0 };
}
