import { Injectable } from '@nestjs/common';
import { BoundedCache } from '../../common/bounded-cache.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { Changes } from '../../common/prisma/changes.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { GatewayLink } from '../../relay-broker/relay-broker.js';
import { TenantKeys } from '../identity/tenant-keys.service.js';
import { REQUEST_KEY_MEMBER, sessionKeyPurpose } from './session-keys.js';

/** Session keys hold for a whole epoch, so they are forgotten on a change rather than by age; this bounds a lost notification. */
const LINK_TTL_MS = 10 * 60_000;
const MAX_LINKS = 10_000;

/** What must be known of a gateway to reach it. */
export interface LinkedGateway {
  readonly id: string;
  readonly tenantId: string;
  readonly epoch: number;
  readonly namespace: string;
}

/** Keeps the session keys of gateways at hand, opened. */
@Injectable()
export class LinksService {
  private readonly links = new BoundedCache<string, Promise<GatewayLink>>(MAX_LINKS, LINK_TTL_MS);

  constructor(
    private readonly prisma: PrismaService,
    private readonly tenantKeys: TenantKeys,
    changes: Changes,
  ) {
    changes.on('gateway', (id) => this.links.deleteWhere((_link, name) => id === '*' || name.startsWith(`${id} `)));
  }

  /** @throws DomainError GATEWAY_OFFLINE when the epoch has no keys any more */
  link(gateway: LinkedGateway): Promise<GatewayLink> {
    const name = `${gateway.id} ${gateway.epoch} ${gateway.tenantId} ${gateway.namespace}`;
    const known = this.links.get(name);
    if (known) return known;
    const loading = this.load(gateway);
    this.links.set(name, loading);
    loading.catch(() => this.links.delete(name));
    return loading;
  }

  private async load({ id: gatewayId, tenantId, epoch, namespace }: LinkedGateway): Promise<GatewayLink> {
    const rows = await this.prisma.sessionKey.findMany({
      where: { gatewayId, tenantId, epoch },
      select: { memberId: true, sealed: true },
    });
    const keys = await Promise.all(
      rows.map(async ({ memberId, sealed }) => {
        const key = await this.tenantKeys.open(tenantId, sessionKeyPurpose(gatewayId, epoch, memberId), sealed);
        return [memberId, key] as const;
      }),
    );
    const replyKeys = new Map<string, Uint8Array>(keys);
    const requestKey = replyKeys.get(REQUEST_KEY_MEMBER);
    if (!requestKey) throw new DomainError('GATEWAY_OFFLINE', { gatewayId, epoch });
    replyKeys.delete(REQUEST_KEY_MEMBER);
    return { gatewayId, epoch, namespace, requestKey, replyKeys };
  }
}
