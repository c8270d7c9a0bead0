import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { GatewayRolesService } from '../administrators/gateway-roles.service.js';
import type { RequestView } from './flow-requests.types.js';
import { RequestLogService } from './request-log.service.js';
import { REQUEST_ROW, toRequestView } from './request-row.js';

const TRACE_ID = /^[0-9a-f]{32}$/;

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
    if (found && (await this.maySee(caller, found))) return found;
    throw new DomainError('REQUEST_NOT_FOUND', { traceId: traceId.slice(0, 64) });
  }

  private async find(tenantId: string, traceId: string): Promise<RequestView | undefined> {
    const record = this.log.find(tenantId, traceId);
    if (record) return record.view();
    const row = await this.prisma.flowRequest.findFirst({
      where: { tenantId, traceId },
      orderBy: { startedAt: 'desc' },
      select: REQUEST_ROW,
    });
    return row ? toRequestView(row) : undefined;
  }

  private async maySee(caller: Caller, { callerId, gatewayId }: RequestView): Promise<boolean> {
    if (callerId === caller.id || caller.isTenantAdministrator) return true;
    return gatewayId !== null && (await this.roles.roleAt(caller, gatewayId)) === 'Admin';
  }
}
