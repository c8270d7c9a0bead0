import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import type { DomainError } from '../../common/errors/domain-error.js';
import { AdmissionService } from '../admission/admission.service.js';
import { admit, TEST_RULES } from '../admission/request-rules.policy.js';
import { ConnectionTestResultsService } from '../connections/connection-test-results.service.js';
import type { ConnectionRoute } from '../connections/connections.types.js';
import { TenantPolicyService } from '../tenant-policy/tenant-policy.service.js';
import { DeliveryService } from './delivery.service.js';
import { GatewayMovesService } from './gateway-moves.service.js';
import type { FlowRecord } from './flow-record.js';
import type { FlowReply, FlowRequest } from './flow-requests.types.js';
import { RequestLimitsService } from './request-limits.service.js';
import { RequestLogService } from './request-log.service.js';
import { isTestsAnswer } from './test-deadline.policy.js';

export type { ClientContext, FlowReply, FlowRequest } from './flow-requests.types.js';

/** The main job: a request of an app or flow, judged and sent to the data source behind a gateway. */
@Injectable()
export class DispatcherService {
  constructor(
    private readonly policies: TenantPolicyService,
    private readonly limits: RequestLimitsService,
    private readonly admission: AdmissionService,
    private readonly moves: GatewayMovesService,
    private readonly delivery: DeliveryService,
    private readonly log: RequestLogService,
    private readonly results: ConnectionTestResultsService,
  ) {}

  /**
   * Refuses in this order, and nothing reaches the relay before the last rule: too many? → visible? → licence → role →
   * tenant policy → environment → region → operation → agents online → and able. Then sends.
   *
   * @returns as soon as the first words of the answer are here
   * @throws DomainError RATE_LIMITED, CONNECTION_NOT_FOUND, LICENCE_REQUIRED, LICENCE_UNAVAILABLE, ROLE_MISSING,
   * IDENTITY_UNAVAILABLE, KIND_FORBIDDEN, ENVIRONMENT_NOT_FOUND, ENVIRONMENT_REQUIRED, REGION_MISMATCH,
   * OPERATION_UNSUPPORTED, GATEWAY_OFFLINE, GATEWAY_TOO_OLD; for writes with a key KEY_REUSED, REQUEST_REPEATED; whatever
   * happens on the way
   */
  async dispatch(caller: Caller, request: FlowRequest): Promise<FlowReply> {
    const record = this.log.begin(caller, request);
    try {
      const reroute = (): Promise<ConnectionRoute> => this.admission.route(caller, request.connectionId, request.kind);
      const route = await this.moves.arrived(await this.visibleRoute(caller, request, record), reroute);
      const { operation, environmentId } = request;
      const facts = await this.admission.facts(caller, route, { operation: operation.name, environmentId });
      if (facts.environment && 'region' in facts.environment) record.environmentId = facts.environment.id;
      admit(facts);
      record.admittedAt = performance.now();
      return await this.delivery.deliver({ route, request: this.counted(request, record), record, reroute });
    } catch (error) {
      record.fail(error);
      throw error;
    }
  }

  /**
   * Asks a member to reach the source with the stored credential.
   *
   * @throws DomainError of the rule that refused, or of the test that failed
   */
  async test(caller: Caller, connectionId: string, signal: AbortSignal): Promise<void> {
    const request: FlowRequest = { connectionId, operation: { name: 'test' }, client: {}, signal };
    const record = this.log.begin(caller, request);
    try {
      const route = await this.visibleRoute(caller, request, record);
      admit(await this.admission.facts(caller, route, { operation: 'test' }), TEST_RULES);
      const reroute = (): Promise<ConnectionRoute> => this.admission.route(caller, connectionId);
      const { body } = await this.delivery.deliver({ route, request, record, reroute });
      for await (const bytes of body) void bytes;
      await this.results.note({ tenantId: caller.tenantId, connectionId: route.connection.id }, null);
    } catch (error) {
      record.fail(error);
      if (isTestsAnswer(error)) await this.noteFailure(record, error);
      throw error;
    }
  }

  /**
   * Asks a member to reach the source of a connection that is not stored yet.
   *
   * @param read gives the way there, as it is now
   * @throws DomainError of the rule that refused, or of the test that failed
   */
  async trial(caller: Caller, read: () => Promise<ConnectionRoute>, signal: AbortSignal): Promise<void> {
    const route = await read();
    const connectionId = route.connection.id;
    const request: FlowRequest = { connectionId, operation: { name: 'test' }, client: {}, signal };
    const record = this.log.begin(caller, request);
    record.gatewayId = route.gateway.id;
    try {
      const { limits } = await this.policies.get(caller.tenantId);
      this.limits.admit(caller, connectionId, limits);
      admit(await this.admission.facts(caller, route, { operation: 'test' }), TEST_RULES);
      const { body } = await this.delivery.deliver({ route, request, record, reroute: read });
      for await (const bytes of body) void bytes;
    } catch (error) {
      record.fail(error);
      throw error;
    }
  }

  /** Only for a connection that the caller was found to see. */
  private async noteFailure({ tenantId, connectionId }: FlowRecord, { code }: DomainError): Promise<void> {
    if (connectionId !== null) await this.results.note({ tenantId, connectionId }, code);
  }

  private async visibleRoute(caller: Caller, request: FlowRequest, record: FlowRecord): Promise<ConnectionRoute> {
    const { connectionId, kind } = request;
    const { limits } = await this.policies.get(caller.tenantId);
    this.limits.admit(caller, connectionId, limits);
    const route = await this.admission.route(caller, connectionId, kind);
    record.connectionId = route.connection.id;
    record.gatewayId = route.gateway.id;
    return route;
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

async function* counting(body: AsyncIterable<Uint8Array>, record: FlowRecord): AsyncGenerator<Uint8Array> {
  for await (const bytes of body) {
    record.requestBytes += bytes.length;
    yield bytes;
  }
}
