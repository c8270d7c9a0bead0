import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { Changes } from '../../common/prisma/changes.js';
import { isUniqueViolation } from '../../common/prisma/unique-violation.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Transaction } from '../../common/prisma/transaction.js';
import { AuditService } from '../audit/audit.service.js';
import { lockEnvironments, strandedBy } from './environment-locks.js';
import { ENVIRONMENT, EnvironmentsService } from './environments.service.js';
import type { EnvironmentChange, EnvironmentRow } from './environments.types.js';
import { assertEnvironmentRegion, gatewayRegionsOf } from './regions.policy.js';

/** Connections named in a refusal. */
const MAX_NAMED = 5;

/** Renames, moves and removes environments. */
@Injectable()
export class EnvironmentChangesService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly environments: EnvironmentsService,
    private readonly audit: AuditService,
    private readonly changes: Changes,
  ) {}

  /**
   * Gives an environment another name or region. A region is refused while a connection is bound whose gateway does not
   * serve it.
   *
   * @throws DomainError NOT_ADMINISTRATOR, ENVIRONMENT_NOT_FOUND, VALIDATION_FAILED, ENVIRONMENT_NAME_TAKEN,
   * REGION_MISMATCH
   */
  async change(caller: Caller, id: string, { displayName, region }: EnvironmentChange): Promise<EnvironmentRow> {
    if (!caller.isTenantAdministrator) throw new DomainError('NOT_ADMINISTRATOR');
    if (region !== undefined) assertEnvironmentRegion(region);
    const { tenantId } = caller;
    const changed = await this.prisma.$transaction(async (tx) => {
      await lockEnvironments(tx, tenantId);
      const before = await held(tx, tenantId, id);
      if (region !== undefined && region !== before.region) await assertMovable(tx, tenantId, { id, region });
      const after = {
        ...before,
        ...(displayName !== undefined && { displayName }),
        ...(region !== undefined && { region }),
      };
      if (after.displayName === before.displayName && after.region === before.region) return before;
      await this.write(tx, tenantId, after);
      await this.changes.publish(tx, 'environment', id, tenantId);
      await this.audit.record(tx, {
        tenantId,
        actor: caller,
        action: 'environment.changed',
        subject: { type: 'environment', id },
        details: differences(before, after),
      });
      return after;
    });
    this.environments.forget();
    return changed;
  }

  /** @throws DomainError NOT_ADMINISTRATOR, ENVIRONMENT_NOT_FOUND, CONNECTIONS_EXIST */
  async remove(caller: Caller, id: string): Promise<void> {
    if (!caller.isTenantAdministrator) throw new DomainError('NOT_ADMINISTRATOR');
    const { tenantId } = caller;
    await this.prisma.$transaction(async (tx) => {
      await tx.$queryRaw`
        SELECT 1 FROM environment WHERE "tenantId" = ${tenantId}::uuid AND id = ${id}::uuid FOR UPDATE`;
      const { displayName, region } = await held(tx, tenantId, id);
      const connections = await tx.connectionEnvironment.count({ where: { tenantId, environmentId: id } });
      if (connections > 0) throw new DomainError('CONNECTIONS_EXIST', { environmentId: id, connections });
      await tx.environment.deleteMany({ where: { tenantId, id } });
      await this.changes.publish(tx, 'environment', id, tenantId);
      await this.audit.record(tx, {
        tenantId,
        actor: caller,
        action: 'environment.deleted',
        subject: { type: 'environment', id },
        details: { displayName, region },
      });
    });
    this.environments.forget();
  }

  private async write(tx: Transaction, tenantId: string, { id, displayName, region }: EnvironmentRow): Promise<void> {
    try {
      await tx.environment.updateMany({ where: { tenantId, id }, data: { displayName, region } });
    } catch (error) {
      if (isUniqueViolation(error)) throw new DomainError('ENVIRONMENT_NAME_TAKEN', { displayName }, { cause: error });
      throw error;
    }
  }
}

async function held(tx: Transaction, tenantId: string, id: string): Promise<EnvironmentRow> {
  const row = await tx.environment.findFirst({ where: { tenantId, id }, select: ENVIRONMENT });
  if (!row) throw new DomainError('ENVIRONMENT_NOT_FOUND', { environmentId: id });
  return row;
}

async function assertMovable(tx: Transaction, tenantId: string, move: { id: string; region: string }): Promise<void> {
  const stranded = await strandedBy(tx, tenantId, [move]);
  const [first] = stranded;
  if (!first) return;
  const named = stranded.slice(0, MAX_NAMED);
  throw new DomainError('REGION_MISMATCH', {
    environmentRegion: move.region,
    gatewayRegion: [...new Set(named.map(({ gatewayRegion }) => gatewayRegion))].join(', '),
    servedBy: gatewayRegionsOf(move.region).join(', '),
    connections: named.map(({ displayName, connectionId }) => `${displayName} (${connectionId})`).join(', '),
  });
}

function differences(before: EnvironmentRow, after: EnvironmentRow): Record<string, string> {
  return {
    ...(before.displayName === after.displayName
      ? {}
      : { displayName: after.displayName, displayNameBefore: before.displayName }),
    ...(before.region === after.region ? {} : { region: after.region, regionBefore: before.region }),
  };
}
