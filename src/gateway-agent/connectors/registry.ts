import type { SourceKind } from '../../contract/targets.js';
import type { Connector } from './connector.js';
import { directEgress, type Egress } from './egress.js';
import { FilesystemConnector } from './filesystem/filesystem.connector.js';
import type { FolderGuard } from './filesystem/folder.js';
import { HttpConnector } from './http/http.connector.js';
import { MYSQL_DIALECT } from './mysql/mysql-dialect.js';
import { ODataConnector } from './odata/odata.connector.js';
import { ORACLE_DIALECT } from './oracle/oracle-dialect.js';
import { PostgresqlConnector } from './postgresql/postgresql.connector.js';
import { SftpConnector } from './sftp/sftp.connector.js';
import { SqlConnector } from './sql/sql.connector.js';
import { SQLSERVER_DIALECT } from './sqlserver/sqlserver-dialect.js';
import { trustedAuthorities } from './trusted-authorities.js';
import type { PoolLimits } from './sql/session-pool.js';

/** What an installation may set about its connectors. */
export interface ConnectorSettings {
  /** Sessions of one login at one database. */
  readonly sqlPool?: PoolLimits;
  /** Certificate authority of the organisation, PEM, trusted beside the public ones when sources prove who they are. */
  readonly certificateAuthority?: string;
  /** Token endpoints of this machine may do without TLS: for development. */
  readonly allowsLoopbackTokens?: boolean;
  /** The one door to data sources; without a policy it leads everywhere. */
  readonly egress?: Egress;
  /** Keeps folders of this machine closed; without it all are open that its account may use. */
  readonly folders?: FolderGuard;
}

/** Every connector that this agent has, by the kind of source it speaks to. */
export function createConnectors(settings: ConnectorSettings = {}): ReadonlyMap<SourceKind, Connector> {
  const ca = trustedAuthorities(settings.certificateAuthority);
  const { egress = directEgress } = settings;
  const web = { ca, egress, allowsLoopbackTokens: settings.allowsLoopbackTokens ?? false };
  const databases = { egress, ca, limits: settings.sqlPool };
  const connectors = [
    new PostgresqlConnector(databases),
    new SqlConnector(SQLSERVER_DIALECT, databases),
    new SqlConnector(MYSQL_DIALECT, databases),
    new SqlConnector(ORACLE_DIALECT, databases),
    new HttpConnector(web),
    new ODataConnector(web),
    new FilesystemConnector(settings.folders),
    new SftpConnector({ egress }),
  ];
  return new Map(connectors.map((connector) => [connector.kind, connector]));
}
