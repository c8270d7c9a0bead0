import { Injectable, Logger } from '@nestjs/common';
import { DomainError } from '../../common/errors/domain-error.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { RelayBroker } from '../../relay-broker/relay-broker.js';
import { LinksService } from './links.service.js';

/** Asks members over the relay to fetch what is wanted of them now, instead of at their next heartbeat. */
@Injectable()
export class MemberCallService {
  private readonly log = new Logger(MemberCallService.name);

  constructor(
    private readonly prisma: PrismaService,
    private readonly links: LinksService,
    private readonly broker: RelayBroker,
  ) {}

  /** Best effort: what is missed, the next heartbeat brings. Call it after the commit. */
  async refresh(tenantId: string, gatewayId: string, memberIds: readonly string[]): Promise<void> {
    try {
      const gateway = await this.prisma.gateway.findFirst({
        where: { id: gatewayId, tenantId },
        select: { id: true, tenantId: true, epoch: true, namespace: true },
      });
      if (gateway) await this.broker.notify(await this.links.link(gateway), memberIds);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      this.log.debug({ event: 'member.not-called', gatewayId, code: error.code });
    }
  }
}
