import { Injectable } from '@nestjs/common';
import { DomainError } from '../../common/errors/domain-error.js';
import { isIdentifier } from '../../common/identifier.js';
import type { OperationName } from '../../contract/operations.js';
import type { SourceKind } from '../../contract/targets.js';
import { ConnectionsService } from '../connections/connections.service.js';
import type { BoundEnvironment, ConnectionRoute } from '../connections/connections.types.js';
import { EnvironmentsService } from '../environments/environments.service.js';
import { LicencesService } from '../licences/licences.service.js';
import type { Verdict } from '../licences/licences.types.js';
import { TenantPolicyService } from '../tenant-policy/tenant-policy.service.js';
import type { Principal, RequestFacts } from './admission.types.js';

/** What somebody wants to do with a connection. */
export interface RequestWish {
  readonly operation: OperationName;
  /** Bare id of the environment named; undefined takes the only one the connection is bound to. */
  readonly environmentId?: string | undefined;
}

/** Finds out what the rules need to know about a request. Judging is left to them. */
@Injectable()
export class AdmissionService {
  constructor(
    private readonly connections: ConnectionsService,
    private readonly licences: LicencesService,
    private readonly environments: EnvironmentsService,
    private readonly policies: TenantPolicyService,
  ) {}

  /**
   * @param kind what the caller takes the connection for; another kind is not found
   * @throws DomainError CONNECTION_NOT_FOUND, also for another tenant's, so that ids cannot be probed
   */
  async route(principal: Principal, connectionId: string, kind?: SourceKind): Promise<ConnectionRoute> {
    const route = await this.connections.route(principal, connectionId);
    if (kind === undefined || route.connection.kind === kind) return route;
    throw new DomainError('CONNECTION_NOT_FOUND', { connectionId });
  }

  async facts(principal: Principal, route: ConnectionRoute, wish: RequestWish): Promise<RequestFacts> {
    const { tenantId } = principal;
    const [policy, licence, environment] = await Promise.all([
      this.policies.get(tenantId),
      this.licence(principal),
      this.environment(tenantId, wish.environmentId, route),
    ]);
    const { operation } = wish;
    return {
      route,
      gateway: route.gateway,
      kind: route.connection.kind,
      policy,
      licence,
      environment,
      operation,
      now: new Date(),
    };
  }

  /** The verdict, or why there is none. */
  licence(principal: Principal): Promise<Verdict | DomainError> {
    return settled(this.licences.verdictFor(principal.tenantId, principal));
  }

  /** An environment of the tenant, or why it is none. */
  async place(tenantId: string, environmentId: string): Promise<BoundEnvironment | DomainError> {
    const id = environmentId.toLowerCase();
    if (!isIdentifier(id)) return new DomainError('ENVIRONMENT_NOT_FOUND', { environmentId });
    return settled(this.environments.get(tenantId, id));
  }

  private async environment(
    tenantId: string,
    environmentId: string | undefined,
    { connection, environments }: ConnectionRoute,
  ): Promise<BoundEnvironment | DomainError> {
    if (environmentId === undefined) {
      const [only, ...others] = environments;
      if (only && others.length === 0) return only;
      return new DomainError('ENVIRONMENT_REQUIRED', { connectionId: connection.id, bound: environments.length });
    }
    const wanted = environmentId.toLowerCase();
    return environments.find(({ id }) => id === wanted) ?? this.place(tenantId, environmentId);
  }
}

/** An expected failure is a fact too; anything else goes on as it is. */
function settled<T>(asking: Promise<T>): Promise<T | DomainError> {
  return asking.catch((error: unknown) => {
    if (error instanceof DomainError) return error;
    throw error;
  });
}
