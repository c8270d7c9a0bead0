import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { Changes } from '../../common/prisma/changes.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Transaction } from '../../common/prisma/transaction.js';
import { AuditService } from '../audit/audit.service.js';
import { readEnvironmentList } from './environment-list.js';
import { assertRoomFor, lockEnvironments, strandedBy } from './environment-locks.js';
import { ENVIRONMENT, EnvironmentsService } from './environments.service.js';
import type { EnvironmentList, ImportFault, ImportResult } from './environments.types.js';
import { importRefused } from './import-faults.js';
import { planImport, type ImportPlan } from './import-plan.policy.js';

/** Ten thousand rows take a second; a busy database may take its time. */
const TRANSACTION = { timeout: 30_000, maxWait: 10_000 };

/** Takes over a tenant's whole list of environments at once. */
@Injectable()
export class EnvironmentImportService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly environments: EnvironmentsService,
    private readonly audit: AuditService,
    private readonly changes: Changes,
  ) {}

  /**
   * All of the list or nothing of it. Environments that are not in the list stay as they are.
   *
   * @throws DomainError NOT_ADMINISTRATOR, VALIDATION_FAILED naming the faulty lines, LIMIT_REACHED
   */
  async import(caller: Caller, list: EnvironmentList): Promise<ImportResult> {
    if (!caller.isTenantAdministrator) throw new DomainError('NOT_ADMINISTRATOR');
    const rows = readEnvironmentList(list);
    const { tenantId } = caller;
    const result = await this.prisma.$transaction(async (tx) => {
      await lockEnvironments(tx, tenantId);
      const existing = await tx.environment.findMany({ where: { tenantId }, select: ENVIRONMENT });
      const plan = planImport(existing, rows);
      const faults = [...plan.faults, ...(await strandings(tx, tenantId, plan))];
      if (faults.length > 0) throw importRefused(faults);
      const counts = { created: plan.created.length, updated: plan.updated.length, unchanged: plan.unchanged };
      if (counts.created + counts.updated === 0) return counts;

      await assertRoomFor(tx, tenantId, counts.created);
      await update(tx, tenantId, plan);
      await create(tx, tenantId, plan);
      await this.changes.publish(tx, 'environment', '*', tenantId);
      await this.audit.record(tx, {
        tenantId,
        actor: caller,
        action: 'environments.imported',
        subject: { type: 'environment' },
        details: counts,
      });
      return counts;
    }, TRANSACTION);
    this.environments.forget();
    return result;
  }
}

/** @returns a fault for every row whose new region would leave a bound connection behind */
async function strandings(tx: Transaction, tenantId: string, { updated }: ImportPlan): Promise<ImportFault[]> {
  const moves = updated.filter(({ region, before }) => region !== before.region);
  const places = new Map(moves.map(({ id, place }) => [id, place]));
  const stranded = await strandedBy(tx, tenantId, moves);
  return stranded.map(({ environmentId, displayName, gatewayRegion }) => ({
    place: places.get(environmentId) ?? environmentId,
    problem: `region: does not serve the connection ${displayName}, whose gateway is in ${gatewayRegion}`,
  }));
}

async function create(tx: Transaction, tenantId: string, { created }: ImportPlan): Promise<void> {
  if (created.length === 0) return;
  const rows = created.map(({ id = randomUUID(), displayName, region }) => ({ id, displayName, region }));
  await tx.$executeRaw`
    INSERT INTO environment ("tenantId", id, "displayName", region)
    SELECT ${tenantId}::uuid, id, "displayName", region
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS made(id uuid, "displayName" text, region text)`;
}

/** In two steps, because names may be swapped: the unique key is checked row by row. */
async function update(tx: Transaction, tenantId: string, { updated }: ImportPlan): Promise<void> {
  if (updated.length === 0) return;
  const renamed = updated.filter(({ displayName, before }) => displayName !== before.displayName).map(({ id }) => id);
  if (renamed.length > 0) {
    await tx.$executeRaw`
      UPDATE environment SET "displayName" = 'being renamed ' || gen_random_uuid()
      WHERE "tenantId" = ${tenantId}::uuid AND id = ANY (${renamed}::uuid[])`;
  }
  const rows = updated.map(({ id, displayName, region }) => ({ id, displayName, region }));
  await tx.$executeRaw`
    UPDATE environment SET "displayName" = changed."displayName", region = changed.region
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS changed(id uuid, "displayName" text, region text)
    WHERE environment."tenantId" = ${tenantId}::uuid AND environment.id = changed.id`;
}
