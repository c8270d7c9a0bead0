import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Prisma } from '../../generated/prisma/client.js';
import { GatewayRolesService } from '../administrators/gateway-roles.service.js';
import type { RequestView } from './flow-requests.types.js';
import { RequestLogService } from './request-log.service.js';

const VIEW = {
  traceId: true,
  requestId: true,
  callerId: true,
  status: true,
  code: true,
  hop: true,
  outcome: true,
  operation: true,
  connectionId: true,
  gatewayId: true,
  memberId: true,
  environmentId: true,
  attempts: true,
  startedAt: true,
  finishedAt: true,
  requestBytes: true,
  replyBytes: true,
  timings: true,
  client: true,
} satisfies Prisma.FlowRequestSelect;

const TRACE_ID = /^[0-9a-f]{32}$/;
const statusSchema = z.enum(['running', 'succeeded', 'failed', 'aborted']);
const timingsSchema = z.record(z.string(), z.number());
const clientSchema = z.record(z.string(), z.string());

/** Tells what became of requests. */
@Injectable()
export class RequestsService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly log: RequestLogService,
    private readonly roles: GatewayRolesService,
  ) {}

  /**
   * The newest request of a trace, under way or past: for who sent it, administrators of its gateway and of the tenant.
   *
   * @throws DomainError REQUEST_NOT_FOUND, for everybody else too, so that ids cannot be probed
   */
  async get(caller: Caller, traceId: string): Promise<RequestView> {
    const found = TRACE_ID.test(traceId) ? await this.find(caller.tenantId, traceId) : undefined;
    if (found && (await this.maySee(caller, found))) return found.view;
    throw new DomainError('REQUEST_NOT_FOUND', { traceId: traceId.slice(0, 64) });
  }

  private async find(tenantId: string, traceId: string): Promise<{ callerId: string; view: RequestView } | undefined> {
    const record = this.log.find(tenantId, traceId);
    if (record) return { callerId: record.callerId, view: record.view() };
    const row = await this.prisma.flowRequest.findFirst({
      where: { tenantId, traceId },
      orderBy: { startedAt: 'desc' },
      select: VIEW,
    });
    return row ? toView(row) : undefined;
  }

  private async maySee(caller: Caller, found: { callerId: string; view: RequestView }): Promise<boolean> {
    if (found.callerId === caller.id || caller.isTenantAdministrator) return true;
    const { gatewayId } = found.view;
    return gatewayId !== null && (await this.roles.roleAt(caller.tenantId, gatewayId, caller.id)) === 'Admin';
  }
}

function toView({ callerId, ...row }: Prisma.FlowRequestGetPayload<{ select: typeof VIEW }>): {
  callerId: string;
  view: RequestView;
} {
  const view: RequestView = {
    ...row,
    status: statusSchema.parse(row.status),
    requestBytes: Number(row.requestBytes),
    replyBytes: Number(row.replyBytes),
    timings: timingsSchema.parse(row.timings),
    client: clientSchema.parse(row.client),
  };
  return { callerId, view };
}
