import { Injectable } from '@nestjs/common';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { rowsIn, type RowsInText } from '../../common/prisma/rows-in-text.js';

/** The newest requests that are looked at: what is in use is among them. Reading so many was measured to take 0.2 s. */
const MAX_ROWS = 50_000;
/** Users of each kind that are shown. */
const MAX_USERS = 100;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Which connection's use, and since when. */
export interface UsageQuestion {
  readonly tenantId: string;
  readonly connectionId: string;
  readonly days: number;
}

/** Somebody or something that sent requests through a connection. */
export interface ConnectionUser {
  readonly kind: 'environment' | 'app' | 'flow' | 'caller';
  /** As the client's headers gave it, for apps and flows. */
  readonly id: string;
  readonly displayName: string | null;
  readonly requests: number;
  readonly failed: number;
  readonly lastUsedAt: Date;
}

export interface ConnectionUsage {
  readonly value: readonly ConnectionUser[];
  /** Since when requests were counted; later than asked for where there were too many. */
  readonly countedFrom: Date;
}

interface UsageRow extends ConnectionUser {
  readonly read: number;
  readonly first: string;
}

/** Tells who would notice if a connection were gone. */
@Injectable()
export class ConnectionUsageService {
  constructor(private readonly prisma: PrismaService) {}

  /** Asks for no role: the caller has checked who may know. Tests of the connection are no use of it. */
  async read({ tenantId, connectionId, days }: UsageQuestion): Promise<ConnectionUsage> {
    const since = new Date(Date.now() - days * DAY_MS);
    const rows = await this.prisma.$queryRaw<RowsInText[]>`
      WITH past AS MATERIALIZED (
        SELECT f."environmentId", f."callerId", f.client, f.status, f."startedAt"
        FROM flow_request f
        WHERE f."tenantId" = ${tenantId}::uuid AND f."connectionId" = ${connectionId}::uuid
          AND f."startedAt" >= ${since.toISOString()}::timestamptz AND f.operation <> 'test'
        ORDER BY f."startedAt" DESC
        LIMIT ${MAX_ROWS}::int),
      users AS (
        SELECT 'environment' AS kind, "environmentId"::text AS id, NULL AS name, status, "startedAt" FROM past
        UNION ALL SELECT 'app', client->>'appId', NULL, status, "startedAt" FROM past
        UNION ALL SELECT 'flow', client->>'flowId', client->>'flowName', status, "startedAt" FROM past
        UNION ALL SELECT 'caller', "callerId"::text, NULL, status, "startedAt" FROM past),
      counted AS (
        SELECT kind, id, max(name) AS name, count(*)::int AS requests,
          count(*) FILTER (WHERE status <> 'succeeded')::int AS failed, max("startedAt") AS "lastUsedAt",
          row_number() OVER (PARTITION BY kind ORDER BY count(*) DESC, id) AS place
        FROM users WHERE id IS NOT NULL AND id <> '' GROUP BY kind, id)
      SELECT coalesce(json_agg(json_build_object('kind', c.kind, 'id', c.id,
          'displayName', coalesce(e."displayName", p."displayName", c.name), 'requests', c.requests, 'failed', c.failed,
          'lastUsedAt', c."lastUsedAt", 'read', (SELECT count(*) FROM past),
          'first', (SELECT min("startedAt") FROM past)) ORDER BY c.kind, c.place), '[]'::json)::text AS rows
      FROM counted c
      LEFT JOIN environment e
        ON c.kind = 'environment' AND e."tenantId" = ${tenantId}::uuid AND e.id::text = c.id
      LEFT JOIN principal p ON c.kind = 'caller' AND p."tenantId" = ${tenantId}::uuid AND p.id::text = c.id
      WHERE c.place <= ${MAX_USERS}::int`;
    const found = rowsIn<UsageRow>(rows);
    const [one] = found;
    return {
      value: found.map(({ kind, id, displayName, requests, failed, lastUsedAt }) => {
        return { kind, id, displayName, requests, failed, lastUsedAt: new Date(lastUsedAt) };
      }),
      countedFrom: one && one.read >= MAX_ROWS ? new Date(one.first) : since,
    };
  }
}
