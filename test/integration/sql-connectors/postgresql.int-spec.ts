import { PostgresqlConnector } from '../../../src/gateway-agent/connectors/postgresql/postgresql.connector.js';
import { withDatabase } from '../../support/database.js';
import { POSTGRESQL_FLAVOUR } from './flavours.js';
import { describeSqlConnector } from './sql-connector-suite.js';

describeSqlConnector(POSTGRESQL_FLAVOUR, async () => {
  const database = await withDatabase({ migrate: false });
  const url = new URL(database.url);
  const role = `${url.pathname.slice(1)}_login`;
  await database.query(`CREATE ROLE ${role} LOGIN PASSWORD 'p4ss w''rd'; GRANT ALL ON SCHEMA public TO ${role};
    ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO ${role}; ALTER DEFAULT PRIVILEGES GRANT ALL ON SEQUENCES TO ${role}`);
  return {
    target: { kind: 'postgresql', server: url.hostname, port: Number(url.port), database: url.pathname.slice(1) },
    login: { username: role, password: "p4ss w'rd" },
    connect: (egress) => new PostgresqlConnector({ egress }),
    query: (statement) => database.query(statement),
    drop: async () => {
      await database.query(`DROP OWNED BY ${role}`);
      await database.drop();
    },
  };
});
