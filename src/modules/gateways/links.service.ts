import { Injectable, Logger } from '@nestjs/common';
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

/** A link whose keys may yet become more. */
interface LoadedLink extends GatewayLink {
  readonly replyKeys: Map<string, Uint8Array>;
}

interface Kept {
  readonly gateway: LinkedGateway;
  readonly link: Promise<LoadedLink>;
}

/** Keeps the session keys of gateways at hand, opened. */
@Injectable()
export class LinksService {
  private readonly log = new Logger(LinksService.name);
  private readonly links = new BoundedCache<string, Kept>(MAX_LINKS, LINK_TTL_MS);

  constructor(
    private readonly prisma: PrismaService,
    private readonly tenantKeys: TenantKeys,
    changes: Changes,
  ) {
    changes.on('gateway', (id) => this.changed(id));
  }

  /** @throws DomainError GATEWAY_OFFLINE when the epoch has no keys any more */
  link(gateway: LinkedGateway): Promise<GatewayLink> {
    const name = `${gateway.id} ${gateway.epoch} ${gateway.tenantId} ${gateway.namespace}`;
    const known = this.links.get(name);
    if (known) return known.link;
    const link = this.load(gateway);
    this.links.set(name, { gateway, link });
    link.catch(() => this.links.delete(name));
    return link;
  }

  /** Everything may have changed: what is asked for next is read anew. Else the keys at hand are brought up to date. */
  private changed(gatewayId: string): void {
    if (gatewayId === '*') return this.links.clear();
    this.links.deleteWhere((kept, name) => {
      if (!name.startsWith(`${gatewayId} `)) return false;
      void this.complete(kept);
      return true;
    });
  }

  /**
   * A member that joined may take a request that was sent before: its key is added where the request under way looks for
   * it. Within an epoch keys are only added; who leaves ends the epoch.
   */
  private async complete({ gateway, link }: Kept): Promise<void> {
    try {
      const { replyKeys } = await link;
      const now = await this.link(gateway);
      if (now.replyKeys.size > replyKeys.size) for (const [id, key] of now.replyKeys) replyKeys.set(id, key);
    } catch (error) {
      this.log.debug({ event: 'link.not-completed', gatewayId: gateway.id, reason: String(error).slice(0, 300) });
    }
  }

  private async load({ id: gatewayId, tenantId, epoch, namespace }: LinkedGateway): Promise<LoadedLink> {
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
