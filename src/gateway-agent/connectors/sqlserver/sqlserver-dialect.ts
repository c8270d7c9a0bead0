import { MssqlQueryCompiler } from 'kysely';
import type { ConnectorRequest } from '../connector.js';
import { SourceError } from '../source-error.js';
import type { ColumnKind } from '../sql/column-kind.js';
import type { SqlDialect } from '../sql/dialect.js';
import { assertPlainNames, basicLogin } from '../sql/sql-login.js';
import type { SqlLogin } from '../sql/sql-session.js';
import { SQLSERVER_CATALOG } from './sqlserver-catalog.js';
import {
  SQLSERVER_AGGREGATES,
  SQLSERVER_EXPRESSIONS,
  SQLSERVER_FUNCTIONS,
  SQLSERVER_MOMENTS,
} from './sqlserver-expressions.js';
import { SQLSERVER_FAILURES } from './sqlserver-failures.js';
import { storedValue } from './sqlserver-literals.js';
import { SQLSERVER_NATIVE } from './sqlserver-native.js';
import { SqlServerSession } from './sqlserver-session.js';
import { sqlServerWriter } from './sqlserver-types.js';
import { SQLSERVER_WRITES } from './sqlserver-writes.js';

/** SQL Server 2017 and later. */
export const SQLSERVER_DIALECT: SqlDialect = {
  kind: 'sql',
  compiler: new MssqlQueryCompiler(),
  login,
  open: (place, means) => SqlServerSession.open(place, means),
  expressions: SQLSERVER_EXPRESSIONS,
  functions: SQLSERVER_FUNCTIONS,
  aggregates: SQLSERVER_AGGREGATES,
  moments: SQLSERVER_MOMENTS,
  types: {
    writer: ({ kind }) => sqlServerWriter(kind),
    // A session names the types of its fields by their kinds.
    fieldWriter: ({ type }) => sqlServerWriter(type as ColumnKind),
    stored: (value, column) => storedValue(value, column, column.name),
  },
  catalog: SQLSERVER_CATALOG,
  writes: SQLSERVER_WRITES,
  native: SQLSERVER_NATIVE,
  failures: SQLSERVER_FAILURES,
};

/** `DOMAIN\user` or `user@domain`. */
const WINDOWS_USER = /^(?:([^\\@]+)\\([^\\]+)|([^\\@]+)@([^\\@]+))$/;

function login(request: ConnectorRequest): SqlLogin {
  const { target, credentialType, encryption, secret } = request;
  const place =
    target.kind === 'sql' ? { host: target.server, port: target.port, database: target.database } : undefined;
  if (!place || credentialType !== 'Windows') return basicLogin(request, place, 'SQL Server');
  const [, before, name, local, realm] = WINDOWS_USER.exec(secret.get('username') ?? '') ?? [];
  const [domain, user] = [before ?? realm, name ?? local];
  if (domain === undefined || user === undefined) {
    throw new SourceError('SOURCE_DENIED', 'The user of a Windows sign-in is written DOMAIN\\user.');
  }
  const windows = { ...place, user, domain, password: secret.get('password') ?? '', encryption };
  assertPlainNames(windows);
  return windows;
}
