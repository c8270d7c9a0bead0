import { describe } from 'vitest';
import type { ConnectorRequest } from '../../../src/gateway-agent/connectors/connector.js';
import { directEgress } from '../../../src/gateway-agent/connectors/egress.js';
import { MYSQL_DIALECT } from '../../../src/gateway-agent/connectors/mysql/mysql-dialect.js';
import { ORACLE_DIALECT } from '../../../src/gateway-agent/connectors/oracle/oracle-dialect.js';
import type { SqlDialect } from '../../../src/gateway-agent/connectors/sql/dialect.js';
import { SqlConnector } from '../../../src/gateway-agent/connectors/sql/sql.connector.js';
import type { SqlSession } from '../../../src/gateway-agent/connectors/sql/sql-session.js';
import { SQLSERVER_DIALECT } from '../../../src/gateway-agent/connectors/sqlserver/sqlserver-dialect.js';
import { leftOut } from '../../support/left-out.js';
import { secretOf } from '../connector-harness.js';
import { mysqlFlavour } from './flavours.js';
import { oracleFlavour } from './oracle-flavour.js';
import { describeSqlConnector } from './sql-connector-suite.js';
import type { SqlFlavour, SqlSource } from './sql-source.js';
import { SQLSERVER_FLAVOUR } from './sqlserver-flavour.js';

/**
 * Servers that somebody started, each named by an address: `kind://user:password@host:port/database`. The database has to
 * be empty and is filled. See `docker compose --profile sources`.
 */
const SERVERS: readonly {
  readonly variable: string;
  readonly dialect: SqlDialect;
  flavour: (user: string) => SqlFlavour;
}[] = [
  { variable: 'TIDEGATE_TEST_SQLSERVER', dialect: SQLSERVER_DIALECT, flavour: () => SQLSERVER_FLAVOUR },
  { variable: 'TIDEGATE_TEST_ORACLE', dialect: ORACLE_DIALECT, flavour: oracleFlavour },
  { variable: 'TIDEGATE_TEST_MYSQL', dialect: MYSQL_DIALECT, flavour: () => mysqlFlavour('MySQL') },
];

for (const { variable, dialect, flavour } of SERVERS) {
  const address = process.env[variable];
  const reason = `the connector to ${dialect.kind} against a real server: ${variable} names none`;
  describe.skipIf(leftOut(address === undefined, reason))(variable, () => {
    const url = new URL(address ?? 'none://nobody@localhost:1/none');
    describeSqlConnector(flavour(decodeURIComponent(url.username)), () => sourceAt(url, dialect));
  });
}

async function sourceAt(url: URL, dialect: SqlDialect): Promise<SqlSource> {
  const place = decodeURIComponent(url.pathname.slice(1));
  const at = { server: url.hostname, port: Number(url.port) };
  const target = (
    dialect.kind === 'oracle'
      ? { kind: 'oracle', ...at, service: place }
      : { kind: dialect.kind, ...at, database: place }
  ) as SqlSource['target'];
  const login = { username: decodeURIComponent(url.username), password: decodeURIComponent(url.password) };
  const session: SqlSession = await dialect.open(
    dialect.login({
      target,
      credentialType: 'Basic',
      encryption: 'NotEncrypted',
      secret: secretOf(login),
    } as unknown as ConnectorRequest),
    { egress: directEgress, ca: undefined, signal: new AbortController().signal },
  );
  return {
    target,
    login,
    connect: (egress) => new SqlConnector(dialect, { egress }),
    query: async (text) => {
      const stream = session.run({ text, values: [], columns: [], isRepeated: false }, 'at-once');
      const rows: Record<string, string | null>[] = [];
      for (let batch = await stream.next(); batch; batch = await stream.next()) {
        for (const row of batch)
          rows.push(Object.fromEntries(stream.fields.map(({ name }, at) => [name, row[at] ?? null])));
      }
      return rows;
    },
    drop: () => session.end(),
  };
}
