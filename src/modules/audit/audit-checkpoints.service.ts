import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { PeriodicWork } from '../../common/periodic-work.js';
import { withAdvisoryLock } from '../../common/prisma/advisory-lock.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { AppConfig } from '../../config/env.js';
import { auditCheckpointInput } from '../../contract/audit-checkpoint.js';
import { AuditKeyService } from './audit-key.service.js';
import { AuditTimings } from './audit-timings.js';

/** Tenants looked up at once. */
const BATCH = 500;

interface GrownChain {
  readonly tenantId: string;
  readonly seq: bigint;
  readonly hash: Uint8Array;
}

/**
 * Signs where the chains stand. From then on even somebody with every right in the database cannot rewrite what came
 * before without the vault's key.
 */
@Injectable()
export class AuditCheckpoints implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger(AuditCheckpoints.name);
  private readonly rounds = new PeriodicWork(() => this.runQuietly());

  constructor(
    private readonly config: AppConfig,
    private readonly prisma: PrismaService,
    private readonly key: AuditKeyService,
    private readonly timings: AuditTimings,
  ) {}

  onApplicationBootstrap(): void {
    this.rounds.start(this.timings.checkpointMs);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.rounds.stop();
  }

  /**
   * Signs for every tenant whose chain grew since it was last signed for. One replica at a time: a second one waits and
   * then finds nothing to do.
   *
   * @returns how many checkpoints were made
   * @throws DomainError VAULT_UNAVAILABLE
   */
  async run(): Promise<number> {
    if ((await this.grown(null)).length === 0) return 0;
    return withAdvisoryLock(this.config.databaseUrl, 'auditCheckpoints', () => this.signAll());
  }

  private async runQuietly(): Promise<number> {
    try {
      return await this.run();
    } catch (error) {
      this.log.warn({ event: 'audit-checkpoints.failed', reason: String(error).slice(0, 300) });
      return 0;
    }
  }

  private async signAll(): Promise<number> {
    let made = 0;
    let chains = await this.grown(null);
    while (chains.length > 0) {
      for (const chain of chains) await this.signFor(chain);
      made += chains.length;
      chains = chains.length < BATCH ? [] : await this.grown(chains.at(-1)?.tenantId ?? null);
    }
    return made;
  }

  private async signFor({ tenantId, seq, hash }: GrownChain): Promise<void> {
    const { id: keyId, key } = await this.key.current();
    const at = new Date();
    const input = auditCheckpointInput(key, {
      tenantId,
      seq: Number(seq),
      hash: Buffer.from(hash).toString('base64url'),
      at: at.toISOString(),
    });
    const jws = `${input}.${await this.key.sign(keyId, input)}`;
    await this.prisma.auditCheckpoint.create({ data: { tenantId, seq, at, keyId, jws }, select: { seq: true } });
  }

  /** @param after the tenant looked at last */
  private grown(after: string | null): Promise<GrownChain[]> {
    return this.prisma.$queryRaw<GrownChain[]>`
      SELECT c."tenantId"::text, c.seq, c.hash FROM audit_chain AS c
      WHERE (${after}::uuid IS NULL OR c."tenantId" > ${after}::uuid) AND c.seq > coalesce(
        (SELECT max(p.seq) FROM audit_checkpoint AS p WHERE p."tenantId" = c."tenantId"), 0
      )
      ORDER BY c."tenantId" LIMIT ${BATCH}`;
  }
}
