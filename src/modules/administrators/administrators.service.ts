import { Injectable } from '@nestjs/common';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { PrincipalsService, type PrincipalRow } from '../identity/principals.service.js';

/** Enough names to ask; nobody reads more. */
const MAX_ADMINISTRATORS = 20;

/** Tells who administers a gateway. */
@Injectable()
export class AdministratorsService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly principals: PrincipalsService,
  ) {}

  /** The first twenty, in order of id, groups as groups. Asks for no role: the caller has checked who may know. */
  async list(tenantId: string, gatewayId: string): Promise<readonly PrincipalRow[]> {
    const rows = await this.prisma.gatewayRole.findMany({
      where: { tenantId, gatewayId, role: 'Admin' },
      orderBy: { principalId: 'asc' },
      take: MAX_ADMINISTRATORS,
      select: { principalId: true },
    });
    const ids = rows.map(({ principalId }) => principalId);
    const known = await this.principals.named(tenantId, ids);
    return ids.flatMap((id) => known.get(id) ?? []);
  }
}
