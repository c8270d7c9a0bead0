import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { containing } from '../../common/http/search-text.js';
import { decodeContinuation, encodeContinuation, type Page } from '../../common/page.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { SourceKind } from '../../contract/targets.js';
import { ConnectionAccessService } from './connection-access.service.js';
import type { ConnectionStatusName, ConnectionSummaryRow } from './connection-summaries.types.js';
import { countConnections, queryConnectionSummaries } from './connection-summary-query.js';

/** What a list of summaries is narrowed to, and how many come at once. */
export interface ConnectionSummaryQuery {
  readonly search?: string | undefined;
  readonly kind?: SourceKind | undefined;
  readonly gatewayId?: string | undefined;
  readonly status?: ConnectionStatusName | undefined;
  readonly continuationToken?: string | undefined;
  readonly top: number;
}

/**
 * Connections in one line each. Administrators of the tenant see that each of them exists, so that one whose owners have
 * left can get others; what they may do with it is said beside it.
 */
@Injectable()
export class ConnectionSummariesService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly access: ConnectionAccessService,
  ) {}

  /** By name. @throws DomainError VALIDATION_FAILED */
  async list(caller: Caller, query: ConnectionSummaryQuery): Promise<Page<ConnectionSummaryRow>> {
    const { search, continuationToken, top, kind, gatewayId, status } = query;
    const [after] = continuationToken === undefined ? [] : decodeContinuation(continuationToken);
    const pattern = search === undefined ? undefined : containing(search);
    const seen = await this.seen(caller);
    const wanted = { ...seen, kind, gatewayId, status, pattern, after, take: top + 1 };
    const rows = await queryConnectionSummaries(this.prisma, wanted);
    const value = rows.slice(0, top);
    const last = value.at(-1);
    if (rows.length <= top || last === undefined) return { value };
    return { value, continuationToken: encodeContinuation([last.displayName]) };
  }

  /** Of the connections that the caller may see. */
  async counts(caller: Caller): Promise<{ readonly total: number; readonly failing: number }> {
    return countConnections(this.prisma, await this.seen(caller));
  }

  private async seen(caller: Caller) {
    const { ids } = await this.access.holders(caller);
    return { tenantId: caller.tenantId, holderIds: ids, isTenantWide: caller.isTenantAdministrator };
  }
}
