import { COMPARISON_OPERATORS, TEXT_FUNCTIONS } from '../../contract/filter.js';
import type { Column, ColumnType, Table } from '../../contract/table.js';

type Json = Readonly<Record<string, unknown>>;

/** Clients delegate by this list: it holds what the agent executes and nothing else. */
export const FILTER_FUNCTIONS = ['and', 'or', 'not', ...COMPARISON_OPERATORS, 'null', ...TEXT_FUNCTIONS, 'substringof'];

const TEXTUAL: ReadonlySet<ColumnType> = new Set(['string']);
/** Types that the source can neither order nor compare. */
const OPAQUE: ReadonlySet<ColumnType> = new Set(['binary', 'json']);

/** How a column's type is spelled in the table's JSON schema. */
const SCHEMA_TYPES: Readonly<Record<ColumnType, Json>> = {
  integer: { type: 'integer', format: 'int64' },
  number: { type: 'number', format: 'decimal' },
  string: { type: 'string' },
  boolean: { type: 'boolean' },
  date: { type: 'string', format: 'date' },
  'date-time': { type: 'string', format: 'date-time' },
  'date-no-tz': { type: 'string', format: 'date-no-tz' },
  time: { type: 'string', format: 'time' },
  guid: { type: 'string', format: 'uuid' },
  binary: { type: 'string', format: 'byte' },
  json: {},
};

/** The metadata of a table as Power Apps reads it: what its columns are and what may be asked of the source. */
export function tableMetadata(table: Table): Json {
  const { columns } = table;
  const hasKey = columns.some(({ keyOrder }) => keyOrder !== undefined);
  const opaque = columns.filter(({ type }) => OPAQUE.has(type)).map(({ name }) => name);
  // Rows are addressed by their key: a table without one can be read and nothing else.
  const permission = hasKey ? 'read-write' : 'read-only';
  return {
    name: table.name,
    title: table.displayName,
    'x-ms-permission': permission,
    'x-ms-capabilities': {
      sortRestrictions: { sortable: true, unsortableProperties: opaque },
      filterRestrictions: { filterable: true, nonFilterableProperties: opaque },
      selectRestrictions: { selectable: true },
      countRestrictions: { countable: true },
      isOnlyServerPagable: false,
      filterFunctionSupport: FILTER_FUNCTIONS,
      serverPagingOptions: ['top', 'skiptoken'],
      odataVersion: 4,
    },
    schema: {
      type: 'array',
      items: {
        type: 'object',
        required: columns.filter(isRequired).map(({ name }) => name),
        properties: Object.fromEntries(columns.map((column) => [column.name, columnSchema(column)])),
      },
      'x-ms-permission': permission,
    },
  };
}

function isRequired({ nullable, hasDefault, readOnly }: Column): boolean {
  return !nullable && !hasDefault && !readOnly;
}

function columnSchema(column: Column): Json {
  const isOpaque = OPAQUE.has(column.type);
  const functions = TEXTUAL.has(column.type)
    ? FILTER_FUNCTIONS
    : FILTER_FUNCTIONS.filter((name) => !['substringof', ...TEXT_FUNCTIONS].includes(name));
  return {
    title: column.name,
    description: column.sourceType,
    ...SCHEMA_TYPES[column.type],
    ...(column.maxLength === undefined ? {} : { maxLength: column.maxLength }),
    'x-ms-keyType': column.keyOrder === undefined ? 'none' : 'primary',
    ...(column.keyOrder === undefined ? {} : { 'x-ms-keyOrder': column.keyOrder }),
    'x-ms-permission': column.readOnly ? 'read-only' : 'read-write',
    'x-ms-sort': isOpaque ? 'none' : 'asc,desc',
    ...(isOpaque ? {} : { 'x-ms-capabilities': { filterFunctions: functions } }),
  };
}
