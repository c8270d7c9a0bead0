const text = { type: 'string' };
const whole = { type: 'integer', minimum: 0 };
const bytes = { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } };
const json = (schema) => ({ 'application/json': { schema } });
const query = (name, schema, required = false) => ({ name, in: 'query', required, schema });
const values = { type: 'object', description: 'Values by the name of the column or parameter.' };

const environment = {
  name: 'x-ms-client-environment-id',
  in: 'header',
  required: false,
  description: 'The environment the app or flow runs in; needed where the connection is bound to none or several.',
  schema: text,
};

/**
 * What the connector routes take beside their path. They read it from the raw request, since bodies stream and query
 * options are a small language of their own, so it cannot be read off their signatures.
 */
export const CONNECTOR_INPUTS = {
  'items.list': {
    parameters: [
      query('$filter', text),
      query('$orderby', text),
      query('$select', text),
      query('$top', whole),
      query('$skip', whole),
      query('$skiptoken', whole),
      query('$count', { type: 'boolean' }),
    ],
  },
  'items.create': { body: json(values) },
  'items.update': { body: json(values) },
  'query.query': {
    body: json({
      type: 'object',
      properties: { query: { type: 'string', minLength: 1, maxLength: 131_072 }, actualParameters: values },
      required: ['query'],
    }),
  },
  'query.procedure': { body: json(values) },
  'files.listRoot': { parameters: [query('path', text)] },
  'files.create': { parameters: [query('folderPath', text), query('name', text, true)], body: bytes },
  'files.replace': { body: bytes },
  'filePaths.describe': { parameters: [query('path', text, true)] },
  'filePaths.read': { parameters: [query('path', text, true)] },
};

/** Every connector route takes the environment of its caller in a header. */
export const CONNECTOR_HEADERS = [environment];
