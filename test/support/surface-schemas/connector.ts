import { ADDRESS, closed, COUNT, FLAG, listOf, loose, OPEN, TEXT, TIME, words } from './json-schema.js';
import type { JsonSchema } from './json-schema.js';

// The connector runtime, section 6.1 of the contracts. Every second argument of `closed` is ours.

export const NAMES = closed({
  value: listOf(closed({ Name: TEXT, DisplayName: TEXT, 'query?': TEXT, 'DynamicProperties?': OPEN })),
});

const ENCODING = words('single', 'double');
export const DATASET_METADATA = closed({
  tabular: closed({
    source: words('mru', 'singleton'),
    displayName: TEXT,
    urlEncoding: ENCODING,
    tableDisplayName: TEXT,
    tablePluralName: TEXT,
  }),
  blob: { type: 'null' },
  'datasetFormat?': TEXT,
  'parameters?': listOf(
    closed({
      name: TEXT,
      type: TEXT,
      urlEncoding: ENCODING,
      description: TEXT,
      required: FLAG,
      'x-ms-summary': TEXT,
      'x-ms-dynamic-values?': closed({
        path: TEXT,
        'value-collection': TEXT,
        'value-path': TEXT,
        'value-title': TEXT,
      }),
    }),
  ),
});

const FUNCTIONS = words(
  ...['lt', 'le', 'eq', 'ne', 'gt', 'ge', 'min', 'max', 'countdistinct', 'add', 'sub', 'mul', 'div', 'mod', 'negate'],
  ...['now', 'not', 'and', 'or', 'day', 'month', 'year', 'hour', 'minute', 'second', 'date', 'time', 'round', 'floor'],
  ...['totaloffsetminutes', 'totalseconds', 'ceiling', 'contains', 'startswith', 'endswith', 'length', 'indexof'],
  ...['replace', 'substring', 'substringof', 'tolower', 'toupper', 'trim', 'concat', 'sum', 'average', 'null'],
);
const PERMISSION = words('read-write', 'read-only');
const CAPABILITIES = closed({
  'sortRestrictions?': closed({
    sortable: FLAG,
    'unsortableProperties?': listOf(TEXT),
    'ascendingOnlyProperties?': listOf(TEXT),
  }),
  'filterRestrictions?': closed({
    filterable: FLAG,
    'nonFilterableProperties?': listOf(TEXT),
    'requiredProperties?': listOf(TEXT),
  }),
  'selectRestrictions?': closed({ selectable: FLAG }),
  'countRestrictions?': closed({ countable: FLAG }),
  'groupRestriction?': closed({ ungroupableProperties: listOf(TEXT) }),
  'filterFunctionSupport?': listOf(FUNCTIONS),
  'serverPagingOptions?': listOf(words('top', 'skiptoken')),
  'isOnlyServerPagable?': FLAG,
  'isPageable?': FLAG,
  'isDelegable?': FLAG,
  'odataVersion?': { enum: [3, 4] },
  'supportsRecordPermission?': FLAG,
  'supportsJoin?': FLAG,
});
const COLUMN = closed({
  title: TEXT,
  'description?': TEXT,
  'type?': words('string', 'integer', 'number', 'boolean', 'object', 'array'),
  'format?': TEXT,
  'minimum?': { type: 'number' },
  'maximum?': { type: 'number' },
  'maxLength?': COUNT,
  'x-ms-keyType?': words('primary', 'none'),
  'x-ms-keyOrder?': { type: 'integer', minimum: 1 },
  'x-ms-permission': PERMISSION,
  'x-ms-sort': words('none', 'asc', 'desc', 'asc,desc'),
  'x-ms-capabilities?': closed({ filterFunctions: listOf(FUNCTIONS) }),
  'x-ms-relationships?': OPEN,
  'x-ms-enum?': OPEN,
  'x-ms-media-kind?': TEXT,
});
export const TABLE_METADATA = closed(
  {
    name: TEXT,
    title: TEXT,
    'x-ms-permission': PERMISSION,
    'x-ms-capabilities': CAPABILITIES,
    schema: closed({
      type: words('array'),
      items: closed({
        type: words('object'),
        required: listOf(TEXT),
        properties: { type: 'object', additionalProperties: COLUMN },
      }),
      'x-ms-permission': PERMISSION,
    }),
    'referencedEntities?': OPEN,
    'webUrl?': TEXT,
  },
  { 'x-tidegate-triggers': OPEN },
);

/** A row of the sample table, with the two keys that the SQL connector puts before the columns. */
export const MOVIE = loose({
  '@odata.etag': TEXT,
  ItemInternalId: { type: 'string', pattern: '^[0-9a-f-]{36}$' },
  id: { type: 'integer' },
  title: { type: ['string', 'null'] },
});
export const rows = (row: JsonSchema): JsonSchema =>
  closed({ '@odata.context': TEXT, value: listOf(row), '@odata.count?': COUNT, '@odata.nextLink?': ADDRESS });
export const CHANGED_ROWS = closed({ value: listOf(MOVIE) });
export const ROW_SENT: JsonSchema = {
  type: 'object',
  additionalProperties: { type: ['string', 'number', 'boolean', 'null'] },
  minProperties: 1,
};

const RESULT_SETS: JsonSchema = { type: 'object', additionalProperties: listOf(OPEN) };
export const QUERY_RESULT = closed({ ResultSets: RESULT_SETS, OutputParameters: OPEN });
export const PROCEDURE_RESULT = closed({
  ResultSets: RESULT_SETS,
  ReturnCode: { type: 'integer' },
  OutputParameters: OPEN,
});
export const CALL_METADATA = closed({ name: TEXT, title: TEXT, schema: OPEN });
export const QUERY_SENT = closed({ query: TEXT, 'actualParameters?': OPEN, 'formalParameters?': OPEN });

export const BLOB = closed({
  Id: TEXT,
  Name: TEXT,
  DisplayName: TEXT,
  Path: TEXT,
  LastModified: TIME,
  Size: COUNT,
  MediaType: TEXT,
  IsFolder: FLAG,
  ETag: TEXT,
  FileLocator: TEXT,
});

export const CONNECTOR_ERROR = closed(
  {
    status: { type: 'integer', minimum: 400, maximum: 599 },
    message: { type: 'string', pattern: '\\r\\nclientRequestId: ' },
    error: loose({ message: TEXT }),
    source: TEXT,
  },
  { code: TEXT, hop: TEXT, outcome: TEXT, retryable: FLAG, remedy: TEXT, traceId: TEXT, details: OPEN },
);
