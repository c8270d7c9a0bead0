import type { ConnectionEncryption, CredentialType, Target } from '../../contract/targets.js';
import type { ConnectionRoute } from './connections.types.js';

/** A connection as it is to be, before it is stored. */
export interface ConnectionDraft {
  readonly id: string;
  readonly tenantId: string;
  readonly gatewayId: string;
  readonly displayName: string;
  readonly target: Target;
  readonly credentialType: CredentialType;
  readonly encryption: ConnectionEncryption;
  /** As the client sealed it; undefined for anonymous sources. */
  readonly credential: string | undefined;
}

/** Tries a connection before it is stored; rejects when it does not work. May read the way there more than once. */
export type ConnectionTrial = (read: () => Promise<ConnectionRoute>) => Promise<void>;
