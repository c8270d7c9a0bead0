import type { ConnectorRequest } from '../connector.js';
import type { ColumnKind } from '../sql/column-kind.js';
import type { SqlDialect } from '../sql/dialect.js';
import { basicLogin } from '../sql/sql-login.js';
import type { SqlLogin } from '../sql/sql-session.js';
import { ORACLE_CATALOG } from './oracle-catalog.js';
import { OracleQueryCompiler } from './oracle-compiler.js';
import { ORACLE_AGGREGATES, ORACLE_EXPRESSIONS, ORACLE_FUNCTIONS, ORACLE_MOMENTS } from './oracle-expressions.js';
import { ORACLE_FAILURES } from './oracle-failures.js';
import { storedValue } from './oracle-literals.js';
import { ORACLE_NATIVE } from './oracle-native.js';
import { OracleSession } from './oracle-session.js';
import { oracleWriter } from './oracle-types.js';
import { ORACLE_WRITES } from './oracle-writes.js';

/** Oracle Database 12.2 and later. */
export const ORACLE_DIALECT: SqlDialect = {
  kind: 'oracle',
  compiler: new OracleQueryCompiler(),
  login,
  open: (place, means) => OracleSession.open(place, means),
  expressions: ORACLE_EXPRESSIONS,
  functions: ORACLE_FUNCTIONS,
  aggregates: ORACLE_AGGREGATES,
  moments: ORACLE_MOMENTS,
  types: {
    writer: ({ kind }) => oracleWriter(kind),
    // A session names the types of its fields by their kinds.
    fieldWriter: ({ type }) => oracleWriter(type as ColumnKind),
    stored: (value, column) => storedValue(value, column, column.name),
  },
  catalog: ORACLE_CATALOG,
  writes: ORACLE_WRITES,
  native: ORACLE_NATIVE,
  failures: ORACLE_FAILURES,
};

function login(request: ConnectorRequest): SqlLogin {
  const { target } = request;
  const place =
    target.kind === 'oracle' ? { host: target.server, port: target.port, database: target.service } : undefined;
  return basicLogin(request, place, 'Oracle');
}
