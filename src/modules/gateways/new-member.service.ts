import { Injectable } from '@nestjs/common';
import { DomainError } from '../../common/errors/domain-error.js';
import type { Transaction } from '../../common/prisma/transaction.js';
import type { RegistrationRequest } from '../../contract/registration.js';
import { refusedAs } from '../administrators/refused-write.policy.js';
import { assertModest } from './capabilities.policy.js';
import { lockGateway } from './gateway-lock.js';
import { RegistrationSecretsService } from './registration-secrets.service.js';
import { isReceivingKey } from './seal-to-member.js';

/** Members of one gateway (Fabric's limit). */
export const MAX_MEMBERS = 10;

/** Above zero, so that what others want of the members of its gateway is asked for from its first heartbeat on. */
const FIRST_REVISION = 1;

/** A machine that becomes a member. */
export interface NewMember {
  readonly tenantId: string;
  readonly gatewayId: string;
  readonly memberId: string;
  readonly member: RegistrationRequest['member'];
  /** Signature of the gateway's proof key over the member's keys, base64url. */
  readonly certificate?: string | undefined;
  /** Fingerprint of its machine, where it was taken before the transaction began. */
  readonly machine?: Uint8Array<ArrayBuffer>;
}

/** Writes members. Whether they may become one is the caller's question. */
@Injectable()
export class NewMemberService {
  constructor(private readonly secrets: RegistrationSecretsService) {}

  /** @throws DomainError GATEWAY_NOT_FOUND, MEMBERS_FULL, MEMBER_ALREADY_ON_MACHINE, VALIDATION_FAILED, PAYLOAD_TOO_LARGE */
  async create(
    tx: Transaction,
    { tenantId, gatewayId, memberId, member, certificate, ...known }: NewMember,
  ): Promise<void> {
    assertModest(member.capabilities);
    const identityKey = raw(member.keys.identity);
    const receivingKey = raw(member.keys.receiving);
    if (member.keys.identity === member.keys.receiving || !(await isReceivingKey(receivingKey))) {
      throw new DomainError('VALIDATION_FAILED', {
        path: 'member.keys',
        problem: 'two different keys, Ed25519 and X25519',
      });
    }
    const machine = known.machine ?? (await this.secrets.machineFingerprint(tenantId, member.machine));
    await lockGateway(tx, tenantId, gatewayId);
    const members = await tx.member.count({ where: { gatewayId, tenantId } });
    if (members >= MAX_MEMBERS) throw new DomainError('MEMBERS_FULL', { gatewayId, limit: MAX_MEMBERS });
    const { name, version, capabilities } = member;
    const data = { id: memberId, tenantId, gatewayId, name, identityKey, receivingKey, machine, version, capabilities };
    await tx.member
      .create({
        data: {
          ...data,
          revision: FIRST_REVISION,
          ...(certificate === undefined ? {} : { certificate: raw(certificate) }),
        },
        select: { id: true },
      })
      .catch(refusedAs({ taken: new DomainError('MEMBER_ALREADY_ON_MACHINE') }));
  }
}

function raw(base64url: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(base64url, 'base64url'));
}
