import { sql } from 'kysely';
import type { CatalogColumn } from '../sql/catalog-table.js';
import type { Computed, LiteralType, Page, SqlExpressions } from '../sql/dialect.js';
import { bound, identifier, list, type Fragment } from '../sql/fragment.js';
import { base64ToBytea } from './parameter-text.js';
import { NUMERIC } from './column-kind.js';

const CAST: Readonly<Record<LiteralType, Fragment>> = {
  decimal: sql.raw('numeric'),
  float: sql.raw('float8'),
  text: sql.raw('text'),
  date: sql.raw('date'),
  moment: sql.raw('timestamptz'),
};

/** A bound text read as a type of the catalogue's. */
function cast(text: string | null, { name, castType }: Pick<CatalogColumn, 'name' | 'castType'>): Fragment {
  return sql`${bound(text, name)}::${sql.raw(castType)}`;
}

/** Money prints with the server's currency sign; as numeric it is a number. */
function readAs({ kind, name }: CatalogColumn): Computed | undefined {
  return kind === 'money' ? { sql: sql`${identifier(name)}::numeric`, type: NUMERIC } : undefined;
}

function page({ order, limit, offset }: Page): Fragment {
  const parts = [
    ...(order.length === 0 ? [] : [sql` ORDER BY ${list(order)}`]),
    ...(limit === undefined ? [] : [sql` LIMIT ${bound(String(limit))}::int8`]),
    ...(offset === undefined ? [] : [sql` OFFSET ${bound(String(offset))}::int8`]),
  ];
  return list(parts, sql``);
}

export const POSTGRESQL_EXPRESSIONS: SqlExpressions = {
  constant: (value) => sql.raw(value ? 'TRUE' : 'FALSE'),
  isDistinct: (left, right) => sql`${left} IS DISTINCT FROM ${right}`,
  isNotDistinct: (left, right) => sql`${left} IS NOT DISTINCT FROM ${right}`,
  isNotTrue: (condition) => sql`(${condition}) IS NOT TRUE`,
  /** Functions over positions, not LIKE: a pattern's wildcards would have to be escaped in the value. */
  textTest: (test, subject, value) => {
    switch (test) {
      case 'contains':
        return sql`strpos(${subject}, ${value}) > 0`;
      case 'startswith':
        return sql`starts_with(${subject}, ${value})`;
      case 'endswith':
        return sql`right(${subject}, length(${value})) = ${value}`;
    }
  },
  ownLiteral: (text, column) => {
    const own = column.kind === 'binary' && !column.isArray ? base64ToBytea(text) : text;
    return own === undefined ? undefined : cast(own, column);
  },
  rowLiteral: cast,
  literal: (text, type, column) =>
    text === null ? sql`NULL::${CAST[type]}` : sql`${bound(text, column)}::${CAST[type]}`,
  asText: (column) => sql`${column}::text`,
  asNumber: (value, kind) => (kind === 'float' ? sql`${value}::float8` : sql`${value}::numeric`),
  asWhole: (value) => sql`${value}::int`,
  readAs,
  output: (column) => readAs(column)?.sql ?? identifier(column.name),
  order: ({ name, nullable }, descending) => {
    const nulls = nullable ? (descending ? sql` NULLS LAST` : sql` NULLS FIRST`) : sql``;
    return sql`${identifier(name)}${descending ? sql` DESC` : sql``}${nulls}`;
  },
  page,
  comparesRows: true,
};
