import { MysqlQueryCompiler } from 'kysely';
import type { ConnectorRequest } from '../connector.js';
import type { SqlDialect } from '../sql/dialect.js';
import { basicLogin } from '../sql/sql-login.js';
import type { SqlLogin } from '../sql/sql-session.js';
import { MYSQL_CATALOG } from './mysql-catalog.js';
import { MYSQL_AGGREGATES, MYSQL_EXPRESSIONS, MYSQL_FUNCTIONS, MYSQL_MOMENTS } from './mysql-expressions.js';
import { MYSQL_FAILURES } from './mysql-failures.js';
import { storedValue } from './mysql-literals.js';
import { MYSQL_NATIVE } from './mysql-native.js';
import { MysqlSession } from './mysql-session.js';
import { mysqlWriter } from './mysql-types.js';
import type { ColumnKind } from '../sql/column-kind.js';
import { MYSQL_WRITES } from './mysql-writes.js';

/** MySQL 8 and MariaDB 10.3, and later ones. */
export const MYSQL_DIALECT: SqlDialect = {
  kind: 'mysql',
  compiler: new MysqlQueryCompiler(),
  login,
  open: (place, means) => MysqlSession.open(place, means),
  expressions: MYSQL_EXPRESSIONS,
  functions: MYSQL_FUNCTIONS,
  aggregates: MYSQL_AGGREGATES,
  moments: MYSQL_MOMENTS,
  types: {
    writer: ({ kind }) => mysqlWriter(kind),
    // A session names the types of its fields by their kinds.
    fieldWriter: ({ type }) => mysqlWriter(type as ColumnKind),
    stored: (value, column) => storedValue(value, column, column.name),
  },
  catalog: MYSQL_CATALOG,
  writes: MYSQL_WRITES,
  native: MYSQL_NATIVE,
  failures: MYSQL_FAILURES,
};

function login(request: ConnectorRequest): SqlLogin {
  const { target } = request;
  const place =
    target.kind === 'mysql' ? { host: target.server, port: target.port, database: target.database } : undefined;
  return basicLogin(request, place, 'MySQL');
}
