import type { Prisma, PrismaClient } from '../../generated/prisma/client.js';
import { rootKeySchema, type RootKey } from '../../contract/registration.js';
import { rootFingerprint } from './root-fingerprint.js';

/** The first root of a service, made at its first start. */
export const FIRST_ROOT = 'tidegate-root';

export const ROOT = {
  generation: true,
  name: true,
  version: true,
  publicKey: true,
  announcement: true,
  announcedAt: true,
  notBefore: true,
  activeSince: true,
} satisfies Prisma.RootKeySelect;

/** A root as the database keeps it. */
export interface RootRow extends Omit<Prisma.RootKeyGetPayload<{ select: typeof ROOT }>, 'publicKey'> {
  readonly root: RootKey;
  readonly fingerprint: string;
}

export function toRootRow({ publicKey, ...row }: Prisma.RootKeyGetPayload<{ select: typeof ROOT }>): RootRow {
  const jwk = { kty: 'EC', crv: 'P-256', ...(publicKey as object) };
  const root = rootKeySchema.parse({ generation: row.generation, jwk });
  return { ...row, root, fingerprint: rootFingerprint(root) };
}

/** All roots that ever were, and the announced one, by generation. */
export async function readRoots({ rootKey }: Pick<PrismaClient, 'rootKey'>): Promise<RootRow[]> {
  return (await rootKey.findMany({ select: ROOT, orderBy: { generation: 'asc' } })).map(toRootRow);
}

/** The root that is in force: the highest generation that ever was. */
export function activeRoot(rows: readonly RootRow[]): RootRow | undefined {
  return rows.filter(({ activeSince }) => activeSince !== null).sort((a, b) => b.generation - a.generation)[0];
}

/** The root that was announced to follow it. */
export function announcedRoot(rows: readonly RootRow[]): RootRow | undefined {
  const generation = activeRoot(rows)?.generation;
  return rows.find((row) => generation !== undefined && row.generation === generation + 1);
}
