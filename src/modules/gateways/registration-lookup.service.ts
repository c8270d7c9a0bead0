import { Injectable } from '@nestjs/common';
import { DomainError } from '../../common/errors/domain-error.js';
import { ReplicaIdentity } from '../../common/keys/replica-identity.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { AppConfig } from '../../config/env.js';
import type { RegistrationRequest, RegistrationResponse } from '../../contract/registration.js';
import { assertRegistrable } from './registration.policy.js';

/** Tells agents what came of registrations whose answers they never saw. */
@Injectable()
export class RegistrationLookupService {
  constructor(
    private readonly config: AppConfig,
    private readonly prisma: PrismaService,
    private readonly identity: ReplicaIdentity,
  ) {}

  /**
   * The answer to a registration, again. The proof in it says that the caller holds the identity key, which is all that a
   * member is known by: whoever has it may ask for tokens, too.
   *
   * @throws DomainError VALIDATION_FAILED, PAYLOAD_TOO_LARGE, MEMBER_NOT_FOUND where nothing came of it
   */
  async find(request: RegistrationRequest): Promise<RegistrationResponse> {
    const { issuer } = this.config;
    await assertRegistrable(issuer, request);
    const member = await this.byIdentity(request.member.keys.identity);
    if (!member) throw new DomainError('MEMBER_NOT_FOUND', {});
    const { id: memberId, tenantId, gatewayId, gateway } = member;
    return { tenantId, gatewayId, memberId, region: gateway.region, issuer, root: this.identity.root() };
  }

  /** No tenant in the query: the key, which the caller has proved to hold, is what tells it. */
  private byIdentity(identity: string) {
    return this.prisma.member.findFirst({
      where: { identityKey: Uint8Array.from(Buffer.from(identity, 'base64url')) },
      select: { id: true, tenantId: true, gatewayId: true, gateway: { select: { region: true } } },
    });
  }
}
