import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyMigrations } from '../../src/common/prisma/migrate.js';
import { PrismaService } from '../../src/common/prisma/prisma.service.js';
import { EmbeddedPostgres, type RunningPostgres } from '../../src/dev-stack/embedded-postgres/embedded-postgres.js';
import { AuditKeyService } from '../../src/modules/audit/audit-key.service.js';
import { AuditService } from '../../src/modules/audit/audit.service.js';
import { AuditTrailService } from '../../src/modules/audit/audit-trail.service.js';
import { AuditVerificationService } from '../../src/modules/audit/audit-verification.service.js';
import { testConfig } from '../support/app.js';
import { MIGRATIONS } from '../support/database.js';
import { MemoryVault } from '../support/memory-vault.js';
import { count } from '../support/tier.js';
import { until } from '../support/until.js';

const WRITERS = 8;

describe('the audit chain and a database that dies', () => {
  const tenantId = randomUUID();
  let folder: string;
  let postgres: EmbeddedPostgres;
  let running: RunningPostgres;
  let prisma: PrismaService;
  let verification: AuditVerificationService;
  const audit = new AuditService();
  /** Changes of which the writer was told that they are done. */
  const acknowledged = new Set<string>();
  let isStopping = false;
  let isUp = true;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tidegate-test-'));
    postgres = new EmbeddedPostgres({ dataDir: join(folder, 'postgres') });
    running = await postgres.start();
    await applyMigrations(running.url(), MIGRATIONS);
    const config = testConfig(running.url());
    prisma = new PrismaService(config);
    verification = new AuditVerificationService(
      new AuditKeyService(config, new MemoryVault()),
      new AuditTrailService(prisma),
    );
  });
  afterAll(async () => {
    isStopping = true;
    await prisma.$disconnect();
    await postgres.destroy();
    await rm(folder, { recursive: true, force: true });
  });

  const write = (id: string) =>
    prisma.$transaction(async (tx) => {
      await tx.environment.create({
        data: { id, tenantId, displayName: id, region: 'europe' },
        select: { id: true },
      });
      await audit.record(tx, {
        tenantId,
        actor: { id: tenantId, type: 'User' },
        action: 'environment.created',
        subject: { type: 'environment', id },
      });
    });

  /** Goes on through failures until it is told to stop. @returns how many writes failed */
  const writer = async (): Promise<number> => {
    let failures = 0;
    while (!isStopping) {
      const id = randomUUID();
      try {
        await write(id);
        acknowledged.add(id);
      } catch (error) {
        if (isStopping) throw error;
        failures += 1;
        await until('the server is back', () => isUp);
      }
    }
    return failures;
  };

  /** The server and every process of it, at once and without a word. */
  const killServer = async (): Promise<void> => {
    const client = new pg.Client({ connectionString: running.url() });
    client.on('error', () => undefined);
    await client.connect();
    const { rows } = await client.query<{ pid: number; folder: string }>(
      `SELECT pid, current_setting('data_directory') AS folder FROM pg_stat_activity`,
    );
    const pidFile = await readFile(join(rows[0]?.folder ?? '', 'postmaster.pid'), 'utf8');
    const pids = [Number(pidFile.split('\n')[0]), ...rows.map(({ pid }) => pid)];
    expect(pids.length).toBeGreaterThan(5);
    for (const pid of pids) process.kill(pid, 'SIGKILL');
    await postgres.stop();
  };

  it('loses no change that was acknowledged, has no gap, and goes on', async () => {
    const writers = Array.from({ length: WRITERS }, writer);
    for (let crash = 0; crash < count(5, 1); crash += 1) {
      const before = acknowledged.size;
      await until('changes are being written', () => acknowledged.size > before + 50);
      isUp = false;
      await killServer();
      running = await postgres.start();
      isUp = true;
    }
    const before = acknowledged.size;
    await until('writing goes on', () => acknowledged.size > before + 20);
    isStopping = true;
    const failures = (await Promise.all(writers)).reduce((sum, failed) => sum + failed, 0);
    expect(failures).toBeGreaterThan(0);

    const changes = await prisma.environment.findMany({ where: { tenantId }, select: { id: true } });
    const entries = await prisma.auditEntry.findMany({ where: { tenantId }, select: { subjectId: true } });
    const kept = new Set(changes.map(({ id }) => id));
    expect([...acknowledged].filter((id) => !kept.has(id))).toEqual([]);
    // An answer may be lost after the commit: then there is a change that nobody was told of, but with its entry.
    expect(entries.map(({ subjectId }) => subjectId).sort()).toEqual([...kept].sort());
    expect(await verification.verify(tenantId)).toMatchObject({
      isIntact: true,
      entries: kept.size,
      firstSeq: 1,
      lastSeq: kept.size,
    });
  });
});
