import { randomUUID } from 'node:crypto';
import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { isIdentifier } from '../../common/identifier.js';
import { rateLimited } from '../../common/limits/rate-limited.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Prisma } from '../../generated/prisma/client.js';
import {
  OPERATION_STATUSES,
  operationFailureSchema,
  type Outcome,
  type OperationFailure,
  type OperationView,
  type Work,
} from './operations.types.js';

/** Long enough for a client that polls once an hour, as pipelines at their slowest do. */
const KEPT_MS = 2 * 60 * 60_000;

/** No work here takes longer: what still runs by then was on a replica that is gone. */
const LONGEST_MS = 2 * 60_000;

/** Operations of one caller that are kept at once. */
const MAX_KEPT = 200;

const OPERATION = {
  id: true,
  status: true,
  percentComplete: true,
  error: true,
  createdAt: true,
  updatedAt: true,
} satisfies Prisma.OperationSelect;
type Row = Prisma.OperationGetPayload<{ select: typeof OPERATION }>;

/** Work that outlasts the request that asked for it. */
@Injectable()
export class OperationsService implements BeforeApplicationShutdown {
  private readonly log = new Logger(OperationsService.name);
  private readonly running = new Set<Promise<void>>();

  constructor(private readonly prisma: PrismaService) {}

  /** What is under way is finished, so that nobody waits for it in vain. */
  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.running);
  }

  /**
   * Does work and waits for it a while; what takes longer goes on as an operation that its creator can ask for.
   *
   * @param patienceMs how long to wait; 0: not at all
   * @throws DomainError what the work throws in time; RATE_LIMITED when the caller has too many operations
   */
  async run<T>(caller: Caller, work: Work<T>, patienceMs: number): Promise<Outcome<T>> {
    const done = work.run();
    // Watched from here on: a failure that nobody waits for any more must not end the process.
    done.catch(() => undefined);
    const result = await settledWithin(done, patienceMs);
    if (result) return result;
    const operationId = await this.begin(caller, work.kind);
    const finishing = this.finish(caller.tenantId, operationId, done).finally(() => this.running.delete(finishing));
    this.running.add(finishing);
    return { operationId };
  }

  /** @throws DomainError OPERATION_NOT_FOUND, also for somebody else's */
  async get(caller: Caller, operationId: string): Promise<OperationView> {
    return toView(await this.find(caller, operationId, OPERATION));
  }

  /** @throws DomainError OPERATION_NOT_FOUND, OPERATION_HAS_NO_RESULT */
  async result(caller: Caller, operationId: string): Promise<unknown> {
    const { status, result } = await this.find(caller, operationId, { status: true, result: true });
    if (status !== 'Succeeded') throw new DomainError('OPERATION_HAS_NO_RESULT', { operationId, status });
    return result;
  }

  private async find<S extends Prisma.OperationSelect>(
    { tenantId, id: createdBy }: Caller,
    operationId: string,
    select: S,
  ): Promise<Prisma.OperationGetPayload<{ select: S }>> {
    const where = { id: operationId, tenantId, createdBy, expiresAt: { gt: new Date() } };
    const row = isIdentifier(operationId) ? await this.prisma.operation.findFirst({ where, select }) : null;
    if (!row) throw new DomainError('OPERATION_NOT_FOUND', { operationId });
    return row;
  }

  private async begin({ tenantId, id: createdBy }: Caller, kind: string): Promise<string> {
    const kept = await this.prisma.operation.count({ where: { tenantId, createdBy, expiresAt: { gt: new Date() } } });
    if (kept >= MAX_KEPT) throw rateLimited('caller', MAX_KEPT, KEPT_MS / MAX_KEPT);
    const id = randomUUID();
    const expiresAt = new Date(Date.now() + KEPT_MS);
    await this.prisma.operation.create({
      data: { id, tenantId, createdBy, kind, status: 'Running', expiresAt },
      select: { id: true },
    });
    return id;
  }

  private async finish(tenantId: string, id: string, done: Promise<unknown>): Promise<void> {
    try {
      const change = await done.then(
        (result) => ({ status: 'Succeeded', percentComplete: 100, result: asJson(result) }),
        (error: unknown) => ({ status: 'Failed', error: { ...this.failureOf(id, error) } }),
      );
      await this.prisma.operation.updateMany({ where: { id, tenantId }, data: { ...change, updatedAt: new Date() } });
    } catch (error) {
      this.log.warn({ event: 'operation.not-kept', operationId: id, reason: String(error).slice(0, 300) });
    }
  }

  private failureOf(operationId: string, error: unknown): OperationFailure {
    if (error instanceof DomainError) return { errorCode: error.code, message: error.message };
    this.log.error({ event: 'operation.failed', operationId, reason: String(error).slice(0, 300) });
    const { code, message } = new DomainError('INTERNAL');
    return { errorCode: code, message };
  }
}

async function settledWithin<T>(done: Promise<T>, patienceMs: number): Promise<{ result: T } | undefined> {
  if (patienceMs <= 0) return undefined;
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<undefined>((over) => (timer = setTimeout(() => over(undefined), patienceMs)));
  try {
    return await Promise.race([done.then((result) => ({ result })), patience]);
  } finally {
    clearTimeout(timer);
  }
}

function toView({ id, status, percentComplete, error, createdAt, updatedAt }: Row): OperationView {
  const kept = OPERATION_STATUSES.find((one) => one === status) ?? 'Failed';
  const isLost = kept === 'Running' && Date.now() - createdAt.getTime() > LONGEST_MS;
  const failure = isLost ? lostFailure() : error === null ? undefined : operationFailureSchema.parse(error);
  return {
    id,
    status: isLost ? 'Failed' : kept,
    percentComplete: percentComplete ?? undefined,
    failure,
    createdAt,
    updatedAt,
  };
}

function lostFailure(): OperationFailure {
  return { errorCode: 'REQUEST_CANCELLED', message: 'The control plane that ran the operation was stopped.' };
}

function asJson(value: unknown): Prisma.InputJsonValue {
  return JSON.parse(JSON.stringify(value ?? {})) as Prisma.InputJsonValue;
}
