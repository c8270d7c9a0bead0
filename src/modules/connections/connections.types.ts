import type { ConnectionEncryption, CredentialType, SourceKind, Target } from '../../contract/targets.js';
import type { GatewayRole } from '../administrators/gateway-roles.types.js';
import type { NamedPrincipal } from '../administrators/named-principal.types.js';
import type { LoadBalancing, RouteMember } from '../gateways/gateways.types.js';

/** Roles at a connection, highest first. */
export const CONNECTION_ROLES = ['Owner', 'UserWithReshare', 'User'] as const;
export type ConnectionRole = (typeof CONNECTION_ROLES)[number];

export const PRIVACY_LEVELS = ['None', 'Private', 'Organizational', 'Public'] as const;
export type PrivacyLevel = (typeof PRIVACY_LEVELS)[number];

/** What a caller holds that bears on one connection. */
export interface ConnectionGrant {
  readonly connectionRole: ConnectionRole | null;
  /** Role at the gateway behind the connection. */
  readonly gatewayRole: GatewayRole | null;
  /** False while the directory cannot tell the caller's groups: what is not held may be held through one. */
  readonly isComplete: boolean;
}

export interface BoundEnvironment {
  readonly id: string;
  readonly displayName: string;
  readonly region: string;
}

/** Everything one flow request needs to know, read in one go. */
export interface ConnectionRoute {
  readonly connection: {
    readonly id: string;
    readonly tenantId: string;
    readonly displayName: string;
    readonly kind: SourceKind;
    readonly target: Target;
    readonly credentialType: CredentialType;
    readonly encryption: ConnectionEncryption;
    /** As the client sealed it; undefined for anonymous sources. */
    readonly credential: string | undefined;
    /** Id of the key it is sealed to, as far as known. */
    readonly sealingKeyId: string | undefined;
    /** No member of the gateway can open it: it waits for its owners to seal it again. */
    readonly isSetAside: boolean;
  };
  readonly gateway: {
    readonly id: string;
    readonly tenantId: string;
    readonly name: string;
    /** Id of the key that callers seal to now. */
    readonly sealingKeyId: string;
    readonly region: string;
    readonly namespace: string;
    readonly epoch: number;
    readonly loadBalancing: LoadBalancing;
    readonly members: readonly RouteMember[];
  };
  readonly grant: ConnectionGrant;
  /** Environments the connection is bound to. */
  readonly environments: readonly BoundEnvironment[];
}

/** A connection as its owners see it. Never holds the credential. */
export interface ConnectionView {
  readonly id: string;
  readonly gatewayId: string;
  readonly displayName: string;
  readonly kind: SourceKind;
  readonly target: Target;
  readonly credentialType: CredentialType;
  readonly encryption: ConnectionEncryption;
  readonly privacyLevel: PrivacyLevel;
  readonly environmentIds: readonly string[];
  readonly createdAt: Date;
  /** What clients keep with it; null: nothing. */
  readonly annotation: string | null;
}

/** The same for clients that know no environments. */
export type ConnectionSummary = Omit<ConnectionView, 'environmentIds'>;

/** A sealed credential and whom it was sealed for: the gateway's id or a member's, which share one key. */
export interface SealedValue {
  readonly gatewayId: string;
  readonly sealed: string;
  /** Which of the gateway's keys it was sealed to, where the client says so. */
  readonly keyId?: string | undefined;
}

export interface NewConnection {
  readonly gatewayId: string;
  readonly displayName: string;
  readonly target: Target;
  readonly credentialType: CredentialType;
  readonly encryption: ConnectionEncryption;
  readonly privacyLevel: PrivacyLevel;
  readonly values: readonly SealedValue[];
  readonly environmentIds: readonly string[];
  readonly annotation?: string | undefined;
}

/** What may change. Absent means: as it is. */
export interface ConnectionChange {
  readonly displayName?: string | undefined;
  readonly privacyLevel?: PrivacyLevel | undefined;
  readonly target?: Target | undefined;
  readonly encryption?: ConnectionEncryption | undefined;
  readonly credentialType?: CredentialType | undefined;
  readonly values?: readonly SealedValue[] | undefined;
  readonly environmentIds?: readonly string[] | undefined;
  readonly annotation?: string | undefined;
}

/** A connection role with its holder, as listed. */
export interface ConnectionRoleAssignment {
  readonly principal: NamedPrincipal;
  readonly role: ConnectionRole;
}
