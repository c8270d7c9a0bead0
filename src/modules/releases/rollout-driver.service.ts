import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Changes } from '../../common/prisma/changes.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Transaction } from '../../common/prisma/transaction.js';
import { AlertReconcilerService } from '../alerts/alert-reconciler.service.js';
import { AuditService } from '../audit/audit.service.js';
import { SERVICE, type AuditRecord } from '../audit/audit.types.js';
import { DirectivesService } from '../gateways/directives.service.js';
import { MemberUpdatesService } from '../gateways/member-updates.service.js';
import { ReleaseTimings } from './release-timings.js';
import { ROLLOUT, stepColumns, stepOf, type RolloutRow } from './rollout-row.js';
import { memberInTurn, nextStep, type RolloutDecision, type RolloutStep } from './rollout-steps.policy.js';

/** Rollouts looked at in one turn; those beyond come with the next. */
const BATCH = 200;

const ALERT = 'gateway-update-failed';

/**
 * Takes rollouts further, step by step. All that is known of one stands in its row: any replica goes on where another
 * stopped, and the row's lock lets one at it at a time.
 */
@Injectable()
export class RolloutDriverService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(RolloutDriverService.name);
  private timer: NodeJS.Timeout | undefined;
  private isStopped = false;
  private turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly prisma: PrismaService,
    private readonly updates: MemberUpdatesService,
    private readonly directives: DirectivesService,
    private readonly alerts: AlertReconcilerService,
    private readonly audit: AuditService,
    private readonly timings: ReleaseTimings,
    private readonly changes: Changes,
  ) {}

  onApplicationBootstrap(): void {
    this.directives.contribute('update', async ({ id, tenantId }) => {
      const version = await this.updates.orderedVersion({ tenantId, memberId: id });
      return version === undefined ? undefined : { version };
    });
    this.timer = setInterval(() => void this.look(), this.timings.stepMs).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    clearInterval(this.timer);
    await this.turn;
  }

  /** Takes every rollout one step further that is ready for it. Never fails: the next turn tries again. */
  look(): Promise<void> {
    this.turn = this.turn.then(async () => {
      if (this.isStopped) return;
      try {
        await this.lookAtAll();
      } catch (error) {
        this.log.warn({ event: 'rollouts.failed', reason: String(error).slice(0, 300) });
      }
    });
    return this.turn;
  }

  private async lookAtAll(): Promise<void> {
    const running = await this.prisma.$queryRaw<{ id: string; tenantId: string }[]>`
      SELECT id::text, "tenantId"::text FROM rollout WHERE "underWay" IS NOT NULL ORDER BY id LIMIT ${BATCH}`;
    for (const { id, tenantId } of running) {
      if (this.isStopped) return;
      const ended = await this.step(tenantId, id);
      if (ended) await this.report(ended);
    }
  }

  /** @returns the rollout when this step ended it */
  private step(tenantId: string, id: string): Promise<RolloutRow | undefined> {
    return this.prisma.$transaction(async (tx) => {
      const [mine] = await tx.$queryRaw<{ id: string }[]>`
        SELECT id::text FROM rollout WHERE id = ${id}::uuid AND "tenantId" = ${tenantId}::uuid AND "underWay" IS NOT NULL
        FOR UPDATE SKIP LOCKED`;
      const row = mine && (await tx.rollout.findFirst({ where: { id, tenantId }, select: ROLLOUT }));
      if (!row) return undefined;
      const now = new Date();
      const memberId = memberInTurn(row);
      const member =
        memberId === undefined
          ? undefined
          : await this.updates.progress(tx, { tenantId, gatewayId: row.gatewayId, memberId }, now);
      const decision = nextStep({ ...row, step: stepOf(row) }, member, now);
      if (decision.do !== 'wait') await this.changes.publish(tx, 'rollout', '*', tenantId);
      return this.apply(tx, row, decision, now);
    });
  }

  private async apply(
    tx: Transaction,
    row: RolloutRow,
    decision: RolloutDecision,
    now: Date,
  ): Promise<RolloutRow | undefined> {
    const { tenantId, gatewayId, version, doneIds } = row;
    const step = stepOf(row);
    const at = (memberId: string) => ({ tenantId, gatewayId, memberId });
    switch (decision.do) {
      case 'wait':
        return undefined;
      case 'drain': {
        const { memberId, previousVersion } = decision;
        const deadline = after(now, this.timings.drainMs);
        await this.updates.drain(tx, at(memberId), deadline);
        await this.moveTo(tx, row, { name: 'draining', memberId, previousVersion, deadline });
        return undefined;
      }
      case 'order': {
        if (!step) return undefined;
        await this.updates.order(tx, at(step.memberId), version);
        await this.moveTo(tx, row, { ...step, name: 'updating', deadline: after(now, this.timings.updateMs) });
        await this.record(tx, row, { action: 'member.update-ordered', memberId: step.memberId });
        return undefined;
      }
      case 'resume': {
        if (!step) return undefined;
        await this.updates.resume(tx, at(step.memberId));
        await this.moveTo(tx, row, { ...step, name: 'settling' });
        return undefined;
      }
      case 'next': {
        await this.updates.settle(tx, at(decision.memberId), undefined);
        const data = { doneIds: [...doneIds, decision.memberId], step: null, stepDeadline: null };
        await tx.rollout.updateMany({ where: { id: row.id, tenantId }, data });
        await this.record(tx, row, { action: 'member.updated', memberId: decision.memberId });
        return undefined;
      }
      case 'succeed':
        return this.end(tx, row, { state: 'succeeded' });
      case 'give-up': {
        if (step) await this.updates.settle(tx, at(step.memberId), decision.backTo);
        return this.end(tx, row, { state: step ? 'rolled-back' : 'failed', reason: decision.reason.slice(0, 512) });
      }
    }
  }

  private async moveTo(tx: Transaction, { id, tenantId }: RolloutRow, step: RolloutStep): Promise<void> {
    await tx.rollout.updateMany({ where: { id, tenantId }, data: stepColumns(step) });
  }

  private async end(
    tx: Transaction,
    row: RolloutRow,
    outcome: { state: 'succeeded' | 'failed' | 'rolled-back'; reason?: string },
  ): Promise<RolloutRow> {
    const { id, tenantId } = row;
    const data = { ...outcome, underWay: null, step: null, stepDeadline: null, finishedAt: new Date() };
    await tx.rollout.updateMany({ where: { id, tenantId }, data });
    await this.record(tx, row, { action: `rollout.${outcome.state}`, reason: outcome.reason });
    return { ...row, ...data, reason: outcome.reason ?? null };
  }

  private async record(
    tx: Transaction,
    { id, tenantId, gatewayId, version }: RolloutRow,
    { action, memberId, reason }: { action: string; memberId?: string; reason?: string | undefined },
  ): Promise<void> {
    const subject = memberId === undefined ? { type: 'rollout', id } : { type: 'member', id: memberId };
    const details: AuditRecord['details'] = { version, ...(reason !== undefined && { reason }) };
    await this.audit.record(tx, { tenantId, actor: SERVICE, action, gatewayId, subject, details });
  }

  /** An update that failed stays an alert until one goes well. */
  private async report({ tenantId, gatewayId, state, version, reason }: RolloutRow): Promise<void> {
    this.log.log({ event: 'rollout.ended', tenantId, gatewayId, state, version, reason });
    const name = await this.nameOf(tenantId, gatewayId);
    const isGood = state === 'succeeded' || name === undefined;
    const subject = { gatewayId };
    await this.alerts.reconcile(
      tenantId,
      { kinds: [ALERT], subjects: [subject] },
      isGood ? [] : [{ kind: ALERT, subject, details: { name } }],
    );
  }

  private async nameOf(tenantId: string, gatewayId: string): Promise<string | undefined> {
    const where = { id: gatewayId, tenantId };
    return (await this.prisma.gateway.findFirst({ where, select: { name: true } }))?.name;
  }
}

function after(now: Date, ms: number): Date {
  return new Date(now.getTime() + ms);
}
