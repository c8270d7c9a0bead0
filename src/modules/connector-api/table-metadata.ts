import type { Column, ColumnType, Table } from '../../contract/table.js';
import { columnFunctions, tableFunctions } from './declared-functions.js';

type Json = Readonly<Record<string, unknown>>;

/** What the members of the gateway can do that not every version can. */
export interface Abilities {
  /** Filters with expressions, and `$apply`. */
  readonly canQuery: boolean;
  /** Triggers. */
  readonly canPoll: boolean;
}

/** Types that filters cannot speak of. */
const OPAQUE: ReadonlySet<ColumnType> = new Set(['binary', 'json']);

/** Source types that are text; others are shown as text because JSON has nothing better. */
const TEXT =
  /^(?:(?:tiny|medium|long|n)?text|name|citext|"char"|n?clob|edm\.string|(?:bpchar|character(?: varying)?|n?(?:var)?char2?)(?:\((?:\d+|max)(?: (?:byte|char))?\))?)$/i;

/** How a column's type is spelled in the table's JSON schema. */
export const SCHEMA_TYPES: Readonly<Record<ColumnType, Json>> = {
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
export function tableMetadata(table: Table, abilities: Abilities) {
  const { columns } = table;
  const hasKey = columns.some(({ keyOrder }) => keyOrder !== undefined);
  const opaque = columns.filter(isOpaque).map(({ name }) => name);
  const ungroupable = abilities.canQuery ? opaque : columns.map(({ name }) => name);
  // Rows are addressed by their key: a table without one can be read and nothing else.
  const permission = hasKey ? ('read-write' as const) : ('read-only' as const);
  return {
    name: table.name,
    title: table.displayName,
    'x-ms-permission': permission,
    'x-ms-capabilities': {
      sortRestrictions: { sortable: true, unsortableProperties: opaque },
      filterRestrictions: { filterable: true, nonFilterableProperties: opaque },
      selectRestrictions: { selectable: true },
      countRestrictions: { countable: true },
      groupRestriction: { ungroupableProperties: ungroupable },
      isOnlyServerPagable: false,
      isPageable: true,
      filterFunctionSupport: tableFunctions(abilities.canQuery),
      serverPagingOptions: ['top', 'skiptoken'],
      odataVersion: 4,
      supportsRecordPermission: false,
      supportsJoin: false,
    },
    'x-tidegate-triggers': triggersOf(table, abilities),
    schema: {
      type: 'array' as const,
      items: {
        type: 'object' as const,
        required: columns.filter(isRequired).map(({ name }) => name),
        properties: Object.fromEntries(columns.map((column) => [column.name, columnSchema(column, abilities)])),
      },
      'x-ms-permission': permission,
    },
  };
}

/** By which columns new and changed rows are known, or why they are not. */
function triggersOf({ changes }: Table, { canPoll }: Abilities) {
  const of = (column: string | undefined, problem: string) => {
    if (!canPoll) return { available: false, problem: 'A member of the gateway is too old for triggers.' };
    return column === undefined ? { available: false, problem } : { available: true, column };
  };
  return {
    onnewitems: of(changes?.new, 'The table has no key of one number that is drawn from a sequence.'),
    onupdateditems: of(
      changes?.updated,
      'The table has no key, or no column whose name says that it holds the time of the last change; name one in $triggerColumn.',
    ),
  };
}

function isOpaque({ type, comparable }: Column): boolean {
  return OPAQUE.has(type) || comparable === false;
}

function isRequired({ nullable, hasDefault, readOnly }: Column): boolean {
  return !nullable && !hasDefault && !readOnly;
}

function columnSchema(column: Column, { canQuery }: Abilities): Json {
  const functions = columnFunctions(column.type, TEXT.test(column.sourceType), canQuery);
  return {
    title: column.name,
    description: column.sourceType,
    ...SCHEMA_TYPES[column.type],
    ...(column.maxLength === undefined ? {} : { maxLength: column.maxLength }),
    'x-ms-keyType': column.keyOrder === undefined ? 'none' : 'primary',
    ...(column.keyOrder === undefined ? {} : { 'x-ms-keyOrder': column.keyOrder }),
    'x-ms-permission': column.readOnly ? 'read-only' : 'read-write',
    'x-ms-sort': isOpaque(column) ? 'none' : 'asc,desc',
    ...(isOpaque(column) ? {} : { 'x-ms-capabilities': { filterFunctions: functions } }),
  };
}
