import { DomainError } from '../../common/errors/domain-error.js';
import type { GatewayLink } from '../../relay-broker/relay-broker.js';
import type { ConnectionRoute } from '../connections/connections.types.js';
import type { FlowCall } from './flow-call.js';
import type { FlowRecord } from './flow-record.js';
import type { FlowRequest } from './flow-requests.types.js';
import type { RouteReading } from './gateway-moves.service.js';
import type { Candidates } from './member-choice.policy.js';
import type { WriteClaim } from './write-records.service.js';

/** A request that every rule let pass. */
export interface Admitted {
  readonly route: ConnectionRoute;
  readonly request: Pick<FlowRequest, 'operation' | 'body' | 'idempotencyKey' | 'signal'>;
  readonly record: FlowRecord;
  /** Reads the route again. */
  readonly reroute: RouteReading;
}

/** One admitted request on its way. */
export interface Delivery extends Admitted {
  readonly call: FlowCall;
  readonly link: GatewayLink;
  readonly candidates: Candidates;
}

/** Where one attempt goes, and what its envelope says beyond the request. */
export interface Attempt {
  readonly number: number;
  readonly memberId: string | undefined;
  readonly claim?: WriteClaim;
}

/** The epoch that a read was sent to is over, and nobody has answered. */
export class EpochMoved extends Error {
  override readonly name = 'EpochMoved';

  constructor() {
    super('the epoch is over');
  }
}

/** A member that does not answer any more, before its answer began: a read may go to another one. */
export class MemberLost extends Error {
  override readonly name = 'MemberLost';

  constructor(readonly dead: ReadonlySet<string>) {
    super('a member does not answer');
  }
}

/** Nobody is there who could answer. */
export function offline({ route, call }: Delivery, dead: ReadonlySet<string>): DomainError {
  const details = { gatewayId: route.gateway.id, members: [...dead].join(', ') };
  return new DomainError('GATEWAY_OFFLINE', details, { hop: 'member', outcome: call.lostOutcome });
}
