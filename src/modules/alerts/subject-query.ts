import type { PrismaService } from '../../common/prisma/prisma.service.js';
import type { SubjectType } from './role-health.policy.js';

/** The next ids of a tenant's gateways or connections, in order. */
export async function nextSubjects(
  prisma: PrismaService,
  type: SubjectType,
  tenantId: string,
  page: { readonly after: string; readonly take: number },
): Promise<string[]> {
  const query = {
    where: { tenantId, id: { gt: page.after } },
    orderBy: { id: 'asc' },
    take: page.take,
    select: { id: true },
  } as const;
  const rows = await (type === 'gateway' ? prisma.gateway.findMany(query) : prisma.connection.findMany(query));
  return rows.map(({ id }) => id);
}

/** The next principals who administer a gateway or own a connection of the tenant, each once, in order of id. */
export async function nextLeaders(
  prisma: PrismaService,
  tenantId: string,
  page: { readonly after: string; readonly take: number },
): Promise<string[]> {
  const rows = await prisma.$queryRaw<{ id: string }[]>`
    SELECT "principalId"::text AS id FROM (
      (SELECT DISTINCT "principalId" FROM gateway_role
       WHERE "tenantId" = ${tenantId}::uuid AND "principalId" > ${page.after}::uuid AND role = 'Admin'
       ORDER BY "principalId" LIMIT ${page.take})
      UNION
      (SELECT DISTINCT "principalId" FROM connection_role
       WHERE "tenantId" = ${tenantId}::uuid AND "principalId" > ${page.after}::uuid AND role = 'Owner'
       ORDER BY "principalId" LIMIT ${page.take})
    ) AS leader
    ORDER BY "principalId" LIMIT ${page.take}`;
  return rows.map(({ id }) => id);
}

/** Subjects that are gone, of which an alert still stands. */
export function orphanedSubjects(
  prisma: PrismaService,
  tenantId: string,
  take: number,
): Promise<{ gatewayId: string | null; connectionId: string | null }[]> {
  return prisma.$queryRaw`
    SELECT DISTINCT alert."gatewayId"::text, alert."connectionId"::text FROM alert
    LEFT JOIN gateway ON gateway."tenantId" = alert."tenantId" AND gateway.id = alert."gatewayId"
    LEFT JOIN connection ON connection."tenantId" = alert."tenantId" AND connection.id = alert."connectionId"
    WHERE alert."tenantId" = ${tenantId}::uuid AND alert."openKey" IS NOT NULL
      AND gateway.id IS NULL AND connection.id IS NULL
    LIMIT ${take}`;
}

/** To which tenants these belong: a change tells no more than an id. What is gone is found by the alerts about it. */
export function tenantsOf(
  prisma: PrismaService,
  type: SubjectType,
  ids: readonly string[],
): Promise<{ tenantId: string; id: string }[]> {
  const wanted = [...ids];
  if (type === 'gateway') {
    return prisma.$queryRaw`
      SELECT "tenantId"::text, id::text FROM gateway WHERE id = ANY (${wanted}::uuid[])
      UNION SELECT "tenantId"::text, "gatewayId"::text FROM alert
      WHERE "gatewayId" = ANY (${wanted}::uuid[]) AND "openKey" IS NOT NULL`;
  }
  return prisma.$queryRaw`
    SELECT "tenantId"::text, id::text FROM connection WHERE id = ANY (${wanted}::uuid[])
    UNION SELECT "tenantId"::text, "connectionId"::text FROM alert
    WHERE "connectionId" = ANY (${wanted}::uuid[]) AND "openKey" IS NOT NULL`;
}
