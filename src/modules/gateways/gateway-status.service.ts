import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { RelayBroker } from '../../relay-broker/relay-broker.js';
import { GatewayStatesService, type NamedGatewayState } from './gateway-states.service.js';
import { GatewaysService } from './gateways.service.js';
import type { RouteMember } from './gateways.types.js';
import { isOnline } from './health.policy.js';
import { LinksService } from './links.service.js';

/** A member that is there answers within milliseconds; one whose link just broke is back within this time. */
const PROBE_MS = 5_000;

/** Why a member takes no work. */
export type MemberProblem = 'disabled' | 'unreachable';

export interface MemberStatus {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  /** Undefined for a member that answered. */
  readonly problem: MemberProblem | undefined;
}

/** How the members of a gateway are, asked just now. */
export interface GatewayStatus {
  readonly gatewayId: string;
  /** Whether one of those asked about can be reached. */
  readonly isOnline: boolean;
  readonly members: readonly MemberStatus[];
}

/** A question that its asker may ask. */
export interface StatusQuestion {
  readonly tenantId: string;
  readonly gateway: NamedGatewayState;
  readonly members: readonly RouteMember[];
}

/** Asks members over the relay whether they are there. */
@Injectable()
export class GatewayStatusService {
  constructor(
    private readonly gateways: GatewaysService,
    private readonly states: GatewayStatesService,
    private readonly links: LinksService,
    private readonly broker: RelayBroker,
  ) {}

  /**
   * @param memberId the only member to ask about; undefined: all
   * @throws DomainError GATEWAY_NOT_FOUND, MEMBER_NOT_FOUND, ROLE_MISSING
   */
  async question(caller: Caller, gatewayId: string, memberId?: string): Promise<StatusQuestion> {
    const { id } = await this.gateways.get(caller, gatewayId);
    const { tenantId } = caller;
    const gateway = await this.states.get(tenantId, id);
    if (memberId === undefined) return { tenantId, gateway, members: gateway.members };
    const member = gateway.members.find((one) => one.id === memberId.toLowerCase());
    if (!member) throw new DomainError('MEMBER_NOT_FOUND', { memberId });
    return { tenantId, gateway, members: [member] };
  }

  /** Takes as long as a silent member may take to answer. @throws DomainError BROKER_UNAVAILABLE */
  async ask(question: StatusQuestion): Promise<GatewayStatus> {
    const { gateway, members } = question;
    const there = await this.answering(question);
    const asked = members.map((member) => ({
      id: member.id,
      name: member.name,
      version: member.version,
      problem: !member.enabled ? ('disabled' as const) : there.has(member.id) ? undefined : ('unreachable' as const),
    }));
    return { gatewayId: gateway.id, isOnline: asked.some(({ problem }) => problem === undefined), members: asked };
  }

  /** Only those that were heard of lately are asked: the others would only be waited for. */
  private async answering({ tenantId, gateway, members }: StatusQuestion): Promise<ReadonlySet<string>> {
    const now = new Date();
    const hopeful = members.filter(
      (member) => member.enabled && member.connectedEpoch === gateway.epoch && isOnline(member, now),
    );
    if (hopeful.length === 0) return new Set();
    const { id, epoch, namespace } = gateway;
    try {
      const link = await this.links.link({ id, tenantId, epoch, namespace });
      return await this.broker.probe(
        link,
        hopeful.map((member) => member.id),
        PROBE_MS,
      );
    } catch (error) {
      if (error instanceof DomainError && error.code === 'GATEWAY_OFFLINE') return new Set();
      throw error;
    }
  }
}
