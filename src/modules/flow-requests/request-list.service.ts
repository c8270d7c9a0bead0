import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Caller } from '../../common/auth/caller.js';
import { momentSchema } from '../../common/moment.js';
import { cutPage, decodePlaceInTime, PAGE_SIZE, type Page, type PageQuery } from '../../common/page.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Prisma } from '../../generated/prisma/client.js';
import { GatewayRolesService } from '../administrators/gateway-roles.service.js';
import type { RequestView } from './flow-requests.types.js';
import { REQUEST_ROW, toRequestView } from './request-row.js';

const idSchema = z.guid().toLowerCase().optional();

/** What a list of requests can be narrowed to. */
export const requestFilterSchema = z.object({
  status: z.enum(['succeeded', 'failed', 'aborted']).optional(),
  /** Code of the catalogue. */
  code: z.string().max(64).optional(),
  gatewayId: idSchema,
  connectionId: idSchema,
  environmentId: idSchema,
  callerId: idSchema,
  /** Started at this time or later. */
  from: momentSchema.optional(),
  /** Started before this time. */
  to: momentSchema.optional(),
});
export type RequestFilter = z.infer<typeof requestFilterSchema>;

/** Lists past requests, the newest first. */
@Injectable()
export class RequestListService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly roles: GatewayRolesService,
  ) {}

  /** One's own; administrators see those of their gateways, administrators of the tenant all. @throws DomainError VALIDATION_FAILED */
  async list(caller: Caller, filter: RequestFilter, page: PageQuery): Promise<Page<RequestView>> {
    const { from, to, ...equal } = filter;
    const rows = await this.prisma.flowRequest.findMany({
      where: {
        tenantId: caller.tenantId,
        AND: [await this.visibleTo(caller), after(page), { startedAt: between(from, to) }, defined(equal)],
      },
      orderBy: [{ startedAt: 'desc' }, { requestId: 'asc' }],
      take: PAGE_SIZE + 1,
      select: REQUEST_ROW,
    });
    return cutPage(rows, (row) => [row.startedAt.toISOString(), row.requestId], toRequestView);
  }

  private async visibleTo(caller: Caller): Promise<Prisma.FlowRequestWhereInput> {
    if (caller.isTenantAdministrator) return {};
    const administered = await this.roles.administered(caller);
    const own = { callerId: caller.id };
    return administered.length === 0 ? own : { OR: [own, { gatewayId: { in: [...administered] } }] };
  }
}

function after({ continuationToken }: PageQuery): Prisma.FlowRequestWhereInput {
  if (continuationToken === undefined) return {};
  const { at: startedAt, id: requestId } = decodePlaceInTime(continuationToken);
  // The first condition lets the index end the search; the second settles ties.
  return { startedAt: { lte: startedAt }, OR: [{ startedAt: { lt: startedAt } }, { requestId: { gt: requestId } }] };
}

function between(from: string | undefined, to: string | undefined): Prisma.DateTimeFilter<'FlowRequest'> {
  return { ...(from === undefined ? {} : { gte: new Date(from) }), ...(to === undefined ? {} : { lt: new Date(to) }) };
}

function defined(equal: Omit<RequestFilter, 'from' | 'to'>): Prisma.FlowRequestWhereInput {
  return Object.fromEntries(Object.entries(equal).filter(([, value]) => value !== undefined));
}
