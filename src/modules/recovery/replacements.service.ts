import { Injectable } from '@nestjs/common';
import { DomainError } from '../../common/errors/domain-error.js';
import type { Transaction } from '../../common/prisma/transaction.js';
import { GatewayRolesService } from '../administrators/gateway-roles.service.js';
import type { AuditRecord } from '../audit/audit.types.js';
import { EpochsService } from '../gateways/epochs.service.js';
import { FormerMembersService } from '../gateways/former-members.service.js';
import { isOnline } from '../gateways/health.policy.js';
import { JoinTokensService } from '../gateways/join-tokens.service.js';
import { NewMemberService } from '../gateways/new-member.service.js';
import { invalid } from './admission.policy.js';
import type { AdmittedGateway, Newcomer } from './newcomer.types.js';
import { noteProven } from './proven-gateway.js';

/** In which way, and whose place is taken; undefined: that of the member on the same machine, or of nobody. */
export interface Replacement {
  readonly operation: 'restore' | 'takeover';
  readonly replaces: string | undefined;
}

interface Replaced {
  readonly id: string;
  readonly name: string;
  readonly wasOnline: boolean;
}

/** Puts a new member in the place of an old one, which is cut off at once, working or not. Connections stay as they are. */
@Injectable()
export class ReplacementsService {
  constructor(
    private readonly epochs: EpochsService,
    private readonly members: NewMemberService,
    private readonly former: FormerMembersService,
    private readonly joinTokens: JoinTokensService,
    private readonly roles: GatewayRolesService,
  ) {}

  /**
   * @throws DomainError GATEWAY_NOT_FOUND, CHALLENGE_EXPIRED, MEMBER_NOT_FOUND, VALIDATION_FAILED, MEMBER_ALREADY_ON_MACHINE,
   * REGISTRATION_EXPIRED, BROKER_UNAVAILABLE
   */
  async replace(newcomer: Newcomer, replacement: Replacement): Promise<AdmittedGateway> {
    const { registrant, gatewayId, memberId, member, certificate } = newcomer;
    const { tenantId, joinToken } = registrant;
    let admitted: AdmittedGateway | undefined;
    await this.epochs.change(tenantId, gatewayId, async (tx) => {
      admitted = await noteProven(tx, newcomer);
      if (joinToken) await this.joinTokens.consume(tx, joinToken);
      const replaced = await this.remove(tx, newcomer, replacement.replaces);
      await this.members.create(tx, { tenantId, gatewayId, memberId, member, certificate });
      if (replacement.operation === 'takeover') await this.makeAdministrator(tx, newcomer);
      return [
        ...(joinToken ? [this.joinTokens.consumed(joinToken, gatewayId)] : []),
        recordOf(newcomer, replacement, replaced),
      ];
    });
    if (!admitted) throw new Error('an epoch changed without its work');
    return admitted;
  }

  private async remove(
    tx: Transaction,
    { registrant, gatewayId, machine }: Newcomer,
    replaces: string | undefined,
  ): Promise<Replaced | undefined> {
    const { tenantId } = registrant;
    const members = await tx.member.findMany({
      where: { tenantId, gatewayId },
      select: { id: true, name: true, machine: true, lastHeartbeatAt: true },
    });
    const old = members.find((one) =>
      replaces === undefined ? Buffer.compare(one.machine, machine) === 0 : one.id === replaces.toLowerCase(),
    );
    if (!old && replaces !== undefined) throw new DomainError('MEMBER_NOT_FOUND', { memberId: replaces });
    if (!old) {
      if (members.length > 0 && !(await isTaken(tx, tenantId, machine))) {
        throw invalid('replaces', 'name the member whose place this machine takes');
      }
      return undefined;
    }
    const { id, name } = old;
    await tx.member.deleteMany({ where: { id, tenantId } });
    await this.former.note(tx, { memberId: id, tenantId, gatewayId, name, reason: 'replaced' });
    return { id, name, wasOnline: isOnline(old, new Date()) };
  }

  /** A role of their own, also for who holds it through a group: groups change behind one's back. */
  private async makeAdministrator(tx: Transaction, { registrant, gatewayId }: Newcomer): Promise<void> {
    const { tenantId, principal } = registrant;
    await tx.gatewayRole.deleteMany({ where: { tenantId, gatewayId, principalId: principal.id } });
    await this.roles.grant(tx, { tenantId, gatewayId, principal, role: 'Admin', allowedKinds: undefined });
  }
}

/** Then writing the new member says so, and better. */
async function isTaken(tx: Transaction, tenantId: string, machine: Uint8Array<ArrayBuffer>): Promise<boolean> {
  return (await tx.member.findFirst({ where: { tenantId, machine }, select: { id: true } })) !== null;
}

function recordOf({ registrant, ...newcomer }: Newcomer, { operation }: Replacement, old?: Replaced): AuditRecord {
  const { gatewayId, memberId, member } = newcomer;
  const { tenantId, principal, joinToken } = registrant;
  return {
    tenantId,
    actor: principal,
    action: operation === 'takeover' ? 'gateway.taken-over' : 'member.restored',
    gatewayId,
    subject: { type: 'member', id: memberId },
    details: {
      name: member.name,
      unattended: joinToken !== undefined,
      ...(old && { replaced: old.id, replacedName: old.name, oldWasOnline: old.wasOnline }),
    },
  };
}
