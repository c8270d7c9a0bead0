import type { SourceKind } from '../../contract/targets.js';
import type { Connector } from './connector.js';
import { FilesystemConnector } from './filesystem/filesystem.connector.js';
import { HttpConnector } from './http/http.connector.js';
import { PostgresqlConnector } from './postgresql/postgresql.connector.js';
import { trustedAuthorities } from './trusted-authorities.js';
import type { PoolLimits } from './postgresql/session-pool.js';

/** What an installation may set about its connectors. */
export interface ConnectorSettings {
  readonly postgresqlPool?: PoolLimits;
  /** Certificate authority of the organisation, PEM, trusted beside the public ones when sources prove who they are. */
  readonly certificateAuthority?: string;
  /** Token endpoints of this machine may do without TLS: for development. */
  readonly allowsLoopbackTokens?: boolean;
}

/** Every connector that this agent has, by the kind of source it speaks to. */
export function createConnectors(settings: ConnectorSettings = {}): ReadonlyMap<SourceKind, Connector> {
  const ca = trustedAuthorities(settings.certificateAuthority);
  const connectors = [
    new PostgresqlConnector(settings.postgresqlPool, ca),
    new HttpConnector({ ca, allowsLoopbackTokens: settings.allowsLoopbackTokens ?? false }),
    new FilesystemConnector(),
  ];
  return new Map(connectors.map((connector) => [connector.kind, connector]));
}
