import { sql } from 'kysely';
import type { SqlTypes } from '../sql/dialect.js';
import { bound } from '../sql/fragment.js';
import { writerOf, writerOfOid } from './json-value.js';
import { parameterText } from './parameter-text.js';

/** A time with an offset at its end: a column without zone would silently drop the offset. */
const HAS_OFFSET = /:\d\d(?:\.\d+)? ?(?:Z|z|[+-]\d\d(?::?\d\d)?)$/;

export const POSTGRESQL_TYPES: SqlTypes = {
  writer: ({ kind, isArray, elementKind }) => writerOf(kind === 'money' ? 'decimal' : kind, isArray, elementKind),
  fieldWriter: ({ type }) => writerOfOid(Number(type)),
  stored: (value, column) => {
    const text = parameterText(value, column);
    if (text === undefined) return undefined;
    const place = bound(text, column.name);
    const dropsOffset = column.kind === 'timestamp' && !column.isArray && text !== null && HAS_OFFSET.test(text);
    return dropsOffset ? sql`${place}::timestamptz` : place;
  },
};
