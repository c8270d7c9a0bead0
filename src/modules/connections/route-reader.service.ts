import { Injectable } from '@nestjs/common';
import { BoundedCache } from '../../common/bounded-cache.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { Changes } from '../../common/prisma/changes.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { isIdentifier } from '../../common/identifier.js';
import { GATEWAY_ROLES } from '../administrators/gateway-roles.types.js';
import { GroupsService } from '../identity/groups.service.js';
import { effectiveConnectionRole } from './connection-roles.policy.js';
import type { ConnectionRoute } from './connections.types.js';
import { queryRoute } from './route-query.js';
import { StoredCredentialsService } from './stored-credentials.service.js';

/** Long enough that a busy flow asks the database a few times a minute, short enough for a lost notification. */
const ROUTE_TTL_MS = 2_000;
const MAX_ROUTES = 10_000;

/** Whose route: the principal's, own roles and those of their groups. */
export interface RouteReader {
  readonly tenantId: string;
  readonly id: string;
  readonly type: 'User' | 'ServicePrincipal';
}

/** Reads what a flow request needs to know, and remembers it for a moment. */
@Injectable()
export class RouteReaderService {
  private readonly routes = new BoundedCache<string, ConnectionRoute>(MAX_ROUTES, ROUTE_TTL_MS);
  /** Reads under way, so that many callers of one busy connection cause one query. */
  private readonly pending = new Map<string, Promise<ConnectionRoute>>();
  /** Counts invalidations: what was read before one is not remembered after it. */
  private generation = 0;

  constructor(
    private readonly prisma: PrismaService,
    private readonly credentials: StoredCredentialsService,
    private readonly groups: GroupsService,
    changes: Changes,
  ) {
    changes.on('connection', (id) => this.forget((route) => route.connection.id === id || id === '*'));
    changes.on('gateway', (id) => this.forget((route) => route.gateway.id === id || id === '*'));
    changes.on('environment', (id) =>
      this.forget((route) => id === '*' || route.environments.some((environment) => environment.id === id)),
    );
  }

  /** @throws DomainError CONNECTION_NOT_FOUND */
  async read(reader: RouteReader, connectionId: string): Promise<ConnectionRoute> {
    const name = `${reader.tenantId} ${reader.id} ${connectionId}`;
    const known = this.routes.get(name);
    if (known) return known;
    const underWay = this.pending.get(name);
    if (underWay) return underWay;
    const reading = this.load(name, reader, connectionId).finally(() => {
      if (this.pending.get(name) === reading) this.pending.delete(name);
    });
    this.pending.set(name, reading);
    return reading;
  }

  forgetConnection(connectionId: string): void {
    this.forget((route) => route.connection.id === connectionId);
  }

  private forget(matches: (route: ConnectionRoute) => boolean): void {
    this.generation += 1;
    this.pending.clear();
    this.routes.deleteWhere(matches);
  }

  private async load(name: string, reader: RouteReader, connectionId: string): Promise<ConnectionRoute> {
    const { generation } = this;
    const { tenantId } = reader;
    const holders = await this.groups.holdersOf(reader);
    const row = isIdentifier(connectionId)
      ? await queryRoute(this.prisma, { tenantId, holderIds: holders.ids, connectionId })
      : null;
    if (!row) throw new DomainError('CONNECTION_NOT_FOUND', { connectionId });
    const credential = row.credential
      ? await this.credentials.unwrap({ id: row.id, tenantId }, row.credential)
      : undefined;
    const route: ConnectionRoute = {
      connection: {
        id: row.id,
        tenantId,
        displayName: row.displayName,
        kind: row.kind,
        target: row.target,
        credentialType: row.credentialType,
        encryption: row.encryption,
        credential,
        sealingKeyId: row.sealingKeyId ?? undefined,
        isSetAside: row.isSetAside,
      },
      gateway: {
        id: row.gatewayId,
        tenantId,
        name: row.gatewayName,
        sealingKeyId: row.currentKeyId,
        region: row.region,
        namespace: row.namespace,
        epoch: row.epoch,
        loadBalancing: row.loadBalancing,
        members: row.members,
      },
      grant: {
        connectionRole: effectiveConnectionRole(row.connectionRoles),
        gatewayRole: GATEWAY_ROLES.find((role) => row.gatewayRoles.includes(role)) ?? null,
        isComplete: holders.isComplete,
      },
      environments: row.environments,
    };
    if (generation === this.generation) this.routes.set(name, route);
    return route;
  }
}
