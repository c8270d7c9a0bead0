import type { SourceKind } from '../../contract/targets.js';
import type { PrincipalReference } from '../identity/principal.types.js';

/** Which of the two licence rules holds. */
export const RULE_SETS = ['classic', 'current'] as const;
export type RuleSet = (typeof RULE_SETS)[number];

/** Requests a minute, over all replicas. */
export interface RequestLimits {
  readonly tenantRequestsPerMinute: number;
  readonly connectionRequestsPerMinute: number;
  readonly callerRequestsPerMinute: number;
}

/** What holds for all gateways of a tenant: what its administrators decided, the operator's defaults for the rest. */
export interface TenantPolicy {
  /** Counts up with every change; 0: nothing was decided yet. */
  readonly version: number;
  /** Whether everybody may install gateways, or only those listed. */
  readonly installers: 'Open' | 'Restricted';
  readonly listedInstallers: readonly PrincipalReference[];
  readonly joinTokenCreators: 'Installers' | 'TenantAdministrators';
  /** Administrators a gateway needs before connections may be created on it. */
  readonly minimumAdministrators: number;
  readonly licenceRules: RuleSet;
  /** Source kinds that connections may have; undefined: all. */
  readonly allowedKinds: readonly SourceKind[] | undefined;
  readonly limits: RequestLimits;
}

/** What an administrator of the tenant changes; what is left out stays. */
export interface TenantPolicyChange {
  /** Of the policy as it was read. */
  readonly version: number;
  readonly installers?: TenantPolicy['installers'] | undefined;
  /** The whole list, not only what is new in it. */
  readonly listedInstallers?: readonly PrincipalReference[] | undefined;
  readonly joinTokenCreators?: TenantPolicy['joinTokenCreators'] | undefined;
  readonly minimumAdministrators?: number | undefined;
  /** null: as the operator of the service set it. */
  readonly licenceRules?: RuleSet | null | undefined;
  /** null: all. */
  readonly allowedKinds?: readonly SourceKind[] | null | undefined;
  /** null: as the operator of the service set it. */
  readonly limits?: { readonly [limit in keyof RequestLimits]?: number | null | undefined } | undefined;
}
