import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { containing } from '../../common/http/search-text.js';
import { decodeContinuation, encodeContinuation, type Page } from '../../common/page.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { GatewayCounts, GatewayStatus, GatewaySummary } from './gateway-summaries.types.js';
import { countGateways, queryGatewaySummaries } from './gateway-summary-query.js';
import { GatewaysService } from './gateways.service.js';

/** What a list of summaries is narrowed to, and how many come at once. */
export interface GatewaySummaryQuery {
  readonly scope?: 'tenant' | undefined;
  readonly region?: string | undefined;
  readonly status?: GatewayStatus | undefined;
  readonly search?: string | undefined;
  readonly continuationToken?: string | undefined;
  readonly top: number;
}

/** Gateways in one line each, with their health and what hangs on them. */
@Injectable()
export class GatewaySummariesService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly gateways: GatewaysService,
  ) {}

  /** Those that the list of gateways has for the caller, by name. @throws DomainError NOT_ADMINISTRATOR, VALIDATION_FAILED */
  async list(caller: Caller, query: GatewaySummaryQuery): Promise<Page<GatewaySummary>> {
    const { scope, region, status, search, continuationToken, top } = query;
    const [after] = continuationToken === undefined ? [] : decodeContinuation(continuationToken);
    const rows = await queryGatewaySummaries(this.prisma, {
      tenantId: caller.tenantId,
      holderIds: await this.gateways.listed(caller, scope && 'organization'),
      region,
      status,
      pattern: search === undefined ? undefined : containing(search),
      after,
      take: top + 1,
    });
    const value = rows.slice(0, top);
    const last = value.at(-1);
    if (rows.length <= top || last === undefined) return { value };
    return { value, continuationToken: encodeContinuation([last.displayName]) };
  }

  /** Of the gateways that the caller may see. */
  async counts(caller: Caller): Promise<GatewayCounts> {
    const holderIds = await this.gateways.listed(caller, undefined);
    return countGateways(this.prisma, { tenantId: caller.tenantId, holderIds });
  }
}
