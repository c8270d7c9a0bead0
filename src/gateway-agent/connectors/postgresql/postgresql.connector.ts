import { SqlConnector, type SqlConnectorSettings } from '../sql/sql.connector.js';
import { POSTGRESQL } from './dialect.js';

/** Tables, rows and native queries of PostgreSQL 12 and later. */
export class PostgresqlConnector extends SqlConnector {
  constructor(settings: SqlConnectorSettings) {
    super(POSTGRESQL, settings);
  }
}
