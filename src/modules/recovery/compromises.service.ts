import { Injectable, Logger } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { isIdentifier } from '../../common/identifier.js';
import type { Transaction } from '../../common/prisma/transaction.js';
import { EpochsService } from '../gateways/epochs.service.js';
import { FormerMembersService } from '../gateways/former-members.service.js';
import { CompromiseStatusService } from './compromise-status.service.js';
import { ExposuresService } from './exposures.service.js';
import { RecoveryAccess } from './recovery-access.service.js';
import { RecoveryWatchService } from './recovery-watch.service.js';
import type { Compromise } from './recovery.types.js';
import { RotationStarter } from './rotation-starter.types.js';

interface RevokedMember {
  readonly id: string;
  readonly tenantId: string;
  readonly gatewayId: string;
}

/** Revokes members that somebody else may have got hold of, with everything they knew. */
@Injectable()
export class CompromisesService {
  private readonly log = new Logger(CompromisesService.name);

  constructor(
    private readonly access: RecoveryAccess,
    private readonly epochs: EpochsService,
    private readonly former: FormerMembersService,
    private readonly exposures: ExposuresService,
    private readonly rotations: RotationStarter,
    private readonly statuses: CompromiseStatusService,
    private readonly watch: RecoveryWatchService,
  ) {}

  /**
   * Ends the member's keys at once; has the sealing key rotated without grace; notes the passwords it could have opened;
   * asks for a change of the recovery key. The first part happens or fails, and does not wait for the relay; the others
   * then follow from it, and the answer says what is pending.
   *
   * @throws DomainError GATEWAY_NOT_FOUND, MEMBER_NOT_FOUND, NOT_ADMINISTRATOR, VAULT_UNAVAILABLE, IDENTITY_UNAVAILABLE
   */
  async revoke(caller: Caller, gatewayId: string, memberId: string): Promise<Compromise> {
    const { tenantId } = caller;
    const id = await this.access.assertAdministers(caller, gatewayId);
    if (!isIdentifier(memberId)) throw new DomainError('MEMBER_NOT_FOUND', { memberId });
    const member: RevokedMember = { id: memberId.toLowerCase(), tenantId, gatewayId: id };
    let exposures = 0;
    const { epoch } = await this.epochs.changeAtOnce(tenantId, id, async (tx) => {
      const name = await this.remove(tx, member);
      exposures = await this.exposures.open(tx, member);
      return [
        {
          tenantId,
          actor: caller,
          action: 'member.compromised',
          gatewayId: id,
          subject: { type: 'member', id: member.id },
          details: { name, exposures },
        },
      ];
    });
    await this.watch.noticed(tenantId, id);
    await this.rotate(member, caller);
    const pending = await this.statuses.pendingOf(member);
    return { memberId: member.id, epoch, exposures, isRotationStarted: !pending.includes('rotation'), pending };
  }

  private async remove(tx: Transaction, { id, tenantId, gatewayId }: RevokedMember): Promise<string> {
    const [row] = await tx.member.findMany({ where: { id, tenantId, gatewayId }, select: { name: true } });
    if (!row) throw new DomainError('MEMBER_NOT_FOUND', { memberId: id });
    await tx.member.deleteMany({ where: { id, tenantId } });
    await this.former.note(tx, { memberId: id, tenantId, gatewayId, name: row.name, reason: 'compromised' });
    return row.name;
  }

  /** The member is revoked whatever becomes of this: whoever rotates looks for what was not started. */
  private async rotate(member: RevokedMember, caller: Caller): Promise<void> {
    const { tenantId, gatewayId } = member;
    try {
      const at = await this.statuses.revokedAt(member);
      await this.rotations.startAfter({ tenantId, gatewayId, at }, caller);
    } catch (error) {
      this.log.error({ event: 'compromise.rotation-not-started', gatewayId, reason: String(error).slice(0, 300) });
    }
  }
}
