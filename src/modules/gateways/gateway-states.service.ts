import { Injectable } from '@nestjs/common';
import { DomainError } from '../../common/errors/domain-error.js';
import { isIdentifier } from '../../common/identifier.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { capabilitiesSchema } from '../../contract/capabilities.js';
import type { Prisma } from '../../generated/prisma/client.js';
import type { GatewayState, RouteMember } from './gateways.types.js';

const STATE = {
  id: true,
  name: true,
  region: true,
  namespace: true,
  sealingKeyId: true,
  epoch: true,
  loadBalancing: true,
  members: {
    select: {
      id: true,
      name: true,
      enabled: true,
      draining: true,
      drainDeadline: true,
      receiving: true,
      conditions: true,
      flaps: true,
      flapsSince: true,
      lastHeartbeatAt: true,
      connectedEpoch: true,
      version: true,
      capabilities: true,
      keyIds: true,
      createdAt: true,
    },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  },
} satisfies Prisma.GatewaySelect;

/** A gateway with the state of its members, as the rules of liveness want it. */
export interface NamedGatewayState extends GatewayState<RouteMember> {
  readonly name: string;
  readonly region: string;
  readonly namespace: string;
  readonly sealingKeyId: string;
}

/** Tells how gateways and their members are. */
@Injectable()
export class GatewayStatesService {
  constructor(private readonly prisma: PrismaService) {}

  /** @throws DomainError GATEWAY_NOT_FOUND, also for another tenant's gateway, so that ids cannot be probed */
  async get(tenantId: string, gatewayId: string): Promise<NamedGatewayState> {
    const row = isIdentifier(gatewayId)
      ? await this.prisma.gateway.findFirst({ where: { id: gatewayId, tenantId }, select: STATE })
      : null;
    if (!row) throw new DomainError('GATEWAY_NOT_FOUND', { gatewayId });
    const members = row.members.map(({ drainDeadline, ...member }) => ({
      ...member,
      draining: member.draining || drainDeadline !== null,
      capabilities: capabilitiesSchema.parse(member.capabilities),
    }));
    return { ...row, members };
  }
}
