import { Injectable } from '@nestjs/common';
import { RateLimiter } from '../../common/limits/rate-limiter.js';
import { rateLimited } from '../../common/limits/rate-limited.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { MEMBER_CONNECTIONS_PAGE, memberConnectionsSchema, type MemberConnections } from '../../contract/diagnosis.js';
import { AuditService } from '../audit/audit.service.js';
import type { AuthenticatedMember } from '../gateways/gateways.types.js';
import { StoredCredentialsService } from './stored-credentials.service.js';

/** Pages a minute of one member: a diagnosis takes them one after the other, and nobody needs many. */
const PER_MINUTE = 30;

/** Below every other id. */
const FIRST = '00000000-0000-0000-0000-000000000000';

/**
 * Tells a member of the connections of its own gateway, so that it can look whether their sources answer. It learns
 * nothing that any request over them would not bring: credentials stay sealed as their clients wrote them.
 */
@Injectable()
export class MemberConnectionsService {
  private readonly limiter = new RateLimiter();

  constructor(
    private readonly prisma: PrismaService,
    private readonly credentials: StoredCredentialsService,
    private readonly audit: AuditService,
  ) {}

  /**
   * @param after id that the page begins after; undefined: from the first, which is audited
   * @throws DomainError RATE_LIMITED, VAULT_UNAVAILABLE
   */
  async page(member: AuthenticatedMember, after: string | undefined): Promise<MemberConnections> {
    const { tenantId, gatewayId, id: memberId } = member;
    const waitMs = this.limiter.take(memberId, PER_MINUTE);
    if (waitMs > 0) throw rateLimited('caller', PER_MINUTE, waitMs);
    const gateway = await this.prisma.gateway.findFirst({
      where: { id: gatewayId, tenantId, members: { some: { id: memberId, tenantId, enabled: true } } },
      select: { sealingKeyId: true },
    });
    // A disabled member gets nothing.
    if (!gateway) return { value: [] };
    if (after === undefined) await this.note(member);
    const rows = await this.prisma.connection.findMany({
      where: { tenantId, gatewayId, id: { gt: after ?? FIRST } },
      orderBy: { id: 'asc' },
      take: MEMBER_CONNECTIONS_PAGE + 1,
      select: {
        id: true,
        displayName: true,
        target: true,
        credentialType: true,
        encryption: true,
        credential: true,
        sealingKeyId: true,
      },
    });
    const shown = rows.slice(0, MEMBER_CONNECTIONS_PAGE);
    const value = await Promise.all(
      shown.map(async ({ id, credential, sealingKeyId, ...row }) => ({
        ...row,
        id,
        ...(credential && {
          credential: await this.credentials.unwrap({ id, tenantId }, credential),
          sealedTo: { currentKeyId: gateway.sealingKeyId, ...(sealingKeyId !== null && { keyId: sealingKeyId }) },
        }),
      })),
    );
    const next = rows.length > shown.length ? shown.at(-1)?.id : undefined;
    return memberConnectionsSchema.parse({ value, ...(next !== undefined && { next }) });
  }

  private async note({ tenantId, gatewayId, id }: AuthenticatedMember): Promise<void> {
    await this.prisma.$transaction(async (tx) => {
      await this.audit.record(tx, {
        tenantId,
        actor: { id, type: 'Member' },
        action: 'connection.read-by-member',
        gatewayId,
        subject: { type: 'gateway', id: gatewayId },
      });
    });
  }
}
