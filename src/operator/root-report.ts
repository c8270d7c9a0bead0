import { countFollowers, type RootFollowers } from '../common/keys/root-followers.js';
import { activeRoot, announcedRoot, readRoots, type RootRow } from '../common/keys/root-row.js';
import type { PrismaService } from '../common/prisma/prisma.service.js';

/** Members that are named; more are counted. */
const MAX_NAMED = 50;

/** A member that would not follow the next root, or does not follow the one in force. */
interface Straggler {
  readonly tenantId: string;
  readonly gateway: string;
  readonly member: string;
  readonly memberId: string;
  readonly lastHeartbeatAt: Date | null;
  readonly generation: number | null;
  readonly usableFrom: Date | null;
  readonly refused: string | null;
}

export interface RootReport {
  readonly roots: readonly (Pick<RootRow, 'generation' | 'name' | 'version' | 'fingerprint'> & {
    readonly state: 'over' | 'in force' | 'announced';
    readonly announcedAt: Date | null;
    readonly notBefore: Date | null;
    readonly activeSince: Date | null;
  })[];
  readonly followers: RootFollowers | undefined;
  readonly stragglers: readonly Straggler[];
}

/** How the change of the root stands, from the database alone. */
export async function reportRoots(prisma: PrismaService, now: Date): Promise<RootReport> {
  const rows = await readRoots(prisma);
  const active = activeRoot(rows);
  const goal = announcedRoot(rows) ?? active;
  return {
    roots: rows.map((row) => ({
      generation: row.generation,
      name: row.name,
      version: row.version,
      fingerprint: row.fingerprint,
      state: row.activeSince === null ? 'announced' : row === active ? 'in force' : 'over',
      announcedAt: row.announcedAt,
      notBefore: row.notBefore,
      activeSince: row.activeSince,
    })),
    followers: goal && (await countFollowers(prisma, goal, now)),
    stragglers: goal ? await stragglersOf(prisma, goal, now) : [],
  };
}

/** The root in force itself is asked for where none is announced: who still trusts an older one needs a person. */
function stragglersOf(prisma: PrismaService, goal: RootRow, now: Date): Promise<Straggler[]> {
  return prisma.$queryRaw`
    SELECT m."tenantId"::text, g.name AS gateway, m.name AS member, m.id::text AS "memberId", m."lastHeartbeatAt",
      p.generation, p."nextUsableFrom" AS "usableFrom", p.refused
    FROM member m JOIN gateway g ON g.id = m."gatewayId"
      LEFT JOIN root_pin p ON p."memberId" = m.id AND p."tenantId" = m."tenantId"
    WHERE p.refused IS NOT NULL OR NOT coalesce(p.generation >= ${goal.generation}
      OR (p."nextFingerprint" = ${goal.fingerprint} AND p."nextUsableFrom" <= greatest(${now}, ${goal.notBefore ?? now}::timestamptz)), false)
    ORDER BY m."lastHeartbeatAt" DESC NULLS LAST, m.id LIMIT ${MAX_NAMED}`;
}

/** For a person. */
export function describeRoots({ roots, followers, stragglers }: RootReport): string {
  const lines = roots.flatMap((root) => [
    `generation ${root.generation}  ${root.state}  ${root.name}/${root.version}`,
    `  fingerprint ${root.fingerprint}`,
    ...(root.announcedAt && root.notBefore
      ? [`  announced ${root.announcedAt.toISOString()}, may be in force from ${root.notBefore.toISOString()}`]
      : []),
    ...(root.activeSince ? [`  in force since ${root.activeSince.toISOString()}`] : []),
  ]);
  const announced = roots.some(({ state }) => state === 'announced');
  const { members = 0, pinned = 0, ready = 0, refusing = 0 } = followers ?? {};
  const counted = announced
    ? [`members ${members}: ${pinned} have pinned the next root, ${ready} would follow it now, ${refusing} refuse`]
    : [`members ${members}: ${ready} follow the root in force, ${refusing} refuse`];
  return [...lines, ...counted, ...stragglers.map(describeStraggler)].join('\n');
}

function describeStraggler(one: Straggler): string {
  const trusts = one.generation === null ? 'has not said what it trusts' : `trusts generation ${one.generation}`;
  const from = one.usableFrom ? `, follows the next from ${one.usableFrom.toISOString()}` : '';
  const refuses = one.refused === null ? '' : `, refuses: ${one.refused}`;
  const heard = one.lastHeartbeatAt === null ? 'never heard' : `heard ${one.lastHeartbeatAt.toISOString()}`;
  return `  ${one.tenantId} ${one.gateway} / ${one.member} (${one.memberId}): ${trusts}${from}${refuses}; ${heard}`;
}
