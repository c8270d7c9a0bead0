import type { DomainError } from '../../common/errors/domain-error.js';
import type { OperationName } from '../../contract/operations.js';
import type { SourceKind } from '../../contract/targets.js';
import type { GatewayAccess } from '../administrators/roles.policy.js';
import type { BoundEnvironment, ConnectionRoute } from '../connections/connections.types.js';
import type { NamedGatewayState } from '../gateways/gateway-states.service.js';
import type { Verdict } from '../licences/licences.types.js';
import type { TenantPolicy } from '../tenant-policy/tenant-policy.types.js';

/** The rules in the words of `explain`. */
export const RULE_NAMES = [
  'visible',
  'licence',
  'role',
  'sourceType',
  'tenantPolicy',
  'environment',
  'region',
  'administrators',
  'operation',
  'credential',
  'agentOnline',
  'agentVersion',
  'agentKey',
] as const;
export type RuleName = (typeof RULE_NAMES)[number];

/** Who asks. */
export interface Principal {
  readonly tenantId: string;
  readonly id: string;
  readonly type: 'User' | 'ServicePrincipal';
}

/** What every rule may need to know. What could not be found out stands as the failure that says why. */
export interface Facts {
  readonly gateway: NamedGatewayState;
  /** What kind of source it is about; undefined while a connection is only thought of. */
  readonly kind: SourceKind | undefined;
  readonly licence: Verdict | DomainError;
  readonly policy: TenantPolicy;
  /** Undefined where none is asked for: a connection may be made before it is bound. */
  readonly environment: BoundEnvironment | DomainError | undefined;
  readonly operation: OperationName;
  readonly now: Date;
}

/** Facts about the use of a connection. */
export interface RequestFacts extends Facts {
  readonly kind: SourceKind;
  readonly route: Pick<ConnectionRoute, 'connection' | 'gateway' | 'grant'>;
}

/** Facts about making a connection on a gateway. */
export interface ConnectFacts extends Facts {
  readonly access: GatewayAccess;
  /** How many administrators the gateway has, counted up to what the policy asks for. */
  readonly administrators: number;
}

/** One rule: says no by throwing the DomainError that the caller gets to see. */
export interface Rule<F extends Facts> {
  readonly name: RuleName;
  readonly check: (facts: F) => void;
}
