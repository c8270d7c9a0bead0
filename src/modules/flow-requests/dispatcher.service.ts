import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { OPERATIONS_BY_KIND } from '../../contract/capabilities.js';
import { assertMayTest, assertMayUse } from '../connections/connection-roles.policy.js';
import { ConnectionsService } from '../connections/connections.service.js';
import type { BoundEnvironment, ConnectionRoute } from '../connections/connections.types.js';
import { isIdentifier } from '../administrators/identifier.policy.js';
import { EnvironmentsService } from '../environments/environments.service.js';
import { assertRegionServed } from '../environments/regions.policy.js';
import { assertHealthy } from '../gateways/health.policy.js';
import { LicencesService } from '../licences/licences.service.js';
import { DeliveryService } from './delivery.service.js';
import type { FlowRecord } from './flow-record.js';
import type { FlowReply, FlowRequest } from './flow-requests.types.js';
import { RequestLogService } from './request-log.service.js';

export type { ClientContext, FlowReply, FlowRequest } from './flow-requests.types.js';

/** The main job: a request of an app or flow, judged and sent to the data source behind a gateway. */
@Injectable()
export class DispatcherService {
  constructor(
    private readonly connections: ConnectionsService,
    private readonly licences: LicencesService,
    private readonly environments: EnvironmentsService,
    private readonly delivery: DeliveryService,
    private readonly log: RequestLogService,
  ) {}

  /**
   * Refuses in this order, and nothing reaches the relay before the last rule: visible? → licence → role → environment →
   * region → health. Then sends.
   *
   * @returns as soon as the first words of the answer are here
   * @throws DomainError CONNECTION_NOT_FOUND, LICENCE_REQUIRED, LICENCE_UNAVAILABLE, ROLE_MISSING, ENVIRONMENT_NOT_FOUND,
   * ENVIRONMENT_REQUIRED, REGION_MISMATCH, OPERATION_UNSUPPORTED, GATEWAY_OFFLINE, GATEWAY_TOO_OLD; for writes with a key
   * KEY_REUSED, REQUEST_REPEATED; whatever happens on the way
   */
  async dispatch(caller: Caller, request: FlowRequest): Promise<FlowReply> {
    const record = this.log.begin(caller, request);
    try {
      const route = await this.visibleRoute(caller, request, record);
      await this.licences.assertGatewayAccess(caller);
      assertMayUse(caller, route);
      const environment = await this.environmentOf(caller, request, route);
      record.environmentId = environment.id;
      assertRegionServed(environment, route.gateway);
      assertHasOperation(route, request);
      assertHealthy(route.gateway, new Date());
      return await this.delivery.deliver({ route, request: this.counted(request, record), record });
    } catch (error) {
      record.fail(error);
      throw error;
    }
  }

  /**
   * Asks a member to reach the source with the stored credential. A connection need not be bound to an environment for
   * that; where it is, its region was checked then.
   *
   * @throws DomainError of the rule that refused, or of the test that failed
   */
  async test(caller: Caller, connectionId: string, signal: AbortSignal): Promise<void> {
    const request: FlowRequest = { connectionId, operation: { name: 'test' }, client: {}, signal };
    const record = this.log.begin(caller, request);
    try {
      const route = await this.visibleRoute(caller, request, record);
      await this.licences.assertGatewayAccess(caller);
      assertMayTest(caller, route);
      assertHealthy(route.gateway, new Date());
      const { body } = await this.delivery.deliver({ route, request, record });
      for await (const bytes of body) void bytes;
    } catch (error) {
      record.fail(error);
      throw error;
    }
  }

  private async visibleRoute(caller: Caller, request: FlowRequest, record: FlowRecord): Promise<ConnectionRoute> {
    const { connectionId, kind } = request;
    const route = await this.connections.route(caller.tenantId, caller.id, connectionId);
    if (kind !== undefined && route.connection.kind !== kind) {
      throw new DomainError('CONNECTION_NOT_FOUND', { connectionId });
    }
    record.connectionId = route.connection.id;
    record.gatewayId = route.gateway.id;
    return route;
  }

  private async environmentOf(caller: Caller, request: FlowRequest, route: ConnectionRoute): Promise<BoundEnvironment> {
    const environmentId = request.environmentId?.toLowerCase();
    if (environmentId === undefined) {
      const [only, ...others] = route.environments;
      if (only && others.length === 0) return only;
      throw new DomainError('ENVIRONMENT_REQUIRED', {
        connectionId: route.connection.id,
        bound: route.environments.length,
      });
    }
    const bound = route.environments.find(({ id }) => id === environmentId);
    if (bound) return bound;
    if (!isIdentifier(environmentId)) throw new DomainError('ENVIRONMENT_NOT_FOUND', { environmentId });
    return this.environments.get(caller.tenantId, environmentId);
  }

  private counted(request: FlowRequest, record: FlowRecord): FlowRequest {
    const { body } = request;
    if (body === undefined) return request;
    if (body instanceof Uint8Array) {
      record.requestBytes = body.length;
      return request;
    }
    return { ...request, body: counting(body, record) };
  }
}

/** @throws DomainError OPERATION_UNSUPPORTED */
function assertHasOperation({ connection }: ConnectionRoute, { operation }: FlowRequest): void {
  if (OPERATIONS_BY_KIND[connection.kind].includes(operation.name)) return;
  throw new DomainError('OPERATION_UNSUPPORTED', { kind: connection.kind, operation: operation.name });
}

async function* counting(body: AsyncIterable<Uint8Array>, record: FlowRecord): AsyncGenerator<Uint8Array> {
  for await (const bytes of body) {
    record.requestBytes += bytes.length;
    yield bytes;
  }
}
