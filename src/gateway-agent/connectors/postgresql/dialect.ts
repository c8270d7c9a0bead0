import { SourceError } from '../source-error.js';
import type { SqlDialect } from '../sql/dialect.js';
import { basicLogin } from '../sql/sql-login.js';
import { POSTGRESQL_AGGREGATES, POSTGRESQL_MOMENTS } from './aggregates.js';
import { POSTGRESQL_CATALOG } from './catalog.js';
import { PostgresqlCompiler } from './compiler.js';
import { POSTGRESQL_FAILURES } from './database-failure.js';
import { POSTGRESQL_EXPRESSIONS } from './expressions.js';
import { POSTGRESQL_FUNCTIONS } from './functions.js';
import { POSTGRESQL_NATIVE } from './native.js';
import { POSTGRESQL_TYPES } from './types.js';
import { POSTGRESQL_WRITES } from './writes.js';

/** PostgreSQL 12 and later. */
export const POSTGRESQL: SqlDialect = {
  kind: 'postgresql',
  compiler: new PostgresqlCompiler(),
  login: (request) => {
    const { target } = request;
    const place =
      target.kind === 'postgresql' ? { host: target.server, port: target.port, database: target.database } : undefined;
    const login = basicLogin(request, place, 'PostgreSQL');
    // The driver reads a host with a slash as the folder of a local socket, where the server may trust the agent's own account.
    if (!login.host.includes('/')) return login;
    throw new SourceError('VALIDATION_FAILED', 'The server holds a character that no name has.');
  },
  // The driver stays out of memory until it is needed.
  open: async (login, means) => (await import('./session.js')).Session.open(login, means),
  expressions: POSTGRESQL_EXPRESSIONS,
  functions: POSTGRESQL_FUNCTIONS,
  aggregates: POSTGRESQL_AGGREGATES,
  moments: POSTGRESQL_MOMENTS,
  types: POSTGRESQL_TYPES,
  catalog: POSTGRESQL_CATALOG,
  writes: POSTGRESQL_WRITES,
  native: POSTGRESQL_NATIVE,
  failures: POSTGRESQL_FAILURES,
};
