import { Injectable } from '@nestjs/common';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { PrincipalsService, type PrincipalRow } from '../identity/principals.service.js';

/** Enough names to ask; nobody reads more. */
const MAX_OWNERS = 20;

/** Tells who owns a connection. */
@Injectable()
export class ConnectionOwnersService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly principals: PrincipalsService,
  ) {}

  /** The first twenty, in order of id. Asks for no role: the caller has checked who may know. */
  async list(tenantId: string, connectionId: string): Promise<readonly PrincipalRow[]> {
    const rows = await this.prisma.connectionRole.findMany({
      where: { tenantId, connectionId, role: 'Owner' },
      orderBy: { principalId: 'asc' },
      take: MAX_OWNERS,
      select: { principalId: true },
    });
    const ids = rows.map(({ principalId }) => principalId);
    const known = await this.principals.named(tenantId, ids);
    return ids.flatMap((id) => known.get(id) ?? []);
  }
}
