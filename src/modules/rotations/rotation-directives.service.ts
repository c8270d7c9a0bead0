import { Injectable, type OnModuleInit } from '@nestjs/common';
import { BoundedCache } from '../../common/bounded-cache.js';
import { Changes } from '../../common/prisma/changes.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Directive } from '../../contract/directive.js';
import { DirectivesService, type DirectedMember } from '../gateways/directives.service.js';

/** Which key members reported is at most this old. */
const KNOWN_MS = 15_000;
const MAX_GATEWAYS = 10_000;

interface Standing {
  readonly rotation: { readonly id: string; readonly isOver: boolean; readonly leads: string | undefined };
  readonly currentKeyId: string;
  /** Ids of the sealing keys that each member said it holds. */
  readonly held: ReadonlyMap<string, readonly string[]>;
}

/** Tells members of a rotation: all of them while it is under way, afterwards those that still have the wrong keys. */
@Injectable()
export class RotationDirectives implements OnModuleInit {
  private readonly known = new BoundedCache<string, Promise<Standing | undefined>>(MAX_GATEWAYS, KNOWN_MS);

  constructor(
    private readonly prisma: PrismaService,
    private readonly directives: DirectivesService,
    changes: Changes,
  ) {
    changes.on('gateway', (id) => (id === '*' ? this.known.clear() : this.known.delete(id)));
  }

  onModuleInit(): void {
    this.directives.contribute('rotation', (member) => this.of(member));
  }

  async of({ id, tenantId, gatewayId }: DirectedMember): Promise<Directive['rotation']> {
    const standing = await this.look(tenantId, gatewayId);
    if (!standing) return undefined;
    const { rotation, currentKeyId } = standing;
    const held = standing.held.get(id) ?? [];
    const isUpToDate = held.every((keyId) => keyId === currentKeyId);
    const leads = rotation.leads === id;
    // Also when it is over somebody may lead it: to hand the key out once more.
    if (rotation.isOver && isUpToDate && !leads) return undefined;
    return { rotationId: rotation.id, leads };
  }

  private look(tenantId: string, gatewayId: string): Promise<Standing | undefined> {
    const known = this.known.get(gatewayId);
    if (known) return known;
    const loading = this.load(tenantId, gatewayId);
    this.known.set(gatewayId, loading);
    loading.catch(() => this.known.delete(gatewayId));
    return loading;
  }

  private async load(tenantId: string, gatewayId: string): Promise<Standing | undefined> {
    const rotation = await this.prisma.rotation.findFirst({
      where: { tenantId, gatewayId, state: { not: 'superseded' } },
      orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
      select: { id: true, underWay: true, leaderId: true, gateway: { select: { sealingKeyId: true } } },
    });
    if (!rotation) return undefined;
    const members = await this.prisma.member.findMany({
      where: { tenantId, gatewayId },
      select: { id: true, keyIds: true },
    });
    return {
      rotation: { id: rotation.id, isOver: rotation.underWay === null, leads: rotation.leaderId ?? undefined },
      currentKeyId: rotation.gateway.sealingKeyId,
      held: new Map(members.map(({ id, keyIds }) => [id, keyIds])),
    };
  }
}
