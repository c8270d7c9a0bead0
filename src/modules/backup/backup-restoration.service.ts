import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { Changes } from '../../common/prisma/changes.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Transaction } from '../../common/prisma/transaction.js';
import { AppConfig } from '../../config/env.js';
import type { Backup } from '../../contract/backup.js';
import { RelayProvisioner } from '../../relay-broker/relay-provisioner.js';
import { refusedAs } from '../administrators/refused-write.policy.js';
import { AuditService } from '../audit/audit.service.js';
import { TenantKeys } from '../identity/tenant-keys.service.js';
import { readBackup } from './backup-check.policy.js';
import { bytes } from './backup-rows.js';
import { BackupWriter } from './backup-writer.service.js';

/** 10,000 connections with 50,000 roles are written in some ten seconds. */
const TRANSACTION = { timeout: 120_000, maxWait: 10_000 };

/** What came of it. */
export interface Restoration {
  readonly environments: number;
  readonly gateways: number;
  readonly members: number;
  readonly connections: number;
  /** Of the key that signed the backup: to be compared with the one written down beside it. */
  readonly signedBy: string;
  /** False when the backup was written under another issuer: its agents do not go on by themselves then. */
  readonly isSameIssuer: boolean;
}

/** Brings a backup back, all of it or nothing, into a tenant that has nothing. */
@Injectable()
export class BackupRestorationService {
  constructor(
    private readonly config: AppConfig,
    private readonly prisma: PrismaService,
    private readonly tenantKeys: TenantKeys,
    private readonly writer: BackupWriter,
    private readonly provisioner: RelayProvisioner,
    private readonly audit: AuditService,
    private readonly changes: Changes,
  ) {}

  /**
   * @throws DomainError NOT_ADMINISTRATOR, BACKUP_INVALID, TENANT_NOT_EMPTY, REGION_NOT_SERVED, VAULT_UNAVAILABLE
   */
  async restore(caller: Caller, document: Readonly<Record<string, unknown>>): Promise<Restoration> {
    if (!caller.isTenantAdministrator) throw new DomainError('NOT_ADMINISTRATOR');
    const { tenantId } = caller;
    const { backup, fingerprint } = readBackup(document, tenantId);
    const namespaces = this.namespaces(backup);
    // Asks the vault, if it has to be asked: everything that is sealed below needs it no more.
    const salt = await this.tenantKeys.seal(tenantId, 'machine-salt', bytes(backup.machineSalt));
    const restoration: Restoration = {
      environments: backup.environments.length,
      gateways: backup.gateways.length,
      members: backup.gateways.reduce((members, gateway) => members + gateway.members.length, 0),
      connections: backup.connections.length,
      signedBy: fingerprint,
      isSameIssuer: backup.issuer === this.config.issuer,
    };
    await this.prisma.$transaction(async (tx) => {
      await assertEmpty(tx, tenantId);
      await tx.tenant.updateMany({ where: { id: tenantId }, data: { machineSalt: Uint8Array.from(salt) } });
      await this.writer
        .write(tx, backup, namespaces)
        .catch(refusedAs({ taken: new DomainError('BACKUP_INVALID', { problem: 'one of its ids is taken here' }) }));
      for (const topic of ['gateway', 'connection', 'environment', 'policy'] as const) {
        await this.changes.publish(tx, topic, '*');
      }
      await this.audit.record(tx, {
        tenantId,
        actor: caller,
        action: 'backup.restored',
        subject: { type: 'tenant', id: tenantId },
        details: { ...restoration, takenAt: backup.createdAt },
      });
    }, TRANSACTION);
    return restoration;
  }

  /** Where each region's gateways go now. Their places are made as soon as their members ask for a session. */
  private namespaces({ gateways }: Backup): ReadonlyMap<string, string> {
    const found = new Map<string, string>();
    for (const { region } of gateways) {
      const namespace = this.provisioner.namespaceFor(region);
      if (namespace === undefined) {
        throw new DomainError('REGION_NOT_SERVED', { region, served: this.provisioner.servedRegions().join(', ') });
      }
      found.set(region, namespace);
    }
    return found;
  }
}

/** Two restorations at once, or one beside a registration: the tenant's row decides. @throws DomainError TENANT_NOT_EMPTY */
async function assertEmpty(tx: Transaction, tenantId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM tenant WHERE id = ${tenantId}::uuid FOR UPDATE`;
  const where = { tenantId };
  const found = {
    gateways: await tx.gateway.count({ where }),
    environments: await tx.environment.count({ where }),
    connections: await tx.connection.count({ where }),
  };
  if (Object.values(found).some((rows) => rows > 0)) throw new DomainError('TENANT_NOT_EMPTY', found);
}
