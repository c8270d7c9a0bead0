import type { Caller } from '../../common/auth/caller.js';
import { PAGE_SIZE } from '../../common/page.js';
import type { PrismaService } from '../../common/prisma/prisma.service.js';
import { Prisma } from '../../generated/prisma/client.js';
import type { AlertRow } from './alert-row.js';
import type { AlertKind } from './alert-kinds.data.js';
import type { AlertFilter } from './alerts.types.js';

/** Who looks, and under which ids they hold roles. */
export interface Viewer {
  readonly caller: Caller;
  readonly holders: readonly string[];
}

interface Wanted extends AlertFilter {
  readonly id?: string;
  /** Of these kinds, and not over. */
  readonly unresolved?: readonly AlertKind[];
  /** The last alert of the page before. */
  readonly before?: { readonly at: Date; readonly id: string } | undefined;
}

/** One page, and one row more if there is another, newest first, of what the viewer may see. */
export function queryAlerts(prisma: PrismaService, { caller, holders }: Viewer, wanted: Wanted): Promise<AlertRow[]> {
  const { state, kind, gatewayId, connectionId, id, unresolved, before } = wanted;
  const tenant = Prisma.sql`${caller.tenantId}::uuid`;
  const own = Prisma.sql`ANY (${[...holders]}::uuid[])`;
  const narrowed = [
    ...(state === undefined ? [] : [Prisma.sql`alert.state = ${state}::alert_state`]),
    ...(kind === undefined ? [] : [Prisma.sql`alert.kind = ${kind}`]),
    ...(gatewayId === undefined ? [] : [Prisma.sql`alert."gatewayId" = ${gatewayId}::uuid`]),
    ...(connectionId === undefined ? [] : [Prisma.sql`alert."connectionId" = ${connectionId}::uuid`]),
    ...(id === undefined ? [] : [Prisma.sql`alert.id = ${id}::uuid`]),
    ...(unresolved === undefined
      ? []
      : [
          Prisma.sql`alert.state IN ('Open', 'Acknowledged')`,
          Prisma.sql`alert.kind = ANY (${[...unresolved]}::text[])`,
        ]),
    ...(before === undefined
      ? []
      : [Prisma.sql`(alert."openedAt", alert.id) < (${before.at.toISOString()}::timestamptz, ${before.id}::uuid)`]),
    ...(caller.isTenantAdministrator
      ? []
      : [
          Prisma.sql`(
            alert."gatewayId" IN (SELECT "gatewayId" FROM gateway_role
              WHERE "tenantId" = ${tenant} AND "principalId" = ${own} AND role = 'Admin')
            OR alert."connectionId" IN (SELECT "connectionId" FROM connection_role
              WHERE "tenantId" = ${tenant} AND "principalId" = ${own} AND role = 'Owner'))`,
        ]),
  ];
  return prisma.$queryRaw<AlertRow[]>`
    SELECT id::text, kind, state::text, "gatewayId"::text, "connectionId"::text, details, "openedAt", "acknowledgedAt",
           "acknowledgedBy"::text, "resolvedAt"
    FROM alert
    WHERE "tenantId" = ${tenant} ${Prisma.join([Prisma.empty, ...narrowed], ' AND ')}
    ORDER BY "openedAt" DESC, id DESC
    LIMIT ${PAGE_SIZE + 1}`;
}
