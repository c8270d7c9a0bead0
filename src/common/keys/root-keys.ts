import { Injectable, Logger } from '@nestjs/common';
import { AppConfig, ConfigError, type VaultKeyName } from '../../config/env.js';
import { rootKeySchema, type RootKey } from '../../contract/registration.js';
import { withAdvisoryLock } from '../prisma/advisory-lock.js';
import { Changes } from '../prisma/changes.js';
import { PrismaService } from '../prisma/prisma.service.js';
import { announceRoot } from './root-announcing.js';
import { rootChange } from './root-change.policy.js';
import { countFollowers } from './root-followers.js';
import { activeRoot, announcedRoot, FIRST_ROOT, readRoots, ROOT, toRootRow, type RootRow } from './root-row.js';
import { Vault, type VaultKey } from './vault.js';

/** The root that signs for replicas. */
export interface RootInForce {
  readonly root: RootKey;
  /** Full identifier in the vault, version included. */
  readonly keyId: string;
}

/** What is sent to members that have not pinned the next root. */
export interface NextRootNotice {
  readonly jws: string;
  readonly generation: number;
  readonly fingerprint: string;
}

/**
 * The roots of this service, recorded in the database: which one is in force, and which follows. They change only where the
 * operator's settings ask for it at a start; every replica then follows what is recorded.
 */
@Injectable()
export class RootKeys {
  private readonly log = new Logger(RootKeys.name);
  private known: { readonly inForce: RootInForce; readonly notice: NextRootNotice | undefined } | undefined;

  constructor(
    private readonly config: AppConfig,
    private readonly prisma: PrismaService,
    private readonly vault: Vault,
    private readonly changes: Changes,
  ) {}

  get inForce(): RootInForce {
    if (!this.known) throw new Error('no root is known before the start');
    return this.known.inForce;
  }

  /** Undefined: no next root is announced. */
  get notice(): NextRootNotice | undefined {
    return this.known?.notice;
  }

  /**
   * Makes the first root, announces the next one or puts it in force, as the settings say. One replica at a time.
   *
   * @throws ConfigError when the settings ask for what agents would refuse; DomainError VAULT_UNAVAILABLE
   */
  open(): Promise<void> {
    return withAdvisoryLock(this.config.databaseUrl, 'rootKey', async () => {
      const rows = await readRoots(this.prisma);
      const active = activeRoot(rows) ?? (await this.makeFirst());
      const { rootKey, nextRootKey } = this.config;
      const change = rootChange(rows, active, { rootKey, nextRootKey }, new Date());
      if (change.switchTo) await this.putInForce(change.switchTo);
      if (change.announce) await this.announce(change.switchTo ?? active, change.announce);
      await this.refresh();
    });
  }

  /** Reads what is recorded. @throws ConfigError when the vault holds another key than was recorded; DomainError VAULT_UNAVAILABLE */
  async refresh(): Promise<void> {
    const rows = await readRoots(this.prisma);
    const active = activeRoot(rows);
    if (!active) throw new Error('the database holds no root');
    const next = announcedRoot(rows);
    const inForce = { root: active.root, keyId: await this.keyIdOf(active) };
    const notice = next && { jws: next.announcement ?? '', generation: next.generation, fingerprint: next.fingerprint };
    this.known = { inForce, notice };
  }

  /** What is in the vault from before roots were recorded is taken up as it is. */
  private async makeFirst(): Promise<RootRow> {
    const { rootKey } = this.config;
    const name = rootKey?.name ?? FIRST_ROOT;
    const key = rootKey ? await this.vault.getKey(rootKey) : await this.vault.ensureKey(name, 'ec-p256');
    const row = await this.prisma.rootKey.create({
      data: { ...recordOf(name, key), activeSince: new Date() },
      select: ROOT,
    });
    this.log.log({ event: 'root.recorded', generation: key.generation });
    return toRootRow(row);
  }

  private async putInForce(row: RootRow): Promise<void> {
    const { generation, fingerprint } = row;
    const { members, ready } = await countFollowers(this.prisma, row, new Date());
    const { rootMembersLeft } = this.config;
    if (members - ready > rootMembersLeft) {
      throw new ConfigError(
        `TIDEGATE_ROOT_KEY: ${members - ready} of ${members} members would not follow generation ${generation} (root status names them). Wait for them, or set TIDEGATE_ROOT_MEMBERS_LEFT to their number: each then needs a person at its machine.`,
      );
    }
    await this.keyIdOf(row);
    await this.prisma.$transaction(async (tx) => {
      await tx.rootKey.updateMany({ where: { generation, activeSince: null }, data: { activeSince: new Date() } });
      await this.changes.publish(tx, 'root', String(generation));
    });
    this.log.warn({ event: 'root.in-force', generation, fingerprint, count: members - ready });
  }

  private async announce(active: RootRow, name: VaultKeyName): Promise<void> {
    const key = await this.vault.getKey(name);
    if (key.generation !== active.generation + 1) {
      throw new ConfigError(
        `TIDEGATE_NEXT_ROOT_KEY: the key's tag says generation ${key.generation}; the next one is ${active.generation + 1}.`,
      );
    }
    const parsed = rootKeySchema.safeParse(rootOf(key));
    if (!parsed.success || parsed.data.jwk.x === active.root.jwk.x) {
      throw new ConfigError('TIDEGATE_NEXT_ROOT_KEY: must name an EC key on P-256 that is not the one in force.');
    }
    const by = {
      vault: this.vault,
      keyId: await this.keyIdOf(active),
      generation: active.generation,
      issuer: this.config.issuer,
    };
    const { jws, announcedAt, notBefore } = await announceRoot(by, parsed.data, new Date());
    await this.prisma.$transaction(async (tx) => {
      const data = { ...recordOf(name.name, key), announcement: jws, announcedAt, notBefore };
      await tx.rootKey.create({ data, select: { generation: true } });
      await this.changes.publish(tx, 'root', String(key.generation));
    });
    this.log.warn({ event: 'root.announced', generation: key.generation, notBefore: notBefore.toISOString() });
  }

  private async keyIdOf({ name, version, generation, root }: RootRow): Promise<string> {
    const key = await this.vault.getKey({ name, version });
    const found = rootKeySchema.safeParse({ ...rootOf(key), generation });
    if (found.success && found.data.jwk.x === root.jwk.x && found.data.jwk.y === root.jwk.y) return key.id;
    throw new ConfigError(`TIDEGATE_VAULT_URL: the vault holds another key as the root of generation ${generation}.`);
  }
}

function rootOf({ generation, publicKey }: VaultKey): object {
  return { generation, jwk: { kty: 'EC', crv: 'P-256', ...publicKey } };
}

function recordOf(name: string, { generation, version, publicKey }: VaultKey) {
  return { generation, name, version, publicKey };
}
