import { activeRoot, announcedRoot, FIRST_ROOT, readRoots } from '../common/keys/root-row.js';
import type { Vault, VaultKey } from '../common/keys/vault.js';
import { publishChange } from '../common/prisma/changes.js';
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
  const rows = await readRoots(prisma);
  const next = announcedRoot(rows);
  if (!next) return undefined;
  const { generation } = next;
  await prisma.$transaction(async (tx) => {
    const { count } = await tx.rootKey.deleteMany({ where: { generation, activeSince: null } });
    if (count === 0) throw new ConfigError(`Generation ${generation} came into force meanwhile.`);
    await publishChange(tx, 'root', String(generation));
  });
  return generation;
}

async function currentRoot(prisma: PrismaService) {
  const active = activeRoot(await readRoots(prisma));
  if (active) return active;
  throw new ConfigError('No root is recorded: start a control plane on this database first.');
}
