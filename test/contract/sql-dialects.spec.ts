import { describe, expect, it } from 'vitest';
import { VALUE_FUNCTIONS } from '../../src/contract/filter.js';
import { MYSQL_DIALECT } from '../../src/gateway-agent/connectors/mysql/mysql-dialect.js';
import { ORACLE_DIALECT } from '../../src/gateway-agent/connectors/oracle/oracle-dialect.js';
import { POSTGRESQL } from '../../src/gateway-agent/connectors/postgresql/dialect.js';
import type { SqlDialect } from '../../src/gateway-agent/connectors/sql/dialect.js';
import { SQLSERVER_DIALECT } from '../../src/gateway-agent/connectors/sqlserver/sqlserver-dialect.js';
import { goldenCases, goldenText } from './sql-golden.js';

/** Every kind of database that is spoken to, and the file with the SQL that it is sent. */
const DIALECTS: readonly SqlDialect[] = [POSTGRESQL, MYSQL_DIALECT, SQLSERVER_DIALECT, ORACLE_DIALECT];

describe.each(DIALECTS.map((dialect) => [dialect.kind, dialect] as const))('the SQL for %s', (kind, dialect) => {
  it('is what test/contract/golden/sql says', async () => {
    await expect(goldenText(dialect)).toMatchFileSnapshot(`golden/sql/${kind}.sql`);
  });

  it('never has a value of a caller in its text', () => {
    for (const { name, statement } of goldenCases(dialect)) {
      expect(statement.text, name).not.toMatch(/hostile/);
      expect(statement.columns.length, name).toBe(statement.values.length);
    }
  });

  it('quotes every name: an odd one stays one name', () => {
    const texts = goldenCases(dialect).map(({ statement }) => statement.text);
    // Without the names in their quotes nothing of a name is left over.
    const quoted = /"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[(?:[^\]]|\]\])*\]/g;
    for (const text of texts) expect(text.replaceAll(quoted, '')).not.toMatch(/b\]c|odd/);
  });
});

it('the cases have every function of filters in them', () => {
  const names = goldenCases(POSTGRESQL).map(({ name }) => name);
  for (const each of Object.keys(VALUE_FUNCTIONS)) expect(names).toContain(`function ${each}`);
});
