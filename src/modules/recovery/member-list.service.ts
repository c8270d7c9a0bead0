import { Injectable } from '@nestjs/common';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { MemberList } from '../../contract/recovery.js';
import type { AuthenticatedMember } from '../gateways/gateways.types.js';
import { RecoverySetupService } from './recovery-setup.service.js';
import { writtenKeys } from './signature.policy.js';

/** Tells members of each other, with what they need to judge for themselves who is one. */
@Injectable()
export class MemberListService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly setups: RecoverySetupService,
  ) {}

  /** All members of the caller's gateway, itself included, certified or not. @throws DomainError VAULT_UNAVAILABLE */
  async list({ tenantId, gatewayId }: AuthenticatedMember): Promise<MemberList> {
    const { current, handovers } = await this.setups.proofKeys(tenantId, gatewayId);
    const rows = await this.prisma.member.findMany({
      where: { tenantId, gatewayId },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      select: { id: true, name: true, identityKey: true, receivingKey: true, certificate: true },
    });
    return {
      members: rows.map(({ id, name, identityKey, receivingKey, certificate }) => ({
        id,
        name,
        keys: writtenKeys({ identity: identityKey, receiving: receivingKey }),
        ...(certificate !== null && { certificate: write(certificate) }),
      })),
      proofKey: write(current),
      handovers: handovers.map(({ proofKey, recoveryKey, salt, signature }) => ({
        proofKey: write(proofKey),
        recoveryKey: write(recoveryKey),
        salt: write(salt),
        signature: write(signature),
      })),
    };
  }
}

function write(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}
