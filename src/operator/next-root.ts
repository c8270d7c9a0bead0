import { FIRST_ROOT } from '../common/keys/root-keys.js';
import { activeRoot, announcedRoot, ROOT, toRootRow } from '../common/keys/root-row.js';
import type { Vault, VaultKey } from '../common/keys/vault.js';
import { CHANNEL } from '../common/prisma/changes.js';
import type { PrismaService } from '../common/prisma/prisma.service.js';
import { ConfigError } from '../config/env.js';

/**
 * Makes the key of the next root in the vault, or finds the one that was made. A name of its own: programs that take the
 * newest version of a name must not come upon it.
 *
 * @throws ConfigError before the first start of a control plane; DomainError VAULT_UNAVAILABLE
 */
export async function makeNextRoot(prisma: PrismaService, vault: Vault): Promise<{ name: string; key: VaultKey }> {
  const { generation } = await currentRoot(prisma);
  const name = `${FIRST_ROOT}-${generation + 1}`;
  return { name, key: await vault.ensureKey(name, 'ec-p256', generation + 1) };
}

/**
 * Takes an announcement back. Members keep what they pinned until another root of the same generation is announced.
 *
 * @returns the generation that was announced; undefined: none was
 */
export async function withdrawNextRoot(prisma: PrismaService): Promise<number | undefined> {
  const rows = await rootsIn(prisma);
  const next = announcedRoot(rows);
  if (!next) return undefined;
  const { generation } = next;
  await prisma.$transaction(async (tx) => {
    const { count } = await tx.rootKey.deleteMany({ where: { generation, activeSince: null } });
    if (count === 0) throw new ConfigError(`Generation ${generation} came into force meanwhile.`);
    await tx.$executeRaw`SELECT pg_notify(${CHANNEL}, ${`root ${generation}`})`;
  });
  return generation;
}

async function currentRoot(prisma: PrismaService) {
  const active = activeRoot(await rootsIn(prisma));
  if (active) return active;
  throw new ConfigError('No root is recorded: start a control plane on this database first.');
}

async function rootsIn(prisma: PrismaService) {
  return (await prisma.rootKey.findMany({ select: ROOT })).map(toRootRow);
}
