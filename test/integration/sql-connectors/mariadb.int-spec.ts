import { describe } from 'vitest';
import { SqlConnector } from '../../../src/gateway-agent/connectors/sql/sql.connector.js';
import { MYSQL_DIALECT } from '../../../src/gateway-agent/connectors/mysql/mysql-dialect.js';
import { hasMariadb, TestMariadb } from '../../support/mariadb.js';
import { leftOut } from '../../support/left-out.js';
import { mysqlFlavour } from './flavours.js';
import { describeSqlConnector } from './sql-connector-suite.js';

describe.skipIf(leftOut(!hasMariadb, 'the connector to MariaDB: there is no mariadbd (Debian: mariadb-server)'))(
  '',
  () => {
    describeSqlConnector(mysqlFlavour('MariaDB'), async () => {
      const mariadb = await TestMariadb.start();
      await mariadb.query(
        "CREATE DATABASE shop; CREATE USER anna IDENTIFIED BY 'p4ss w''rd'; GRANT ALL ON shop.* TO anna",
      );
      return {
        target: { kind: 'mysql', server: '127.0.0.1', port: mariadb.port, database: 'shop' },
        login: { username: 'anna', password: "p4ss w'rd" },
        connect: (egress) => new SqlConnector(MYSQL_DIALECT, { egress }),
        query: (statement) => mariadb.query(statement, 'shop'),
        drop: () => mariadb.stop(),
      };
    });
  },
);
