import { sql } from 'kysely';
import type { CatalogColumn } from '../sql/catalog-table.js';
import type { Computed, SqlAggregates, SqlMoments } from '../sql/dialect.js';
import { identifier } from '../sql/fragment.js';
import { BIGINT, FLOAT8, NUMERIC } from './column-kind.js';

function total(word: 'sum' | 'avg', { name, kind }: CatalogColumn): Computed {
  const of = identifier(name);
  return kind === 'float'
    ? { sql: sql`${sql.raw(word)}(${of}::float8)`, type: FLOAT8 }
    : { sql: sql`${sql.raw(word)}(${of}::numeric)`, type: NUMERIC };
}

export const POSTGRESQL_AGGREGATES: SqlAggregates = {
  count: BIGINT,
  sum: (column) => total('sum', column),
  average: (column) => total('avg', column),
};

export const POSTGRESQL_MOMENTS: SqlMoments = {
  micros: ({ name }) => sql`(extract(epoch FROM ${identifier(name)}) * 1000000)::int8`,
  earlier: (moment, seconds) => sql`${moment} - interval '${sql.raw(String(seconds))} seconds'`,
  isDue: ({ name, kind }) => {
    const now = kind === 'timestamptz' ? sql`now()` : sql`(now() AT TIME ZONE 'UTC') + interval '14 hours'`;
    return sql`isfinite(${identifier(name)}) AND ${identifier(name)} <= ${now}`;
  },
};
