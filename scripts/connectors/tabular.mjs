const where = (...names) => Object.fromEntries(names.map((name) => [name, { parameter: name }]));
const named = (operationId, ...names) => ({
  operationId,
  ...(names.length > 0 && { parameters: where(...names) }),
  'value-collection': 'value',
  'value-path': 'Name',
  'value-title': 'DisplayName',
});
const ref = (name) => ({ $ref: `#/definitions/${name}` });
const internal = { visibility: 'internal' };
const advanced = { visibility: 'advanced' };

/** A trigger asks for rows one at a time while it is drawn: the same question without a state. */
const simulated = { simulate: { operationId: 'GetItems', parameters: { $top: 1 } } };
const trigger = { trigger: 'batch', context: simulated, answer: ref('ChangedItems') };

/** What a procedure takes and gives is known once it is chosen. */
const ofProcedure = (path) => ({
  type: 'object',
  additionalProperties: true,
  'x-ms-dynamic-schema': {
    operationId: 'GetProcedure',
    parameters: where('dataset', 'procedure'),
    'value-path': `schema/${path}`,
  },
});

const parameters = {
  dataset: {
    summary: 'Dataset',
    description: 'Server and database, or default for the one that the connection leads to.',
    encoding: 'double',
    values: named('GetDataSets'),
  },
  table: {
    summary: 'Table name',
    description: 'Name of the table or view, with its schema.',
    encoding: 'double',
    values: named('GetTables', 'dataset'),
  },
  procedure: {
    summary: 'Procedure name',
    description: 'Name of the procedure or function, with its schema.',
    encoding: 'double',
    values: named('GetProcedures', 'dataset'),
  },
  id: { summary: 'Row id', description: 'Key of the row; several columns are parted by commas.' },
  server: { summary: 'Server name', description: 'Name of the server.', values: named('GetServers') },
  $filter: { summary: 'Filter query', description: 'Which rows, in the language of OData.', ...advanced },
  $orderby: {
    summary: 'Order by',
    description: 'Columns by which rows are sorted, in the language of OData.',
    ...advanced,
  },
  $select: { summary: 'Select query', description: 'Columns that are wanted, parted by commas.', ...advanced },
  $top: { summary: 'Top count', description: 'How many rows at most.', ...advanced },
  $skip: { summary: 'Skip count', description: 'How many rows to leave out first.', ...advanced },
  $skiptoken: { summary: 'Skip token', description: 'Where the page before ended.', ...internal },
  $count: { summary: 'Count', description: 'Whether all rows are to be counted.', ...advanced },
  $apply: {
    summary: 'Aggregation',
    description: 'How rows are grouped and summed up, in the language of OData.',
    ...advanced,
  },
  triggerState: {
    summary: 'Trigger state',
    description: 'What the trigger knew last; the flow keeps it.',
    ...internal,
  },
  $triggerColumn: {
    summary: 'Trigger column',
    description: 'Column that grows with every change of a row.',
    ...advanced,
  },
  'api-version': {
    summary: 'Version',
    description: 'Version of the metadata that the client was written for.',
    ...internal,
  },
};

/** What the platform knows of a source with tables. By method and path below the connection; each route has its row. */
export const TABULAR = {
  parameters,
  testConnection: 'TestConnection',
  definitions: {
    Item: {
      type: 'object',
      additionalProperties: true,
      'x-ms-dynamic-schema': {
        operationId: 'GetTable',
        parameters: where('dataset', 'table'),
        'value-path': 'schema/items',
      },
    },
    ChangedItems: {
      type: 'object',
      properties: {
        value: {
          type: 'array',
          items: ref('Item'),
          'x-ms-summary': 'Rows',
          description: 'Rows that are new or changed.',
        },
      },
    },
    ItemsList: {
      type: 'object',
      properties: {
        value: { type: 'array', items: ref('Item'), 'x-ms-summary': 'Rows', description: 'Rows of the table.' },
        '@odata.context': { type: 'string', 'x-ms-visibility': 'internal' },
        '@odata.nextLink': { type: 'string', 'x-ms-visibility': 'internal' },
        '@odata.count': { type: 'integer', format: 'int64', 'x-ms-visibility': 'internal' },
      },
    },
  },
  rows: {
    'GET /testconnection': {
      operationId: 'TestConnection',
      summary: 'Test the connection',
      description: 'Asks the source whether the connection works.',
      ...internal,
    },
    'GET /servers': {
      operationId: 'GetServers',
      summary: 'List servers',
      description: 'Servers that the connection leads to.',
      ...internal,
    },
    'GET /v2/databases': {
      operationId: 'GetDatabases',
      summary: 'List databases',
      description: 'Databases of a server that the connection leads to.',
      ...internal,
    },
    'GET /v2/$metadata.json/datasets': {
      operationId: 'GetDataSetsMetadata',
      summary: 'Get metadata of datasets',
      description: 'How datasets are named and shown.',
      ...internal,
    },
    'GET /v2/datasets': {
      operationId: 'GetDataSets',
      summary: 'List datasets',
      description: 'Databases of the connection.',
      ...internal,
    },
    'GET /v2/datasets/{dataset}/tables': {
      operationId: 'GetTables',
      summary: 'Get tables',
      description: 'Tables and views of a database.',
      ...advanced,
    },
    'GET /v2/$metadata.json/datasets/{dataset}/tables/{table}': {
      operationId: 'GetTable',
      summary: 'Get metadata of a table',
      description: 'Columns of a table, and what may be asked of them.',
      ...internal,
    },
    'GET /v2/datasets/{dataset}/tables/{table}/items': {
      operationId: 'GetItems',
      summary: 'Get rows',
      description: 'Rows of a table, filtered and sorted at the source.',
      visibility: 'important',
      pageable: '@odata.nextLink',
      answer: ref('ItemsList'),
    },
    'POST /v2/datasets/{dataset}/tables/{table}/items': {
      operationId: 'PostItem',
      summary: 'Insert row',
      description: 'Adds a row to a table.',
      visibility: 'important',
      body: { name: 'item', summary: 'Row', description: 'Values by column.', schema: ref('Item') },
      answer: ref('Item'),
    },
    'GET /v2/datasets/{dataset}/tables/{table}/items/{id}': {
      operationId: 'GetItem',
      summary: 'Get row',
      description: 'One row of a table, by its key.',
      visibility: 'important',
      answer: ref('Item'),
    },
    'PATCH /v2/datasets/{dataset}/tables/{table}/items/{id}': {
      operationId: 'PatchItem',
      summary: 'Update row',
      description: 'Changes the columns of a row that are sent.',
      visibility: 'important',
      body: { name: 'item', summary: 'Row', description: 'New values by column.', schema: ref('Item') },
      answer: ref('Item'),
    },
    'DELETE /v2/datasets/{dataset}/tables/{table}/items/{id}': {
      operationId: 'DeleteItem',
      summary: 'Delete row',
      description: 'Takes a row out of a table.',
      visibility: 'important',
    },
    'GET /v2/datasets/{dataset}/tables/{table}/onnewitems': {
      operationId: 'GetOnNewItems',
      summary: 'When a row is created',
      description: 'Starts a flow for rows that are new in a table.',
      ...trigger,
    },
    'GET /v2/datasets/{dataset}/tables/{table}/onupdateditems': {
      operationId: 'GetOnUpdatedItems',
      summary: 'When a row is modified',
      description: 'Starts a flow for rows of a table that are new or were changed.',
      ...trigger,
    },
    'GET /v2/datasets/{dataset}/procedures': {
      operationId: 'GetProcedures',
      summary: 'List procedures',
      description: 'Procedures and functions of a database.',
      ...internal,
    },
    'GET /v2/$metadata.json/datasets/{dataset}/procedures/{procedure}': {
      operationId: 'GetProcedure',
      summary: 'Get metadata of a procedure',
      description: 'Parameters of a procedure, and what it answers with.',
      ...internal,
    },
    'POST /v2/datasets/{dataset}/procedures/{procedure}': {
      operationId: 'ExecuteProcedure',
      summary: 'Execute stored procedure',
      description: 'Runs a procedure or function of a database.',
      body: {
        name: 'parameters',
        summary: 'Parameters',
        description: 'Values by parameter.',
        schema: ofProcedure('inputparameters'),
      },
      answer: ofProcedure('procedureresultschema'),
    },
    'POST /v2/datasets/{dataset}/query/sql': {
      operationId: 'ExecutePassThroughNativeQuery',
      summary: 'Execute a SQL query',
      description: 'Runs a statement in the language of the source, its values beside it.',
      body: { name: 'query', summary: 'Query', description: 'The statement and its values.' },
    },
    'POST /v2/$metadata.json/datasets/{dataset}/query/sql': {
      operationId: 'GetPassThroughNativeQueryMetadata',
      summary: 'Get metadata of a SQL query',
      description: 'Parameters of a statement, and what it answers with.',
      body: { name: 'query', summary: 'Query', description: 'The statement and the types of its values.' },
      ...internal,
    },
  },
};

const without = (object, ...names) =>
  Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
const isPlain = ([key]) => !/procedures|query\/sql|onnewitems|onupdateditems/.test(key);

/** A source with tables and nothing else: no procedures, no statements, no triggers. */
export const TABLES = {
  ...TABULAR,
  parameters: without(parameters, 'procedure', 'triggerState', '$triggerColumn'),
  definitions: without(TABULAR.definitions, 'ChangedItems'),
  rows: Object.fromEntries(Object.entries(TABULAR.rows).filter(isPlain)),
};
